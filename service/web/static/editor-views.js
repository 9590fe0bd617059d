// The machine's draft, the text alone, and what changed between the two: one choice for all segments, kept in this tab. The
// text itself stays where it is and can be written in; the other two stand beneath it.
import { showSigns } from "./editor-signs.js";
import { said, tool } from "./editor-tools.js";
import { speak } from "./editor-words.js";

const NAME = "perstolk-view";
const MODES = ["edit", "draft", "changes"]; // in the order in which the key goes through them
const all = new Set();
let mode = read();

function read() {
  try {
    const kept = sessionStorage.getItem(NAME);
    return MODES.includes(kept) ? kept : "edit";
  } catch {
    return "edit";
  }
}

function label() {
  return { edit: said.asEdit, draft: said.asDraft, changes: said.asChanges }[mode];
}

export function view(wanted) {
  mode = wanted;
  try {
    sessionStorage.setItem(NAME, mode);
  } catch {
    // Then it holds until the page is left.
  }
  for (const each of MODES) tool(each).setAttribute("aria-pressed", String(each === mode));
  for (const each of all) each.show();
  speak(label());
}

export function nextView() {
  view(MODES[(MODES.indexOf(mode) + 1) % MODES.length]);
}

export class View {
  constructor(unit) {
    this.unit = unit;
    this.pane = null;
    all.add(this);
    for (const kind of ["saved", "adopted"]) unit.item.addEventListener(kind, () => this.show());
    if (mode !== "edit") this.show();
  }

  show() {
    if (mode === "edit") {
      this.pane?.remove();
      this.pane = null;
      return;
    }
    if (!this.pane) {
      this.pane = document.createElement("div");
      this.pane.className = "view";
      this.pane.append(document.createElement("p"), document.createElement("div"));
      this.pane.firstElementChild.className = "side";
      this.unit.form.after(this.pane);
    }
    const [head, text] = this.pane.children;
    const { draft } = this.unit.area.dataset;
    const changes = this.unit.item.querySelector("[data-view=changes]");
    const shown = mode === "draft" ? Boolean(draft) : Boolean(draft && changes);
    head.textContent = shown ? label() : draft ? said.noChanges : said.noDraft;
    text.className = shown ? "source" : "";
    text.lang = this.unit.area.lang;
    if (shown && mode === "draft") text.textContent = draft;
    else text.innerHTML = shown ? changes.innerHTML : "";
    showSigns(this.pane);
  }
}

for (const each of MODES) tool(each).setAttribute("aria-pressed", String(each === mode));
