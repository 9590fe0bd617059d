// The line to the desk: one way to send, which says plainly whether an answer came; and the session, which warns before
// it ends, keeps everything while nobody is signed in, and goes on when the same person is back.
import { hush, words } from "./editor-words.js";

const LONGEST_WAIT = 20000; // after which an answer counts as lost
const SESSION_PAUSE = 60000;
const BACK_PAUSE = 5000;
const SIGNED_OUT = 401;

export const line = new EventTarget(); // tells "back": the desk answers again, or the person is signed in again

const place = document.getElementById("session");
const sentence = place.querySelector("[data-part=said]");
const stayButton = place.querySelector("button");
const signInLink = place.querySelector("a");
let out = false;
let timer = null;
let asking = null;

// Returns {status, told}; the status is 0 where no whole answer came.
export async function ask(address, options = {}) {
  try {
    const answer = await fetch(address, {
      redirect: "manual",
      cache: "no-store",
      signal: AbortSignal.timeout(LONGEST_WAIT),
      ...options,
      headers: { Accept: "application/json", ...options.headers },
    });
    if (answer.status === SIGNED_OUT) look();
    const told = answer.status === 304 ? {} : await answer.json();
    return { status: answer.status, told, etag: answer.headers.get("ETag") };
  } catch {
    return { status: 0, told: {} };
  }
}

// Send a form's fields as the person does. A form token that is out of date is fetched anew, and the form sent once more.
export async function send(address, fields) {
  if (out) return { status: SIGNED_OUT, told: {} };
  const body = new URLSearchParams(fields);
  const post = () => {
    body.set("csrf_token", words.csrf);
    return ask(address, { method: "POST", body });
  };
  let answer = await post();
  if (answer.status === 400 || answer.status === SIGNED_OUT) {
    const before = words.csrf;
    if ((await look()) && (words.csrf !== before || answer.status === SIGNED_OUT)) answer = await post();
    if (answer.status === SIGNED_OUT) lost(words.out);
  }
  if (answer.status && answer.status < 500) line.dispatchEvent(new Event("answered"));
  return answer;
}

// Send a form as it stands on the page.
export function sendForm(form, rowVersion = "", submitter = null) {
  const fields = new URLSearchParams(new FormData(form, submitter));
  if (rowVersion) fields.set("row_version", rowVersion);
  return send(form.action, fields);
}

// Why something was not done. Who is signed out is answered in the desk's language, and told in that of the page.
export function whyNot({ status, told }, signedOut = words.out) {
  if (status === SIGNED_OUT) return signedOut;
  return status ? told.error : words.unreached;
}

function show(said, { stays = false, signsIn = false } = {}) {
  if (place.dataset.said === said) return;
  const held = place.contains(document.activeElement);
  place.dataset.said = said;
  sentence.textContent = said;
  stayButton.hidden = !stays;
  signInLink.hidden = !signsIn;
  place.hidden = !said;
  if (held) ([stayButton, signInLink].find((each) => said && !each.hidden) ?? whereFrom())?.focus();
}

// Where somebody worked before they came to what is told here.
function whereFrom() {
  return place.dataset.from ? document.getElementById(place.dataset.from) : null;
}

function lost(said) {
  out = true;
  hush();
  show(said, { signsIn: true });
  again(BACK_PAUSE);
}

function again(pause) {
  clearTimeout(timer);
  timer = setTimeout(look, pause);
}

// Ask whose the session is and how long it lasts; it is not lengthened by that. True where the person is signed in.
export function look() {
  asking ??= lookNow().finally(() => { asking = null; });
  return asking;
}

async function lookNow() {
  const { status, told } = await ask(words.session);
  again(SESSION_PAUSE);
  if (status !== 200) return !out;
  return take(told);
}

function take(told) {
  if (told.person !== words.person) {
    lost(told.person ? words.otherPerson : words.out);
    return false;
  }
  words.csrf = told.csrf;
  for (const input of document.querySelectorAll("input[name=csrf_token]")) input.value = told.csrf;
  const wasOut = out;
  out = false;
  if (told.ending) show(told.said, { stays: !told.fixed, signsIn: told.fixed });
  else show("");
  if (told.ending) again(BACK_PAUSE * 3);
  if (wasOut) line.dispatchEvent(new Event("back"));
  return true;
}

stayButton.addEventListener("click", async () => {
  const { status, told } = await send(words.session, {});
  if (status !== 200) return;
  take(told);
  whereFrom()?.focus();
});

// The button gives the focus back to where somebody worked.
document.addEventListener("focusin", (event) => {
  if (event.target.id && !place.contains(event.target)) place.dataset.from = event.target.id;
});

window.addEventListener("focus", look);
document.addEventListener("visibilitychange", () => document.hidden || look());
window.addEventListener("online", () => line.dispatchEvent(new Event("back")));
again(SESSION_PAUSE);
