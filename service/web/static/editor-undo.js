// Undo, minor edits and earlier texts beside a segment. Each is a plain form that the server carries out; what was typed
// is saved first, and the answer takes the place of what stands. Splitting and joining have a page of their own.
import { isAlt } from "./editor-keys.js";
import { sendForm } from "./editor-line.js";
import { speak, words } from "./editor-words.js";

const KEYS = { KeyU: "undo", KeyJ: "minor", KeyR: "earlier", KeyS: "split", KeyM: "join" };

export class SegmentTools {
  constructor(unit) {
    this.unit = unit;
    this.busy = false;
    this.place = unit.item.querySelector("[data-part=tools]");
    this.place?.addEventListener("submit", (event) => {
      event.preventDefault();
      this.carryOut(event.target.dataset.act.replace("-cut", ""));
    });
  }

  key(event) {
    const act = isAlt(event) && KEYS[event.code];
    return act && this.place ? () => this.carryOut(act) : null;
  }

  // The forms are made anew by every save, so the one that is meant is looked for after it.
  async carryOut(act) {
    if (this.busy) return;
    this.busy = true;
    this.unit.area.focus(); // the forms are made anew, and whoever was in one would be nowhere
    if (await this.unit.save("save")) {
      const form = this.place.querySelector(`[data-act=${act}]`) ?? this.place.querySelector(`[data-act=${act}-cut]`);
      if (form?.href) location.assign(form.href);
      else if (form?.dataset.act === "undo-cut") form.submit(); // other segments stand here then
      else if (form) await this.unit.exchange((rowVersion) => sendForm(form, rowVersion));
      else speak(words.nothingThere);
    }
    this.busy = false;
  }
}
