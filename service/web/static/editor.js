// The editor's own script. Without it every segment is a plain form; with it a segment saves itself as a draft while
// it is typed, and the keyboard confirms and moves.
import { OtherDrafts } from "./editor-drafts.js";
import { Findings } from "./editor-findings.js";
import { Matches } from "./editor-matches.js";
import { Unit } from "./editor-unit.js";
import { speak, words } from "./editor-words.js";

const onMac = /Mac|iPhone|iPad/.test(navigator.platform);

const list = document.getElementById("units");
const units = [...list.querySelectorAll(".unit")].map((item) => new Unit(item, goOn));
const others = new Map(units.map((unit) => [unit, new OtherDrafts(unit)]));
const findings = new Map(units.map((unit) => [unit, new Findings(unit)]));
const matches = new Map(units.map((unit) => [unit, new Matches(unit)]));

function nextOpen(from) {
  const start = units.indexOf(from) + 1;
  return [...units.slice(start), ...units.slice(0, start)].find((unit) => !unit.confirmed);
}

function goOn(from) {
  const next = nextOpen(from);
  if (next) next.area.focus();
  else speak(words.done);
}

function step(from, by) {
  units[units.indexOf(from) + by]?.area.focus();
}

function shortcut(event, unit) {
  const command = onMac ? event.metaKey : event.ctrlKey;
  if (command && !event.altKey) {
    if (event.key === "Enter") return () => unit?.confirm();
    if (event.key === "Insert") return () => unit?.put(unit.area.dataset.source);
    if (event.shiftKey && event.code === "KeyZ" && unit?.area.dataset.draft) return () => unit.put(unit.area.dataset.draft);
  }
  if (event.altKey && !event.ctrlKey && !event.metaKey) {
    if (event.key === "ArrowDown") return () => (unit ? step(unit, 1) : units[0]?.area.focus());
    if (event.key === "ArrowUp") return () => unit && step(unit, -1);
    const place = /^Digit([1-5])$/.exec(event.code)?.[1];
    if (place && !event.shiftKey && unit) return () => matches.get(unit).take(place);
    if (event.code === "KeyX" && !event.shiftKey && unit) return () => findings.get(unit).fixFirst();
    if (event.key === "PageDown") return () => (unit ? goOn(unit) : nextOpen(null)?.area.focus());
  }
  if (event.key === "F2" && !event.altKey && !command && others.get(unit)?.box) return () => others.get(unit).toggle();
  if (event.key === "F1" && !event.altKey && !command) return () => window.open(words.shortcuts, "_blank", "noopener");
  return null;
}

document.addEventListener("keydown", (event) => {
  const unit = units.find((each) => each.item.contains(document.activeElement));
  const act = shortcut(event, unit);
  if (!act) return;
  event.preventDefault();
  act();
});

window.addEventListener("beforeunload", (event) => {
  if (units.some((unit) => unit.dirty() && unit.busy)) event.preventDefault();
});

window.addEventListener("online", () => units.forEach((unit) => unit.dirty() && unit.save("save")));
