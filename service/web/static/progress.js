// While drafts are being made, the parts of the page that tell of them are fetched again every few seconds: the one that
// is polled, and those that follow it. How far the drafts are is said at the start, at half and at the end, and at once
// where something stops.
"use strict";

const SECONDS = 4;
const MOST_MISSED = 3;
const live = document.getElementById("live");
const alarm = document.getElementById("alarm");
const { id } = document.querySelector("[data-poll]");
let said = -1;
let missed = 0;
let stuck = stuckNow();

function part() {
  return document.getElementById(id);
}

function stuckNow() {
  return [...(part()?.querySelectorAll("[data-stuck]") ?? [])].map((place) => place.dataset.stuck);
}

function say() {
  const bars = [...part().querySelectorAll("progress[data-drafting]")];
  const done = bars.reduce((sum, bar) => sum + bar.value, 0);
  const all = bars.reduce((sum, bar) => sum + bar.max, 0);
  const stage = all ? Math.floor((2 * done) / all) : 0;
  if (stage === said) return;
  said = stage;
  live.textContent = part().dataset.told.replace("{done}", done).replace("{all}", all);
}

function warn() {
  const before = new Set(stuck);
  stuck = stuckNow();
  const fresh = stuck.filter((sentence) => !before.has(sentence));
  if (fresh.length) alarm.textContent = fresh.join(" ");
}

async function fetched() {
  const answer = await fetch(location.pathname + location.search, { headers: { Accept: "text/html" }, redirect: "manual" });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

// Every part that says something of the states, so that none says another thing than the next. While drafting goes on,
// nothing moves under the hands of somebody who is there; at its end the focus stays where it was. Returns whether the
// page is up to date now.
function takeOver(fresh, ended) {
  const pairs = [...document.querySelectorAll("[data-poll], [data-follow]")].map((old) => [old, fresh.getElementById(old.id)]);
  const focus = document.activeElement;
  const held = pairs.find(([old]) => old.contains(focus));
  if (held && !ended) return false;
  for (const [old, next] of pairs) {
    if (!next) continue;
    keepOpen(old, next);
    old.replaceWith(next);
  }
  if (held?.[1]) refocus(focus, held[1]);
  return true;
}

function keepOpen(old, next) {
  const open = new Set([...old.querySelectorAll("details[open] > summary")].map((each) => each.textContent.trim()));
  for (const each of next.querySelectorAll("details > summary")) {
    if (open.has(each.textContent.trim())) each.parentElement.open = true;
  }
}

function refocus(focus, part) {
  const same = (each) => each.getAttribute("href") === focus.getAttribute("href") && each.textContent.trim() === focus.textContent.trim();
  const there = [...part.querySelectorAll(focus.tagName)].find(same);
  if (!there) part.tabIndex = -1;
  (there ?? part).focus({ preventScroll: true });
}

async function refresh() {
  if (!document.hidden) {
    try {
      const page = await fetched();
      const fresh = page.getElementById(id);
      const { said: end } = part().dataset;
      const ended = Boolean(fresh) && !("poll" in fresh.dataset);
      if (missed >= MOST_MISSED) alarm.textContent = "";
      missed = 0;
      if (fresh && takeOver(page, ended)) {
        warn();
        if (ended) {
          live.textContent = end;
          return;
        }
        say();
      }
    } catch {
      missed += 1;
      if (missed === MOST_MISSED) alarm.textContent = part().dataset.unreachable;
    }
  }
  setTimeout(refresh, SECONDS * 1000);
}

say();
setTimeout(refresh, SECONDS * 1000);
