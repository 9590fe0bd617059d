// A file that was chosen or dropped: what it is and how large is told before it is sent, then the desk reads its text
// and hands it back for the form. The file itself is not sent again.
"use strict";

const KINDS = /\.(?:docx|odt|txt|text|md|markdown|html?)$/i;
const UNITS = [
  [1_000_000, "megabyte"],
  [1_000, "kilobyte"],
  [0, "byte"],
];

export class FileReading {
  constructor({ form, words, fill, taken }) {
    Object.assign(this, { form, words, fill, taken });
    this.input = document.getElementById("file");
    this.progress = document.getElementById("file-progress");
    this.faults = document.getElementById("text-faults");
    this.place = form.querySelector("[data-drop]");
    this.input.addEventListener("change", () => this.input.files.length && this.read(this.input.files[0]));
    document.addEventListener("dragover", (event) => this.over(event));
    document.addEventListener("dragleave", (event) => !event.relatedTarget && this.show(false));
    document.addEventListener("drop", (event) => this.drop(event));
  }

  over(event) {
    if (![...(event.dataTransfer?.types ?? [])].includes("Files")) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    this.show(true);
  }

  drop(event) {
    this.show(false);
    const files = event.dataTransfer?.files ?? [];
    if (!files.length) return;
    // A page that is left for a file that was dropped beside the field would lose the text.
    event.preventDefault();
    if (files.length > 1) this.fault(this.words.oneFile);
    else this.read(files[0]);
  }

  show(dragging) {
    this.place.classList.toggle("dragging", dragging);
  }

  fault(sentence) {
    this.faults.replaceChildren();
    if (!sentence) return;
    const line = document.createElement("p");
    line.className = "live alert";
    line.textContent = sentence;
    this.faults.append(line);
  }

  read(file) {
    const facts = { name: file.name, size: told(file.size) };
    this.fault("");
    if (!KINDS.test(file.name)) this.refuse(this.fill(this.words.wrongKind, facts));
    else if (file.size > Number(this.words.largest)) this.refuse(this.fill(this.words.tooLarge, facts));
    else this.send(file, facts);
  }

  // What cannot be read is taken out of the form, so that it is not sent with it.
  refuse(sentence) {
    this.input.value = "";
    this.tell("");
    this.fault(sentence);
  }

  tell(sentence, share = 0) {
    const [bar, words] = this.progress.children;
    bar.hidden = !sentence;
    bar.value = share;
    if (words.textContent !== sentence) words.textContent = sentence;
  }

  send(file, facts) {
    const data = new FormData();
    data.append("csrf_token", this.form.elements.csrf_token.value);
    data.append("file", file, file.name);
    const request = new XMLHttpRequest();
    this.request?.abort();
    this.request = request;
    this.form.setAttribute("aria-busy", "true");
    this.tell(this.fill(this.words.reading, facts));
    request.upload.addEventListener("progress", (event) => {
      const share = event.lengthComputable ? event.loaded / event.total : 0;
      this.tell(this.fill(share >= 0.5 && share < 1 ? this.words.half : this.words.reading, facts), share);
    });
    request.addEventListener("loadend", () => this.request === request && this.form.removeAttribute("aria-busy"));
    request.addEventListener("error", () => this.refuse(this.words.unreachable));
    request.addEventListener("load", () => {
      const answer = request.response;
      if (request.status === 200 && answer) {
        this.input.value = "";
        this.tell("");
        this.taken(facts, answer);
      } else this.refuse(answer?.error ?? this.words.refused);
    });
    request.open("POST", this.words.readAt);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.send(data);
  }
}

function told(bytes) {
  const [size, unit] = UNITS.find(([least]) => bytes >= least);
  return new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, maximumFractionDigits: 1 }).format(bytes / (size || 1));
}
