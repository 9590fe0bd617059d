// What lies beside the segments of a long text. The page brings it for the segments where somebody begins; for the rest
// it is fetched when they come near, some dozens at a time. The text itself can be written in from the start.
import { ask, line } from "./editor-line.js";
import { words } from "./editor-words.js";

const NEAR = "150% 0px"; // one and a half screens ahead
const PAUSE = 60; // several that come near at once are one question

export class Rest {
  // `came` is called for each unit that is whole by now.
  constructor(units, came) {
    this.came = came;
    this.units = new Map(units.filter((unit) => unit.item.dataset.rest).map((unit) => [unit.id, unit]));
    this.wanted = new Set();
    this.gone = new Set(); // the desk was asked for them, and does not have them any more
    this.asking = null;
    this.sight = new IntersectionObserver((seen) => this.near(seen), { rootMargin: NEAR });
    for (const unit of this.units.values()) {
      this.sight.observe(unit.item);
      unit.item.addEventListener("focusin", () => this.bring(unit));
    }
    line.addEventListener("back", () => this.look());
  }

  has(unit) {
    return this.units.has(unit?.id);
  }

  // Still to come, as far as is known.
  awaits(unit) {
    return this.has(unit) && !this.gone.has(unit);
  }

  near(seen) {
    for (const each of seen) {
      const unit = this.units.get(each.target.dataset.unit);
      if (this.awaits(unit) && each.isIntersecting) this.wanted.add(unit);
      else this.wanted.delete(unit);
    }
    if (this.wanted.size) setTimeout(() => this.look(), PAUSE);
  }

  // Returns once the unit is whole, or cannot be had just now.
  async bring(unit) {
    if (this.awaits(unit)) {
      this.wanted.add(unit);
      await this.asking;
      if (this.awaits(unit)) await this.look(unit);
    }
    return !this.has(unit);
  }

  look(first = null) {
    this.asking ??= this.fetch(first).finally(() => { this.asking = null; });
    return this.asking;
  }

  async fetch(first) {
    const next = first ?? [...this.wanted].find((unit) => this.awaits(unit));
    if (!next) return;
    const { status, told } = await ask(`${words.units}?from=${next.item.dataset.rest}`);
    if (status !== 200) return; // asked again by the next visit, or when the desk answers again
    let late = false;
    for (const beside of told.units) {
      const unit = this.units.get(beside.unit);
      if (unit && !this.complete(unit, beside)) late ||= unit === next;
    }
    if (this.has(next) && !late) this.gone.add(next); // it left the text: not asked for again
    if ([...this.wanted].some((unit) => this.awaits(unit))) setTimeout(() => this.look(), 0);
  }

  // What is shown may be older than a save that was made meanwhile; then it is asked for again.
  complete(unit, beside) {
    if (Number(beside.row_version) < Number(unit.rowVersion)) return false;
    const { item } = unit;
    const place = item.querySelector(".source");
    item.querySelector("[data-part=more]").remove();
    item.querySelector("[data-part=findings]").remove();
    item.querySelector("[data-part=head]").innerHTML = beside.head;
    place.insertAdjacentHTML("afterend", beside.beneath_source);
    place.outerHTML = beside.source;
    unit.form.insertAdjacentHTML("afterend", beside.beneath_form);
    delete item.dataset.rest;
    item.classList.toggle("has-error", Boolean(item.querySelector(".findings .error")));
    this.sight.unobserve(item);
    this.wanted.delete(unit);
    this.units.delete(unit.id);
    this.came(unit);
    return true;
  }
}
