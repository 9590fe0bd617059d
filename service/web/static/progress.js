// While drafts are being made, the part of the page that tells of them is fetched again every few seconds. How far they
// are is said at the start, at half and at the end, and at once where something stops.
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
  return new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(id);
}

async function refresh() {
  const now = part();
  // Nothing moves under the hands of somebody who is there.
  if (!document.hidden && !now.contains(document.activeElement)) {
    try {
      const fresh = await fetched();
      if (missed >= MOST_MISSED) alarm.textContent = "";
      missed = 0;
      if (fresh && !now.contains(document.activeElement)) {
        now.replaceWith(fresh);
        warn();
        if (!("poll" in fresh.dataset)) {
          live.textContent = now.dataset.said;
          return;
        }
        say();
      }
    } catch {
      missed += 1;
      if (missed === MOST_MISSED) alarm.textContent = now.dataset.unreachable;
    }
  }
  setTimeout(refresh, SECONDS * 1000);
}

say();
setTimeout(refresh, SECONDS * 1000);
