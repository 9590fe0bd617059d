// What is on the clipboard as HTML, in whatever shape Word, LibreOffice, Google Docs, Outlook or a browser gives it,
// as Markdown: title and headings, lists, quotations, bold, italics, links and line breaks. The HTML is parsed into a
// document that nobody shows and that runs and fetches nothing; only its words go on.
"use strict";

import { asMarkdown, asPlain } from "./markdown.js";

const DROPPED = new Set("SCRIPT STYLE HEAD TITLE META LINK IFRAME OBJECT EMBED TEMPLATE SVG MATH CANVAS AUDIO VIDEO PICTURE IMG SELECT TEXTAREA BUTTON DEL S STRIKE".split(" "));
const BLOCKS = new Set("ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY CAPTION CENTER DD DETAILS DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER HR HTML LEGEND LI MAIN NAV OL P PRE SECTION SUMMARY TABLE TBODY TD TFOOT TH THEAD TR UL".split(" "));
const BOLD_FROM = 600;
const RAISED = { super: "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾", sub: "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎" };
const BULLET = /^[\s\u00a0]*(?:[\u00b7\u2022\u25aa\u25cf\u25cb\u2013\u2014o\u00a7\uf0b7\uf0a7\u00d8\u00fc-]|\([a-z0-9]{1,3}\)|(?<number>[0-9]{1,3}|[a-z]|[ivxlc]{1,6})[.)])[\s\u00a0]+/iu;

// Return {markdown, plain, formatted}: `plain` is the same without marks, blank lines between its paragraphs;
// `formatted` says whether there was anything that plain text would lose.
export function readPasted(html) {
  const parsed = new DOMParser().parseFromString(fragment(html), "text/html");
  const reading = new Reading();
  reading.walk(parsed.body, { styles: [] });
  reading.flush();
  const blocks = reading.blocks;
  return {
    markdown: asMarkdown(blocks),
    plain: asPlain(blocks),
    formatted: blocks.some((block) => block.kind !== "paragraph" || block.runs.some((run) => run.styles.length)),
    count: blocks.length,
  };
}

// On Windows the fragment that was copied is marked within a whole page.
function fragment(html) {
  const marked = /<!--\s*StartFragment\s*-->([\s\S]*?)<!--\s*EndFragment\s*-->/.exec(html);
  const part = marked ? marked[1] : html;
  // What stands for the bullet of a list in Word is told to older browsers only, in conditional comments that others
  // read; within them it is marked. Everything else between such comments is not meant for us.
  return part
    .replace(/<!--\[if !supportLists\]-->([\s\S]*?)<!--\[endif\]-->/gi, (_, mark) => `<mark data-list-mark>${mark}</mark>`)
    .replace(/<!\[if !supportLists\]>([\s\S]*?)<!\[endif\]>/gi, (_, mark) => `<mark data-list-mark>${mark}</mark>`)
    .replace(/<!\[(?:if[^\]]*|endif)\]>/gi, "")
    .replace(/<(\/?)(?:o|w|m|v|st1):[^>]*>/gi, "")
    // Styles are read, not applied, and nothing is ever run: the page's own rules would refuse it, and say so each time.
    .replace(/<style\b[\s\S]*?<\/style>/gi, "")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/([\s"'/])(style|on[a-z]+)(?=\s*=)/gi, "$1data-$2"));
}

function styleText(element) {
  return element.getAttribute("data-style") ?? "";
}

function property(element, name) {
  const found = new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*([^;!]+)`, "i").exec(styleText(element));
  return found ? found[1].trim().toLowerCase() : "";
}

class Reading {
  blocks = [];
  place = { kind: "paragraph" };
  runs = [];

  walk(node, around) {
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) this.text(child.data, around);
      else if (child.nodeType === Node.ELEMENT_NODE) this.element(child, around);
    }
  }

  text(data, around) {
    const lines = around.pre ? data.split("\n") : [data.replace(/[\t\n\r\f ]+/g, " ")];
    lines.forEach((line, at) => {
      if (at) this.runs.push({ text: "\n", styles: [] });
      if (line) this.runs.push({ text: line, styles: around.styles });
    });
  }

  element(element, around) {
    if (isDropped(element)) return;
    if (element.tagName === "BR") {
      // Google Docs and Apple's programs put an empty line between blocks as a lone break.
      this.runs.push({ text: "\n", styles: around.styles });
      return;
    }
    const figures = raised(element);
    if (figures) {
      this.text(figures, around);
      return;
    }
    const within = { ...around, styles: styled(element, around.styles) };
    if (element.tagName === "PRE") within.pre = true;
    if (!BLOCKS.has(element.tagName)) {
      this.walk(element, within);
      return;
    }
    const before = this.place;
    const inItem = before.kind === "item" && !/^(?:LI|UL|OL|H[1-6]|BLOCKQUOTE)$/.test(element.tagName);
    if (inItem && this.runs.some((run) => run.text.trim())) this.runs.push({ text: "\n", styles: [] });
    else if (!inItem) this.flush();
    if (!inItem) this.place = placed(element, before);
    this.walk(element, within);
    if (!inItem) this.flush();
    this.place = before;
  }

  flush() {
    const runs = this.place.kind === "heading" ? this.runs.map(withoutBold) : this.runs;
    this.runs = [];
    for (const part of this.place.kind === "item" || this.place.kind === "heading" ? [runs] : paragraphs(runs)) {
      const cleaned = trimmed(part);
      if (cleaned.length) this.blocks.push({ ...this.place, runs: cleaned });
    }
  }
}

function isDropped(element) {
  return (
    DROPPED.has(element.tagName) ||
    element.hidden ||
    property(element, "display") === "none" ||
    /mso-hide\s*:\s*all|mso-element\s*:\s*(?:comment|field-(?:begin|end))/i.test(styleText(element)) ||
    /^(?:MsoCommentReference|MsoCommentText|msocomanchor)$/i.test(element.className) ||
    element.hasAttribute("data-list-mark")
  );
}

// Figures above or below the line, as characters: Markdown has no mark for them, and 10⁶ is not 106.
function raised(element) {
  const place = { SUP: "super", SUB: "sub" }[element.tagName] ?? property(element, "vertical-align");
  const figures = element.textContent.trim();
  if (!(place in RAISED) || !/^[0-9+=()\u2212-]+$/.test(figures)) return "";
  return [...figures].map((each) => RAISED[place]["0123456789+-\u2212=()".indexOf(each)]).join("");
}

// What kind of block an element begins.
function placed(element, around) {
  const tag = element.tagName;
  const style = styleText(element);
  const name = element.className ?? "";
  if (/^H[1-6]$/.test(tag)) return { kind: "heading", level: Number(tag[1]) };
  if (element.getAttribute("role") === "heading") return { kind: "heading", level: Math.min(Number(element.ariaLevel) || 2, 6) };
  const named = /Mso(Title|Subtitle|Heading([1-6]))/i.exec(name) ?? (tag === "P" && /^(title|subtitle)\b/i.exec(name));
  if (named) return { kind: "heading", level: named[2] ? Number(named[2]) : named[1].toLowerCase() === "title" ? 1 : 2 };
  const outline = /mso-outline-level\s*:\s*([1-6])/i.exec(style);
  if (outline && tag === "P") return { kind: "heading", level: Number(outline[1]) };
  if (tag === "BLOCKQUOTE" || /Mso(?:Intense)?Quote/i.test(name)) return { kind: "quote" };
  const list = /mso-list\s*:\s*(l\d+)\s+level(\d+)\s*(lfo\d+)?/i.exec(style);
  if (list) return { kind: "item", word: true, level: Number(list[2]), list: `${list[1]} ${list[3]}`, ordered: isNumbered(element) };
  if (/MsoList(?:Bullet|Number|Paragraph)/i.test(name) && BULLET.test(element.textContent)) {
    return { kind: "item", word: true, level: 1, list: "l", ordered: isNumbered(element) };
  }
  if (tag === "UL" || tag === "OL") {
    const level = around.kind === "item" ? around.level + 1 : 1;
    return { kind: "item", level, list: around.kind === "item" ? around.list : element, ordered: tag === "OL" };
  }
  if (tag === "LI") {
    const level = Number(element.getAttribute("aria-level")) || around.level || 1; // Google Docs does not nest its lists
    return { ...around, kind: "item", level, list: around.list ?? element, ordered: around.ordered ?? false };
  }
  return around.kind === "quote" || around.kind === "item" || around.kind === "heading" ? around : { kind: "paragraph" };
}

function isNumbered(element) {
  const mark = element.querySelector("[data-list-mark], [data-style*='mso-list:Ignore' i], [data-style*='mso-list: Ignore' i]");
  if (mark) mark.setAttribute("data-list-mark", "");
  const words = (mark ?? element).textContent;
  const found = BULLET.exec(`${words} `);
  const numbered = Boolean(found?.groups.number);
  if (!mark && found) cutFront(element, found[0].length);
  return numbered;
}

// Take characters off the beginning of an element: a bullet that stands there as text.
function cutFront(element, count) {
  const walker = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let left = count, node = walker.nextNode(); node && left > 0; node = walker.nextNode()) {
    const taken = Math.min(left, node.data.length);
    node.data = node.data.slice(taken);
    left -= taken;
  }
}

// The styles within an element: its own, and those around it that it does not take back.
function styled(element, around) {
  let styles = around;
  const tag = element.tagName;
  const weight = property(element, "font-weight");
  const heavy = weight === "bold" || weight === "bolder" || Number(weight) >= BOLD_FROM;
  const light = weight && !heavy && weight !== "inherit";
  styles = turned(styles, "bold", heavy || ((tag === "B" || tag === "STRONG") && !light), light);
  const slant = property(element, "font-style");
  const slanted = slant === "italic" || slant === "oblique";
  styles = turned(styles, "italic", slanted || ((tag === "I" || tag === "EM" || tag === "CITE") && slant !== "normal"), slant === "normal");
  const href = tag === "A" ? safeAddress(element.getAttribute("href") ?? "") : null;
  return href && !styles.some((style) => style.kind === "link") ? [...styles, { kind: "link", href }] : styles;
}

function turned(styles, kind, on, off) {
  const has = styles.some((style) => style.kind === kind);
  if (on && !has) return [...styles, { kind }];
  return off && has ? styles.filter((style) => style.kind !== kind) : styles;
}

function safeAddress(href) {
  try {
    const address = new URL(href.trim());
    // A link that a mail program wrapped to check it first, unwrapped.
    const wrapped = /\.safelinks\.protection\.outlook\.com$/.test(address.hostname) || (address.hostname === "www.google.com" && address.pathname === "/url");
    const inner = wrapped ? address.searchParams.get("url") ?? address.searchParams.get("q") : null;
    if (inner) return safeAddress(inner);
    return ["http:", "https:", "mailto:"].includes(address.protocol) ? href.trim() : null;
  } catch {
    return null;
  }
}

// Headings are bold by themselves.
function withoutBold(run) {
  return { ...run, styles: run.styles.filter((style) => style.kind !== "bold") };
}

// Cut runs where two line breaks follow each other.
function paragraphs(runs) {
  const parts = [[]];
  let breaks = 0;
  for (const run of runs) {
    if (run.text === "\n") {
      breaks += 1;
      if (breaks === 2) parts.push([]);
      else if (breaks === 1) parts.at(-1).push(run);
      continue;
    }
    if (run.text.trim()) breaks = 0;
    parts.at(-1).push(run);
  }
  return parts;
}

// Join what is styled alike, and leave out white space at the edges and where there is some already.
function trimmed(runs) {
  const joined = [];
  for (const run of runs) {
    const last = joined.at(-1);
    let text = run.text.replace(/[\u200b\ufeff\u00ad]/g, "");
    if (!last || /[\n ]$/.test(last.text)) text = text.replace(/^ +/, "");
    if (!last) text = text.replace(/^[\s\u00a0]+/, "");
    if (text === "\n" && last) last.text = last.text.replace(/[ \u00a0]+$/, "");
    if (!text) continue;
    if (last && sameStyles(last.styles, run.styles)) last.text += text;
    else joined.push({ text, styles: run.styles });
  }
  while (joined.length && !joined.at(-1).text.trim()) joined.pop();
  if (joined.length) joined.at(-1).text = joined.at(-1).text.trimEnd();
  return spacesOutside(joined);
}

function sameStyles(one, other) {
  return one.length === other.length && one.every((style, at) => style.kind === other[at].kind && style.href === other[at].href);
}

// White space at the edges of bold or italic words belongs outside, or Markdown takes the marks for stars.
function spacesOutside(runs) {
  return runs.flatMap((run) => {
    if (!run.styles.length) return [run];
    const [, before, words, after] = /^(\s*)([\s\S]*?)(\s*)$/.exec(run.text);
    return [
      { text: before, styles: [] },
      { text: words, styles: words ? run.styles : [] },
      { text: after, styles: [] },
    ].filter((each) => each.text);
  });
}
