// What is typed beside the texts: comments, answers, the reasons for putting a finding aside. It is copied in this browser
// by the rules of the texts themselves until the desk has it, and goes back into its field whenever that is made anew, by
// whatever was saved meanwhile or by a new page.
import { forget, keep } from "./editor-kept.js";
import { speak, words } from "./editor-words.js";

const FIELDS = "textarea[name=body], input[name=reason], [data-part=early]";
const list = document.getElementById("units");
const typed = new Map(); // by the field's id: {unit, text}
const watch = new MutationObserver(fill);
const opened = new Set(); // the talks that were opened for what is to come back in them

// A name that was taken from those behind an @ is no input, so the field is looked at once more when it is left.
for (const kind of ["input", "focusout"]) {
  list.addEventListener(kind, ({ target }) => {
    if (!target.matches(FIELDS) || !target.isConnected) return;
    if (target.value) note(target.id, target.closest(".unit").dataset.unit, target.value);
    else taken(target.id);
  });
}

function note(id, unit, text) {
  typed.set(id, { unit, text });
  keep(id, { beside: unit, text });
  watch.observe(list, { childList: true, subtree: true });
}

// The desk has what stood in the field, or nothing stands there any more.
export function taken(id) {
  if (!typed.delete(id)) return;
  forget(id);
  if (!typed.size) watch.disconnect();
}

// By the fields of a form that the desk took in.
export function takenFrom(form) {
  for (const field of form.elements) {
    if (!field.matches(FIELDS)) continue;
    field.value = ""; // a form that is taken away under the cursor is left, and would be kept once more
    taken(field.id);
  }
}

export function anythingBeside() {
  return typed.size > 0;
}

// What a page left behind that is no longer there.
export function giveBack(id, { beside, text }) {
  const item = document.getElementById(`unit-${beside}`);
  if (!item || typed.has(id)) return false;
  if (id.startsWith("reason-") && !item.dataset.rest && !document.getElementById(id)) return false; // that finding is gone
  note(id, beside, text);
  fill();
  speak(words.kept);
  return true;
}

function fill() {
  for (const [id, { unit, text }] of typed) {
    const field = document.getElementById(id);
    if (!field) bring(id, document.getElementById(`unit-${unit}`));
    else if (!field.value) {
      field.value = text;
      for (let place = field.closest("details"); place; place = place.parentElement.closest("details")) place.open = true;
    }
  }
}

// The forms of a talk come when it is opened, and what lies beside a segment far from where somebody begins when one
// comes to it.
function bring(id, item) {
  if (!item || opened.has(id)) return;
  const talk = item.querySelector("details[data-part=talk]");
  if (!talk) {
    if (item.dataset.rest) item.dispatchEvent(new FocusEvent("focusin"));
    return;
  }
  opened.add(id);
  talk.open ||= !id.startsWith("reason-");
}
