// Where this browser keeps the texts of segments that the desk has not acknowledged, and when it forgets them: after a
// week, and when somebody signs out.
export const PREFIX = "perstolk-unit:";
const WEEK = 7 * 24 * 3600 * 1000;

// Storage may be refused, or full: then there is no copy, and the page itself still holds the text.
export function tried(act) {
  try {
    return act();
  } catch {
    return null;
  }
}

export function read(key) {
  return tried(() => JSON.parse(localStorage.getItem(key)));
}

export function unitKeys(prefix = PREFIX) {
  return tried(() => Object.keys(localStorage).filter((key) => key.startsWith(prefix))) ?? [];
}

export function forgetOld() {
  for (const key of unitKeys()) {
    const at = read(key)?.at;
    if (!at || Date.now() - at > WEEK) tried(() => localStorage.removeItem(key));
  }
}

export function forgetUnits() {
  for (const key of unitKeys()) tried(() => localStorage.removeItem(key));
}
