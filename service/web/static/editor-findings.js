// What the checks found in one segment: a fix goes the way of a save, so that what was typed is saved first, and a text
// that somebody else saved meanwhile is not written over.
import { isAlt } from "./editor-keys.js";
import { sendForm } from "./editor-line.js";
import { speak, words } from "./editor-words.js";

export class Findings {
  constructor(unit) {
    this.unit = unit;
    this.busy = false;
    this.list = unit.item.querySelector("[data-part=findings]");
    this.list.addEventListener("submit", (event) => {
      if (event.target.dataset.act !== "fix") return;
      event.preventDefault();
      this.fix(event.target);
    });
  }

  key(event) {
    return isAlt(event) && event.code === "KeyX" ? () => this.fixFirst() : null;
  }

  // What was typed may have other findings: it is saved first, and the first fix is looked for after that.
  async fixFirst() {
    if (!(await this.unit.save("save"))) return;
    const form = this.list.querySelector("form[data-act=fix]");
    if (form) await this.fix(form);
    else speak(words.nothingToFix);
  }

  async fix(form) {
    if (this.busy) return;
    this.busy = true;
    this.unit.area.focus(); // the list is made anew, and whoever was in it would be nowhere
    await this.unit.exchange((rowVersion) => sendForm(form, rowVersion));
    this.busy = false;
  }
}
