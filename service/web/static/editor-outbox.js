// What a segment has yet to send: the save that is not acknowledged, the texts that another took the place of before they
// were sent, and what is wished last. One save is under way at a time, and the rest follows in its order.
import { newId } from "./editor-words.js";

export class Outbox {
  constructor() {
    this.takeOver({});
  }

  // As a copy in this browser has it.
  takeOver({ operation, earlier, wish }) {
    this.operation = operation ?? null; // {id, act, text, rowVersion}
    this.earlier = earlier ?? []; // each {act, text}
    this.wish = wish ?? null; // {act, text}
  }

  get copy() {
    const { operation, earlier, wish } = this;
    return { operation, earlier, wish };
  }

  get next() {
    return this.earlier[0] ?? this.wish;
  }

  get last() {
    return this.wish ?? this.earlier.at(-1) ?? this.operation;
  }

  get isEmpty() {
    return !this.operation && !this.next;
  }

  get confirms() {
    return (this.wish ?? this.operation)?.act === "confirm";
  }

  // What is wished is sent before another text.
  setAside() {
    if (this.wish) this.earlier.push(this.wish);
    this.wish = null;
  }

  // This goes before all that is not sent.
  again(wish) {
    if (this.next) this.earlier.unshift(wish);
    else this.wish = wish;
  }

  // The save to send now: the one that has no answer yet, or the next, for the row version that stands.
  due(rowVersion) {
    if (!this.operation) {
      this.operation = { id: newId(), rowVersion, ...this.next };
      if (!this.earlier.shift()) this.wish = null;
    }
    return this.operation;
  }

  answered() {
    this.operation = null;
  }

  dropRest() {
    this.earlier = [];
    this.wish = null;
  }
}
