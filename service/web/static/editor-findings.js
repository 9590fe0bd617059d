// What the checks found in one segment: a fix goes the way of a save, so that what was typed is saved first, and a text
// that somebody else saved meanwhile is not written over. So does putting a finding aside, and taking it up again: the page
// stays, with what is typed elsewhere in it.
import { takenFrom } from "./editor-beside.js";
import { isAlt } from "./editor-keys.js";
import { sendForm } from "./editor-line.js";
import { speak, words } from "./editor-words.js";

export class Findings {
  constructor(unit) {
    this.unit = unit;
    this.busy = false;
    this.list = unit.item.querySelector("[data-part=findings]");
    this.list.addEventListener("submit", (event) => {
      event.preventDefault();
      this.carryOut(event.target);
    });
  }

  key(event) {
    return isAlt(event) && event.code === "KeyX" ? () => this.fixFirst() : null;
  }

  // What was typed may have other findings: it is saved first, and the first fix is looked for after that.
  async fixFirst() {
    if (!(await this.unit.save("save"))) return;
    const form = this.list.querySelector("form[data-act=fix]");
    if (form) await this.carryOut(form);
    else speak(words.nothingToFix);
  }

  async carryOut(form) {
    if (this.busy) return;
    this.busy = true;
    this.unit.area.focus(); // the list is made anew, and whoever was in it would be nowhere
    if (await this.unit.exchange((rowVersion) => sendForm(form, rowVersion))) takenFrom(form);
    this.busy = false;
  }
}
