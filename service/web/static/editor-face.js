// What a segment shows beside its text: how it stands, what the server tells of it, and how its last save went.
import { warn } from "./editor-alerts.js";

const STATES = ["initial", "translated", "reviewed", "final"];

export class Face {
  constructor(item) {
    this.item = item;
  }

  get state() {
    return STATES.find((each) => this.item.classList.contains(each));
  }

  get confirmed() {
    return ["reviewed", "final"].includes(this.state);
  }

  get place() {
    return this.item.querySelector("[data-part=saved]");
  }

  get said() {
    return this.place.textContent;
  }

  say(sentence, bad = false) {
    this.place.textContent = sentence;
    this.place.classList.toggle("failed", bad);
  }

  fail(sentence) {
    this.say(sentence, true);
    warn(this.item, sentence);
  }

  // What the server answered, or was asked for.
  show(told) {
    this.item.classList.remove(...STATES);
    this.item.classList.add(told.state);
    for (const [part, html] of Object.entries(told.parts)) this.replace(part, html);
    if (!told.source_changed) this.item.querySelector("[data-part=changed]")?.remove();
    this.item.classList.toggle("has-error", Boolean(this.item.querySelector(".findings .error")));
    document.querySelector("[data-part=count]").textContent = told.count;
  }

  // A part that somebody is working in stays as it is.
  replace(part, html) {
    const place = this.item.querySelector(`[data-part=${part}]`);
    if (place && !place.contains(document.activeElement)) place.innerHTML = html;
  }
}
