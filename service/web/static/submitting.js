// The form of a new or revised text, where scripts run: pasted formatting becomes Markdown, a file is read into the
// field at once, and what was typed is kept in this browser until the desk has it. Without it the form is a plain one.
"use strict";

import { readPasted } from "./pasted.js";
import { forgetOld, KeptText } from "./kept-text.js";
import { FileReading } from "./text-file.js";

const form = document.getElementById("text-form");
const title = document.getElementById("title");
const body = document.getElementById("body");
const format = document.getElementById("format");
const notes = document.getElementById("text-notes");
const words = document.getElementById("text-words").dataset;
const kept = new KeptText(form.dataset.person, form.dataset.keep);
const first = fieldsNow();

function fill(sentence, facts) {
  return Object.entries(facts).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, value), sentence);
}

// Say something below the text, with buttons for what can be done about it.
function note(sentence, ...acts) {
  const line = document.createElement("p");
  line.className = "note";
  line.append(sentence);
  for (const [label, act] of acts) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    button.textContent = label;
    button.addEventListener("click", () => {
      notes.replaceChildren();
      act();
    });
    line.append(" ", button);
  }
  notes.replaceChildren(line);
}

// Put text where the caret is, or in place of all, so that Ctrl+Z takes it back in one step.
function put(text, { whole = false } = {}) {
  body.focus();
  if (whole) body.select();
  const done = text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
  if (!done) {
    body.setRangeText(text, body.selectionStart, body.selectionEnd, "end");
    body.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function restorer() {
  const before = { text: body.value, format: format.value };
  return () => {
    put(before.text, { whole: true });
    format.value = before.format;
    changed();
  };
}

body.addEventListener("paste", (event) => {
  const html = event.clipboardData?.getData("text/html");
  // An editor for programs colours what is plain text.
  if (!html || event.clipboardData.types.includes("vscode-editor-data")) return;
  const pasted = readPasted(html);
  if (!pasted.count || (!pasted.formatted && pasted.count === 1)) return;
  event.preventDefault();
  const start = body.selectionStart;
  const empty = body.value.slice(0, start).trim() === "" && body.value.slice(body.selectionEnd).trim() === "";
  const undo = restorer();
  const takeFormatted = () => {
    put(pasted.markdown);
    format.value = "markdown";
    changed();
  };
  if (!pasted.formatted) put(format.value === "markdown" ? pasted.markdown : pasted.plain);
  else if (empty || format.value === "markdown") {
    takeFormatted();
    const plainly = () => {
      undo();
      body.setSelectionRange(start, start);
      put(pasted.plain);
    };
    note(words.pasted, [words.undo, undo], [words.asPlain, plainly]);
  } else {
    put(pasted.plain);
    const formatted = () => {
      undo();
      body.setSelectionRange(start, start);
      takeFormatted();
    };
    note(words.pastedPlain, [words.undo, undo], [words.withFormatting, formatted]);
  }
});

new FileReading({
  form,
  words,
  fill,
  taken: (file, text) => {
    const undo = restorer();
    put(text.body, { whole: true });
    format.value = text.format;
    changed();
    note([fill(words.read, file), ...text.warnings].join(" "), [words.undo, undo]);
  },
});

// The title that the desk will find in the text, where none is given.
function tellTitle() {
  const hint = document.getElementById("title-from");
  const heading = format.value === "markdown" && !title.value.trim() ? /^#[ \t]+(.+)$/mu.exec(body.value)?.[1] : null;
  hint.hidden = !heading;
  hint.textContent = heading ? fill(words.titleFrom, { title: heading.replace(/\\(?=\p{P})/gu, "").replace(/[*_]{1,2}/g, "") }) : "";
}

function fieldsNow() {
  const data = new FormData(form);
  for (const name of ["csrf_token", "row_version", "file", "act"]) data.delete(name);
  return [...data];
}

function isSame(one, other) {
  return JSON.stringify(one.filter(([name]) => name !== "key")) === JSON.stringify(other.filter(([name]) => name !== "key"));
}

function changed() {
  tellTitle();
  const fields = fieldsNow();
  if (isSame(fields, first) && !kept.own()) return;
  kept.keep(fields);
}

function restore(copy) {
  const given = new Map();
  for (const [name, value] of copy.fields) given.set(name, [...(given.get(name) ?? []), value]);
  for (const control of form.elements) {
    if (!control.name || ["csrf_token", "row_version", "file", "act"].includes(control.name)) continue;
    const values = given.get(control.name) ?? [];
    if (control.type === "checkbox") control.checked = values.includes(control.value);
    else if (values.length) control.value = values[0];
  }
  changed();
}

function when(at) {
  return new Date(at).toLocaleString(document.documentElement.lang, { weekday: "short", hour: "2-digit", minute: "2-digit" });
}

function titleOf(copy) {
  const fields = new Map(copy.fields);
  return fields.get("title")?.trim() || fields.get("body")?.trim().split("\n")[0].replace(/^#+\s*/, "").slice(0, 80) || words.untitled;
}

// A page that the desk answered a form with has that form's text already; a new one may have lost it.
function offerCopies() {
  forgetOld();
  const own = kept.own();
  if (form.dataset.sent === "yes") {
    if (own) kept.keep(fieldsNow());
    return;
  }
  if (own && !isSame(own.fields, first)) {
    restore(own);
    const anew = () => {
      kept.forget();
      restore({ fields: first });
      kept.forget();
    };
    note(fill(words.restored, { when: when(own.at) }), [words.throwAway, anew]);
    return;
  }
  const other = kept.other();
  if (!other || isSame(other.fields, first)) return;
  const take = () => {
    restore(other);
    kept.forget(other.name);
  };
  note(fill(words.kept, { when: when(other.at), title: titleOf(other) }), [words.takeBack, take], [words.throwAway, () => kept.forget(other.name)]);
}

form.addEventListener("input", changed);
form.addEventListener("change", changed);
form.addEventListener("submit", () => kept.keep(fieldsNow(), true));
offerCopies();
tellTitle();
