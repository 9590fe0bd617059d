// The copies of texts that the desk has not acknowledged, in this browser: by person, version, segment and page, so that
// two tabs keep theirs apart. A copy goes when its text was acknowledged, when it is a week old, and at signing out.
import { newId, words } from "./editor-words.js";
import { forgetOld, PREFIX, read, tried, unitKeys } from "./kept-units.js";

const ANSWER_PAUSE = 250; // in which the other tabs say that they are still there

export const pageId = newId();
const place = `${PREFIX}${words.person}:${words.release}:${words.locale}:`;

export function keep(unitId, copy) {
  tried(() => localStorage.setItem(`${place}${unitId}:${pageId}`, JSON.stringify({ ...copy, at: Date.now() })));
}

export function forget(unitId) {
  tried(() => localStorage.removeItem(`${place}${unitId}:${pageId}`));
}

// The newest copy of each segment that a page left behind which is no longer there. `give` takes it over, and says
// whether it did: then the old one goes.
export async function takeOver(channel, give) {
  forgetOld();
  const left = unitKeys(place).map((key) => ({ key, ...read(key) }));
  if (!left.length) return;
  const alive = new Set([pageId]);
  const hear = (event) => event.data.here && alive.add(event.data.here);
  channel.addEventListener("message", hear);
  channel.postMessage({ whoIsHere: pageId });
  await new Promise((done) => { setTimeout(done, ANSWER_PAUSE); });
  channel.removeEventListener("message", hear);
  const given = new Set();
  for (const { key, ...copy } of left.sort((one, two) => two.at - one.at)) {
    const [unitId, page] = key.slice(place.length).split(":");
    if (alive.has(page) || given.has(unitId)) continue;
    if (!give(unitId, copy)) continue;
    given.add(unitId);
    tried(() => localStorage.removeItem(key));
  }
}
