// The talk about one segment: Alt+C opens it and goes to the field, Esc goes back to the text. The forms are fetched
// when somebody opens it, and what is typed meanwhile is taken along; where they cannot be had, the link to the page of
// the talk is still there, and so is what was typed.
import { takenFrom } from "./editor-beside.js";
import { isAlt, isPlain } from "./editor-keys.js";
import { ask, line, sendForm, whyNot } from "./editor-line.js";
import { speak, words } from "./editor-words.js";
import "./mentions.js";

export class Talk {
  constructor(unit) {
    this.unit = unit;
    this.box = unit.item.querySelector("[data-part=talk]");
    this.said = this.box.querySelector("[data-part=said]");
    this.page = this.said.querySelector(":scope > a").href;
    this.fetched = false;
    this.busy = false;
    line.addEventListener("back", () => this.fault(""));
    this.box.addEventListener("toggle", () => this.box.open && this.look());
    this.box.addEventListener("submit", (event) => this.submitted(event));
    this.box.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && isPlain(event)) this.leave();
    });
  }

  key(event) {
    return isAlt(event) && event.code === "KeyC" ? () => this.enter() : null;
  }

  get field() {
    return this.said.querySelector(".new-comment textarea");
  }

  async enter() {
    this.box.open = true;
    (this.field ?? this.early).focus();
    await this.look();
  }

  // A field that stands there at once, so that no key goes to the segment's text while the forms are on their way.
  get early() {
    let field = this.said.querySelector("[data-part=early]");
    if (!field) {
      field = document.createElement("textarea");
      field.dataset.part = "early";
      field.id = `talk-${this.unit.id}`; // as the field that takes its place
      field.setAttribute("aria-label", this.box.querySelector("summary").textContent.trim());
      this.said.prepend(field);
    }
    return field;
  }

  leave() {
    this.box.open = false;
    this.unit.area.focus();
  }

  async look() {
    if (this.fetched || this.busy) return;
    this.busy = true;
    const { status, told } = await ask(this.page);
    this.busy = false;
    if (status === 200) this.show(told);
    else speak(whyNot({ status, told }));
  }

  show(told) {
    if (told.unit !== this.unit.id) return;
    this.fetched = true;
    const early = this.said.querySelector("[data-part=early]");
    const held = early !== null && early === document.activeElement;
    this.said.innerHTML = told.html;
    if (early?.value) this.field.value = early.value;
    if (held) {
      this.field.focus();
      this.field.setSelectionRange(this.field.value.length, this.field.value.length);
    }
    const count = this.box.querySelector("[data-part=talk-open]");
    count.textContent = told.open;
    count.hidden = !told.open;
  }

  fault(sentence) {
    const place = this.said.querySelector("[data-part=talk-fault]");
    if (place) place.textContent = sentence;
  }

  async submitted(event) {
    const form = event.target;
    event.preventDefault();
    if (this.busy) return;
    this.busy = true;
    const { status, told } = await sendForm(form, "", event.submitter);
    this.busy = false;
    if (status === 200) {
      takenFrom(form);
      this.show(told);
      this.field.focus();
      speak(told.said);
      return;
    }
    this.fault(whyNot({ status, told }, words.signedOut));
  }
}
