// Two texts of one segment: both are shown with what differs, and one of them, or a third made from both, is chosen.
// Esc puts the box away and goes back to the text; a button brings it back.
import { words } from "./editor-words.js";

export class Conflict {
  constructor(unit, told) {
    this.unit = unit;
    this.told = told;
    this.box = document.createElement("section");
    this.box.className = "summary conflict";
    this.box.dataset.part = "conflict";
    this.box.setAttribute("aria-label", words.bothTexts);
    this.box.innerHTML = told.box;
    this.opener = document.createElement("button");
    this.opener.type = "button";
    this.opener.textContent = words.showBoth;
    this.opener.hidden = true;
    unit.form.after(this.opener, this.box);
    this.merged = this.box.querySelector("[data-settle=merged] textarea");
    this.box.addEventListener("submit", (event) => this.chosen(event));
    this.box.addEventListener("keydown", (event) => this.keyed(event));
    this.opener.addEventListener("click", () => this.open());
  }

  // What is typed on in the segment itself is one's own text from then on.
  typed(text) {
    if (this.merged.value === this.mine) this.merged.value = text;
    this.told.mine = text;
    this.box.querySelector("[data-part=mine]").textContent = text;
  }

  get mine() {
    return this.told.mine;
  }

  // Somebody is at work in the box, or has begun the third text.
  get inUse() {
    return this.box.contains(document.activeElement) || this.merged.value !== this.mine;
  }

  chosen(event) {
    event.preventDefault();
    const texts = { mine: () => this.unit.area.value, theirs: () => this.told.theirs, merged: () => this.merged.value };
    this.unit.settle(texts[event.target.dataset.settle]());
  }

  keyed(event) {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    this.box.hidden = true;
    this.opener.hidden = false;
    this.unit.area.focus();
  }

  open() {
    this.box.hidden = false;
    this.opener.hidden = true;
    this.box.querySelector("button").focus();
  }

  remove() {
    this.opener.remove();
    this.box.remove();
  }
}

// The version was approved while it was open here. The text stays in its field; the box leads to where it is reopened, or
// takes the approved text in its place.
export class Approved {
  constructor(unit) {
    this.told = null;
    this.box = document.createElement("section");
    this.box.className = "summary";
    this.box.dataset.part = "approved";
    unit.form.after(this.box);
    this.box.addEventListener("submit", (event) => {
      event.preventDefault();
      unit.takeApproved(this.told);
      unit.area.focus();
    });
  }

  get shown() {
    return this.box.isConnected;
  }

  // Whoever stands in the box stays there when the same is said again.
  show(told) {
    if (told.error !== this.told?.error) {
      this.box.setAttribute("aria-label", told.error);
      this.box.innerHTML = told.box;
    }
    this.told = told;
  }

  remove() {
    this.box.remove();
  }
}
