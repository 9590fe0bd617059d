// What the memory and the term base have for one segment. It is fetched when somebody comes to the segment, one request
// for the whole editor at a time; where none can be had, nothing is said, and the segment is written without.
import { isAlt } from "./editor-keys.js";
import { ask, sendForm } from "./editor-line.js";
import { speak } from "./editor-words.js";

const STAY = 150; // who only passes by asks for nothing
let underWay = null;

export class Matches {
  constructor(unit) {
    this.unit = unit;
    this.box = unit.item.querySelector("[data-part=matches]");
    this.list = this.box.querySelector("[data-part=found]");
    this.link = this.box.querySelector("a");
    this.shownFor = null;
    this.busy = false;
    unit.item.addEventListener("focusin", () => this.wanted());
    this.list.addEventListener("submit", (event) => {
      event.preventDefault();
      this.carryOut(event.target);
    });
  }

  key(event) {
    const place = isAlt(event) && /^Digit([1-9])$/.exec(event.code)?.[1];
    return place ? () => this.take(place) : null;
  }

  wanted() {
    if (underWay?.of === this) return;
    underWay?.stop();
    underWay = null;
    if (this.busy || this.shownFor === this.unit.rowVersion) return;
    const abort = new AbortController();
    const request = { of: this };
    const timer = setTimeout(() => this.look(abort.signal, request), STAY);
    request.stop = () => {
      clearTimeout(timer);
      abort.abort();
    };
    underWay = request;
  }

  async look(signal, request) {
    const rowVersion = this.unit.rowVersion;
    const { status, told } = await ask(this.link.href, { signal });
    // Where somebody went on, or the desk cannot be reached just now, the next visit asks again.
    if (status === 200) this.show(told, rowVersion);
    if (underWay === request) underWay = null;
  }

  show(told, rowVersion) {
    if (told.unit !== this.unit.id) return;
    const first = this.shownFor === null;
    const place = this.offers().indexOf(document.activeElement);
    const held = document.activeElement.textContent;
    this.shownFor = rowVersion;
    this.list.innerHTML = told.html;
    this.unit.item.querySelector(`#source-${this.unit.id}`).innerHTML = told.source;
    this.unit.item.dispatchEvent(new CustomEvent("found"));
    if (place >= 0) this.goBackTo(held, place);
    if (document.activeElement !== this.link) this.link.hidden = true;
    if (first && told.said) speak(told.said);
  }

  // Who was on a button here stays on it when the list comes anew; where it says something else now, back to the text.
  goBackTo(words, place) {
    const offers = this.offers();
    const isSame = (one) => one?.textContent === words;
    (isSame(offers[place]) ? offers[place] : (offers.find(isSame) ?? this.unit.area)).focus();
  }

  offers() {
    return [...this.list.querySelectorAll("a, button:not([hidden])")];
  }

  take(place) {
    const form = this.list.querySelector(`form[data-place="${place}"]`);
    if (form) this.carryOut(form);
  }

  async carryOut(form) {
    if (this.busy) return;
    this.busy = true;
    const { said } = form.dataset;
    const taken = await this.unit.exchange((rowVersion) => sendForm(form, rowVersion));
    this.busy = false;
    if (taken) {
      this.unit.area.focus();
      speak(said);
    } else this.shownFor = null;
    this.wanted();
  }
}
