// The helps of one segment, by its keys and by the row of buttons: terms, views, the concordance, invisible characters.
import { insert } from "./editor-caret.js";
import { dismissed, lookUp } from "./editor-concordance.js";
import { isAlt, isCommand } from "./editor-keys.js";
import { reflect, showSigns, switchSigns } from "./editor-signs.js";
import { Terms } from "./editor-terms.js";
import { said, stand } from "./editor-tools.js";
import { nextView, View, view } from "./editor-views.js";
import { speak, words } from "./editor-words.js";

const NO_BREAK = "\u00a0";
const NARROW = "\u202f";
let present = null; // the segment that the row of buttons stands in

export class Helps {
  constructor(unit) {
    this.unit = unit;
    this.terms = new Terms(unit);
    new View(unit);
    for (const kind of ["focusin", "pointerup"]) unit.item.addEventListener(kind, () => this.come());
    unit.area.addEventListener("input", () => reflect(unit));
    for (const kind of ["saved", "adopted", "found"]) {
      unit.item.addEventListener(kind, () => {
        showSigns(unit.item);
        if (present === this) reflect(unit);
      });
    }
  }

  come() {
    present = this;
    stand(this, this.unit.item);
    reflect(this.unit);
  }

  key(event) {
    if (isCommand(event) && event.shiftKey && event.code === "Space") return () => this.use("space");
    if (event.key === "Escape") return dismissed(this.unit);
    if (!isAlt(event)) return null;
    if (event.code === "KeyD") return nextView;
    const name = { KeyT: "terms", KeyK: "concordance", KeyI: "signs", KeyN: "narrow" }[event.code];
    return name ? () => this.use(name) : null;
  }

  use(name) {
    if (name === "terms") this.terms.next();
    else if (name === "concordance") lookUp(this.unit);
    else if (name === "signs") switchSigns(this.unit);
    else if (name === "space" || name === "narrow") this.insert(name === "space" ? NO_BREAK : NARROW);
    else view(name);
  }

  insert(character) {
    if (!insert(this.unit.area, character)) speak(said.closed);
  }
}

// Words can be selected in a source while no segment has the focus.
document.addEventListener("keydown", (event) => {
  if (words.keys === "off" || event.defaultPrevented || !isAlt(event) || event.code !== "KeyK" || !present) return;
  if (document.activeElement !== document.body) return;
  event.preventDefault();
  present.use("concordance");
});
