// The copies of texts that were typed and are not at the desk yet, in this browser: one for each form, by person. A
// copy goes when its text was taken in, when it is a week old, and when somebody signs out.
"use strict";

const PREFIX = "perstolk-text:";
const OWN = "perstolk-own-text:";
const WEEK = 7 * 24 * 3600 * 1000;

// Storage may be refused, or full: then there is no copy, and everything else works on.
function tried(act) {
  try {
    return act();
  } catch {
    return null;
  }
}

function read(name) {
  return tried(() => JSON.parse(localStorage.getItem(name)));
}

function names() {
  return tried(() => Object.keys(localStorage).filter((name) => name.startsWith(PREFIX))) ?? [];
}

// Forget all copies that no one will come back for.
export function forgetOld() {
  for (const name of names()) {
    const at = read(name)?.at;
    if (!at || Date.now() - at > WEEK) tried(() => localStorage.removeItem(name));
  }
}

export function forgetAll() {
  for (const name of names()) tried(() => localStorage.removeItem(name));
  tried(() => Object.keys(sessionStorage).filter((name) => name.startsWith(OWN)).forEach((name) => sessionStorage.removeItem(name)));
}

// Forget what this tab has sent, once the desk has said that it took it in.
export function forgetSent() {
  tried(() => {
    for (const mark of Object.keys(sessionStorage).filter((name) => name.startsWith(OWN))) {
      const name = sessionStorage.getItem(mark);
      if (!read(name)?.sent) continue;
      localStorage.removeItem(name);
      sessionStorage.removeItem(mark);
    }
  });
}

// The copies of one form of one person. This tab's own survives a reload; those of other tabs can be taken back.
export class KeptText {
  constructor(person, form) {
    this.kind = `${PREFIX}${person}:${form}:`;
    this.mark = `${OWN}${person}:${form}`;
    this.name = tried(() => sessionStorage.getItem(this.mark)) ?? `${this.kind}${crypto.randomUUID?.() ?? Math.random()}`;
  }

  own() {
    return read(this.name);
  }

  // The newest copy of another tab, or of a browser that was closed.
  other() {
    const copies = names().filter((name) => name.startsWith(this.kind) && name !== this.name);
    const [newest] = copies.map((name) => ({ name, ...read(name) })).sort((one, two) => two.at - one.at);
    return newest?.fields ? newest : null;
  }

  keep(fields, sent = false) {
    tried(() => {
      sessionStorage.setItem(this.mark, this.name);
      localStorage.setItem(this.name, JSON.stringify({ fields, sent, at: Date.now() }));
    });
  }

  forget(name = this.name) {
    tried(() => localStorage.removeItem(name));
    if (name === this.name) tried(() => sessionStorage.removeItem(this.mark));
  }
}
