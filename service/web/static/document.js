// The whole text, changed where it is read. Without this script each sentence leads to its form among the segments; with
// it the form comes to the sentence. A form saves as in the editor; here it is only fetched, shown and put away.
import { goToFirst } from "./editor-alerts.js";
import { anythingBeside } from "./editor-beside.js";
import { Findings } from "./editor-findings.js";
import { keep } from "./editor-kept.js";
import { isAlt, isCommand, isPlain } from "./editor-keys.js";
import { ask } from "./editor-line.js";
import { Others } from "./editor-others.js";
import "./editor-sight.js";
import { SegmentTools } from "./editor-undo.js";
import { Unit } from "./editor-unit.js";
import { speak, words } from "./editor-words.js";

const place = document.getElementById("units");
const BLOCKS = "p, h2, h3, h4, h5, h6, li";

// One sentence of the text; its unit is made when it is first opened, and stays until the page is left.
class Sentence {
  constructor(element) {
    this.element = element;
    this.id = element.dataset.unit;
    this.unit = null;
    this.version = Number(element.dataset.rowVersion);
    this.opening = null;
    this.locked = false;
  }

  // What `Others` asks of every unit, opened or not.
  get rowVersion() {
    return this.unit ? this.unit.rowVersion : this.version;
  }

  get unsettled() {
    return Boolean(this.unit?.unsettled);
  }

  get confirmed() {
    return this.unit ? this.unit.confirmed : this.element.matches(".reviewed, .final");
  }

  get area() {
    return this.unit ? this.unit.area : this;
  }

  set readOnly(value) {
    this.locked = value;
  }

  learn(told) {
    if (this.unit) return this.unit.learn(told);
    if (Number(told.row_version) > this.version) this.refresh();
    return true;
  }

  takeBack(copy) {
    if (this.unit) return this.unit.takeBack(copy);
    keep(this.id, copy);
    this.open().then((done) => done && this.unit.takeBack(copy));
    return true;
  }

  tryAgain() {
    this.unit?.tryAgain();
  }

  get mark() {
    return this.element.querySelector(".mark-of");
  }

  get item() {
    return this.unit?.item;
  }

  open() {
    this.opening ??= this.fetchForm().finally(() => { this.opening = null; });
    return this.opening;
  }

  async fetchForm() {
    if (!this.unit) {
      const told = await this.ask();
      if (!told || this.locked) {
        if (!told) speak(words.unreached);
        return false;
      }
      this.put(told.form);
    }
    this.item.hidden = false;
    this.element.classList.add("open");
    return true;
  }

  async ask() {
    const since = words.since ? `?${new URLSearchParams({ since: words.since })}` : "";
    const { status, told } = await ask(`${words.text}/${this.id}${since}`);
    return status === 200 ? told : null;
  }

  put(html) {
    const box = document.createElement("div");
    box.innerHTML = html;
    const item = box.firstElementChild;
    const block = this.element.closest(BLOCKS);
    if (block.matches("li")) block.insertBefore(item, block.querySelector(":scope > ul, :scope > ol"));
    else block.after(item);
    this.unit = new Unit(item, () => goOn(this));
    this.parts = [new Findings(this.unit), new SegmentTools(this.unit)];
    if (words.keys !== "on") forgetKeys(item);
  }

  // Put the sentence's own words anew, as the desk has them now.
  async refresh() {
    const told = await this.ask();
    if (told) {
      const box = document.createElement("template");
      box.innerHTML = told.sentence;
      const fresh = box.content.querySelector("[data-unit]");
      const held = this.element.contains(document.activeElement);
      fresh.classList.toggle("open", this.element.classList.contains("open"));
      this.element.replaceWith(fresh);
      this.element = fresh;
      this.version = Math.max(this.version, told.row_version);
      if (held) this.mark.focus();
    } else if (this.unit) {
      this.element.firstChild.textContent = this.unit.area.value;
    }
  }

  hide() {
    this.item.hidden = true;
    this.element.classList.remove("open");
  }
}

const sentences = [...place.querySelectorAll("[data-unit]")].map((element) => new Sentence(element));
const others = new Others(sentences);
let opened = null;

function of(target) {
  const id = target?.closest?.("[data-unit]")?.dataset.unit;
  return sentences.find((sentence) => sentence.id === id);
}

async function open(sentence) {
  if (!sentence) return;
  if (opened && opened !== sentence) close(opened, false);
  opened = sentence;
  if (!(await sentence.open()) || opened !== sentence) return;
  sentence.unit.area.focus();
  sentence.item.scrollIntoView({ block: "nearest" });
}

// What was typed is saved as a draft. Two texts that collide stay in sight until one is chosen.
function close(sentence, goBack = true) {
  if (!sentence.unit || sentence.unit.conflict) return;
  if (sentence.unit.dirty()) sentence.unit.save("save");
  sentence.hide();
  if (opened === sentence) opened = null;
  if (goBack) sentence.mark.focus();
}

function step(from, by) {
  const next = sentences[sentences.indexOf(from) + by];
  if (!next) return;
  if (opened) open(next);
  else next.mark.focus();
}

function nextOpen(from) {
  const start = sentences.indexOf(from) + 1;
  return [...sentences.slice(start), ...sentences.slice(0, start)].find((sentence) => !sentence.confirmed);
}

// Who confirmed a sentence goes on to the next one that is open, as among the segments.
function goOn(from) {
  const next = nextOpen(from);
  close(from, !next);
  if (next) open(next);
}

function actOfParts(event, sentence) {
  for (const part of sentence.parts ?? []) {
    const act = part.key(event);
    if (act) return act;
  }
  return null;
}

function shortcut(event, sentence) {
  if (event.key === "Escape" && isPlain(event) && sentence?.item?.contains(document.activeElement)) return () => close(sentence);
  if (isCommand(event) && sentence && sentence === opened) {
    const { area } = sentence.unit ?? {};
    if (event.key === "Enter") return () => sentence.unit.confirm();
    if (event.key === "Insert") return () => sentence.unit.put(area.dataset.source);
    if (event.shiftKey && event.code === "KeyZ" && area.dataset.draft) return () => sentence.unit.put(area.dataset.draft);
  }
  if (isAlt(event)) {
    if (event.key === "ArrowDown") return () => step(sentence ?? null, sentence ? 1 : 0);
    if (event.key === "ArrowUp") return () => sentence && step(sentence, -1);
    if (event.key === "PageDown") return () => open(nextOpen(sentence));
    if (event.code === "KeyG") return goToFirst;
  }
  if (event.key === "F1" && isPlain(event)) return () => window.open(words.shortcuts, "_blank", "noopener");
  return sentence && sentence === opened ? actOfParts(event, sentence) : null;
}

function forgetKeys(within) {
  for (const each of within.querySelectorAll("[aria-keyshortcuts]")) each.removeAttribute("aria-keyshortcuts");
}

if (words.keys === "on") {
  document.addEventListener("keydown", (event) => {
    const act = shortcut(event, of(document.activeElement));
    if (!act) return;
    event.preventDefault();
    act();
  });
} else {
  forgetKeys(document);
}

// A click on a sentence opens it, unless it follows a link of the text, or marks words to copy them.
place.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  if (event.target.closest("[data-act=back]")) {
    close(of(event.target));
    return;
  }
  const element = event.target.closest(".sentence[data-unit]");
  const link = event.target.closest("a");
  if (!element || (link && !link.matches(".mark-of"))) return;
  if (!link && !getSelection().isCollapsed) return;
  event.preventDefault();
  open(of(element));
});

// A fault is told with a link to its form, which may have been put away.
document.getElementById("alerts").addEventListener("click", (event) => {
  const item = event.target.closest("a")?.hash;
  const sentence = sentences.find((each) => item === `#unit-${each.id}`);
  if (!sentence) return;
  event.preventDefault();
  open(sentence);
});

for (const news of ["saved", "adopted"]) place.addEventListener(news, (event) => of(event.target)?.refresh());

// The source of the sentence at which somebody looks stands out too.
function show(target, on) {
  const n = target.closest?.(".sentence, .unit")?.dataset.n ?? of(target)?.element.dataset.n;
  if (!n) return;
  for (const each of place.querySelectorAll(`.sentence[data-n="${n}"]`)) each.classList.toggle("here", on);
}

for (const [begins, ends] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
  place.addEventListener(begins, (event) => show(event.target, true));
  place.addEventListener(ends, (event) => show(event.target, false));
}

place.classList.add("editable");

window.addEventListener("beforeunload", (event) => {
  if (anythingBeside() || sentences.some((sentence) => sentence.unsettled)) event.preventDefault();
});

document.addEventListener("visibilitychange", () => {
  if (document.hidden) sentences.forEach((sentence) => sentence.tryAgain());
  else others.look();
});
