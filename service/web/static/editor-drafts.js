// Other drafts of one segment: asked for, awaited without haste, shown beside the text, taken or left. What is shown
// comes from the server whole, with what differs marked; nothing moves the focus away from where somebody works.
import { isPlain } from "./editor-keys.js";
import { ask, sendForm, whyNot } from "./editor-line.js";
import { speak } from "./editor-words.js";

const FIRST_LOOK = 700;
const LONGEST_PAUSE = 5000;

export class OtherDrafts {
  constructor(unit) {
    this.unit = unit;
    this.box = unit.item.querySelector("[data-part=another]");
    if (!this.box) return;
    this.list = this.box.querySelector("[data-part=others]");
    this.waiting = Number(this.box.dataset.waiting ?? 0);
    this.pause = FIRST_LOOK;
    this.timer = null;
    this.busy = false;
    this.box.addEventListener("submit", (event) => this.submitted(event));
    unit.item.addEventListener("saved", () => this.list.childElementCount && this.look());
    if (this.waiting) this.lookLater();
  }

  key(event) {
    return event.key === "F2" && isPlain(event) && this.box ? () => this.toggle() : null;
  }

  get summary() {
    return this.box.querySelector("summary");
  }

  // The key opens and goes to the question; pressed again there, it closes and goes back to the text.
  toggle() {
    const leaves = this.box.open && this.box.contains(document.activeElement);
    this.box.open = !leaves;
    (leaves ? this.unit.area : this.box.querySelector("select")).focus();
  }

  async submitted(event) {
    event.preventDefault();
    if (this.busy) return;
    this.busy = true;
    await this.carryOut(event.target);
    this.busy = false;
  }

  async carryOut(form) {
    if (form.dataset.act === "take") {
      const taken = await this.unit.exchange((rowVersion) => sendForm(form, rowVersion));
      if (taken) await this.look();
      return;
    }
    const { status, told } = await sendForm(form);
    if (status !== 200) {
      this.tell(whyNot({ status, told }));
      return;
    }
    this.pause = FIRST_LOOK;
    this.show(told);
    if (form.dataset.act === "ask") this.tell(told.said);
  }

  lookLater() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), this.pause);
    this.pause = Math.min(LONGEST_PAUSE, this.pause * 1.5);
  }

  async look() {
    if (document.hidden) {
      this.lookLater();
      return;
    }
    const { status, told } = await ask(this.box.dataset.list);
    if (status === 200) this.show(told); // where the desk cannot be reached just now, the next look asks again
    if (this.waiting) this.lookLater();
  }

  show(told) {
    if (told.unit !== this.unit.id) return;
    const held = this.list.contains(document.activeElement) ? document.activeElement.form?.action : null;
    const came = told.waiting < this.waiting;
    this.waiting = told.waiting;
    this.list.innerHTML = told.html;
    if (held) {
      const same = [...this.list.querySelectorAll("form")].find((form) => form.action === held);
      (same?.querySelector("button") ?? this.summary).focus();
    }
    if (came) this.tell(told.said);
    if (this.waiting) this.lookLater();
    else clearTimeout(this.timer);
  }

  tell(sentence) {
    this.box.querySelector("[data-part=news]").textContent = sentence;
    speak(sentence);
  }
}
