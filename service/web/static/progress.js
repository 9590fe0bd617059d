// While drafts are being made, the table of languages is fetched again every few seconds, and what changed is said.
"use strict";

const SECONDS = 4;
const live = document.getElementById("live");
let said = -1;

function share() {
  let done = 0;
  let all = 0;
  for (const bar of document.querySelectorAll("#versions progress")) {
    done += bar.value;
    all += bar.max;
  }
  return all ? done / all : 0;
}

// At the start, at half and at the end, not at every step.
function say() {
  const stage = Math.floor(share() * 2);
  if (stage === said) return;
  said = stage;
  const words = [...document.querySelectorAll("#versions progress")].map((bar) => `${bar.ariaLabel}: ${bar.textContent}`);
  live.textContent = words.join(". ");
}

async function refresh() {
  const versions = document.getElementById("versions");
  if (!versions || !("poll" in versions.dataset)) return;
  if (!document.hidden && !versions.contains(document.activeElement)) {
    try {
      const answer = await fetch(location.pathname, { headers: { Accept: "text/html" }, redirect: "manual" });
      if (answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = page.getElementById("versions");
        if (fresh) versions.replaceWith(fresh);
        say();
        if (fresh && !("poll" in fresh.dataset)) {
          live.textContent = versions.dataset.said;
          return;
        }
      }
    } catch {
      // The desk cannot be reached just now; the next round asks again.
    }
  }
  setTimeout(refresh, SECONDS * 1000);
}

say();
setTimeout(refresh, SECONDS * 1000);
