// The editor's own script. Without it every segment is a plain form; with it a segment saves itself as a draft while
// it is typed, and the keyboard confirms and moves.
import { goToFirst } from "./editor-alerts.js";
import { anythingBeside } from "./editor-beside.js";
import { OtherDrafts } from "./editor-drafts.js";
import { Findings } from "./editor-findings.js";
import { Helps } from "./editor-helps.js";
import { isAlt, isCommand, isPlain } from "./editor-keys.js";
import { Matches } from "./editor-matches.js";
import { Others } from "./editor-others.js";
import { Rest } from "./editor-rest.js";
import "./editor-sight.js";
import { Unit } from "./editor-unit.js";
import { Talk } from "./editor-talk.js";
import { SegmentTools } from "./editor-undo.js";
import { speak, words } from "./editor-words.js";

// What stands beside the text of each segment: made with its unit, and asked for each key by `key(event)`, which
// returns what the key does or null.
const PARTS = [OtherDrafts, Findings, Talk, SegmentTools, Matches, Helps];

const FIELDS = "textarea, select, input:not([type=checkbox], [type=radio], [type=submit], [type=button])";
const MOVING = ["ArrowDown", "ArrowUp", "PageDown"];
const HELPS = ["KeyC", "KeyG", "KeyK", "KeyT"];

const list = document.getElementById("units");
const units = [...list.querySelectorAll(".unit")].map((item) => new Unit(item, goOn));
const others = new Others(units);
const parts = new Map();
const rest = new Rest(units, complete);

for (const unit of units) if (!rest.has(unit)) furnish(unit);

function furnish(unit) {
  parts.set(unit, PARTS.map((Part) => new Part(unit)));
}

// Who is in the segment already has come to it, too.
function complete(unit) {
  furnish(unit);
  if (words.keys === "off") forgetKeys();
  if (unit.item.contains(document.activeElement)) unit.item.dispatchEvent(new FocusEvent("focusin"));
}

function nextOpen(from) {
  const start = units.indexOf(from) + 1;
  return [...units.slice(start), ...units.slice(0, start)].find((unit) => !unit.confirmed);
}

function goOn(from) {
  const next = nextOpen(from);
  if (next) next.area.focus();
  else sayWhenDone();
}

// That everything is confirmed is said once the server has said it of the last one.
function sayWhenDone() {
  if (units.every((unit) => unit.confirmed && !unit.unsettled)) speak(words.done);
}

list.addEventListener("saved", (event) => ["reviewed", "final"].includes(event.detail.state) && sayWhenDone());

function step(from, by) {
  units[units.indexOf(from) + by]?.area.focus();
}

function shortcut(event, unit) {
  if (isCommand(event)) {
    if (event.key === "Enter") return () => unit?.confirm();
    if (event.key === "Insert") return () => unit?.put(unit.area.dataset.source);
    if (event.shiftKey && event.code === "KeyZ" && unit?.area.dataset.draft) return () => unit.put(unit.area.dataset.draft);
  }
  if (isAlt(event)) {
    if (event.key === "ArrowDown") return () => (unit ? step(unit, 1) : units[0]?.area.focus());
    if (event.key === "ArrowUp") return () => unit && step(unit, -1);
    if (event.key === "PageDown") return () => (unit ? goOn(unit) : nextOpen(null)?.area.focus());
    if (event.code === "KeyG") return goToFirst;
  }
  if (event.key === "F1" && isPlain(event)) return () => window.open(words.shortcuts, "_blank", "noopener");
  return rest.has(unit) && isForParts(event) ? () => whenWhole(unit, event) : actOfParts(event, unit);
}

function actOfParts(event, unit) {
  for (const part of parts.get(unit) ?? []) {
    const act = part.key?.(event);
    if (act) return act;
  }
  return null;
}

function isForParts(event) {
  return (isAlt(event) && /^(Key|Digit)/.test(event.code)) || (event.key === "F2" && isPlain(event));
}

// A key for what is still on its way does its work once that is there, if the person is still in the segment.
async function whenWhole(unit, event) {
  await rest.bring(unit);
  if (unit.item.contains(document.activeElement)) actOfParts(event, unit)?.();
}

// In a field beside the text a key moves on, opens a help or sends what is typed there; the text is another matter.
function inField(event, unit, field) {
  if (isCommand(event)) return event.key === "Enter" && field.form ? () => field.form.requestSubmit() : null;
  if (isAlt(event) ? MOVING.includes(event.key) || HELPS.includes(event.code) : ["F1", "F2"].includes(event.key)) return shortcut(event, unit);
  return null;
}

function keyed(event) {
  const at = document.activeElement;
  const unit = units.find((each) => each.item.contains(at));
  const act = unit && at !== unit.area && at.matches(FIELDS) ? inField(event, unit, at) : shortcut(event, unit);
  if (!act) return;
  event.preventDefault();
  act();
}

// Who switched the shortcuts off keeps every key for the browser and for their own tools, and no button promises one.
function forgetKeys() {
  for (const each of document.querySelectorAll("[aria-keyshortcuts]")) each.removeAttribute("aria-keyshortcuts");
}

if (words.keys === "on") {
  document.addEventListener("keydown", keyed);
} else {
  forgetKeys();
  list.addEventListener("saved", forgetKeys);
}

// A fault is told with a link to its segment: whoever follows it is in its text.
document.getElementById("alerts").addEventListener("click", (event) => {
  const to = units.find((unit) => event.target.closest("a")?.hash === `#${unit.item.id}`);
  if (!to) return;
  event.preventDefault();
  to.area.focus();
});

// Who comes back from a question about a segment goes on in it; a browser that goes there takes the focus away first.
const come = units.find((unit) => `#${unit.item.id}` === location.hash);
function goThere() {
  if (document.activeElement === document.body && !document.querySelector("[data-focus]")) come.area.focus();
}
if (come?.area) window.addEventListener("load", () => setTimeout(goThere, 0));

// What was done is told at the head of the page, which is out of sight there.
const done = document.querySelector("#content > .note");
if (come && done) speak(done.textContent);

window.addEventListener("beforeunload", (event) => {
  if (anythingBeside() || units.some((unit) => unit.unsettled)) event.preventDefault();
});

document.addEventListener("visibilitychange", () => {
  if (document.hidden) units.forEach((unit) => unit.tryAgain());
  else others.look();
});
