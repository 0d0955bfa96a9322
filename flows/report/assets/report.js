// Sorting, filtering, search, details, language and downloads of the report. No library, no network.
"use strict";
const root = document.currentScript.dataset.root;
const words = {
  zh: { search_hint: "检索标题、正文、数字、名称；“短语”", searching: "正在检索…", none: "没有找到", short: "请至少输入两个字", copied: "已复制", embed: "嵌入", more: "显示全部", from: "出自", per: "人名", org: "机构名", loc: "地名", other: "名称" },
  en: { search_hint: "Words or “phrases”", searching: "Searching…", none: "Nothing found", short: "Type at least two characters", copied: "Copied", embed: "Embed", more: "Show all", from: "From", per: "Person", org: "Organisation", loc: "Place", other: "Name" },
};
const say = (key) => words[document.documentElement.dataset.language][key];
const all = (selector, from = document) => [...from.querySelectorAll(selector)];

function remember(key, value) {
  try { if (value === undefined) return localStorage.getItem(key); localStorage.setItem(key, value); } catch { /* opened from disk without storage */ }
  return null;
}

// ---- language ----
function speak(language) {
  const page = document.documentElement;
  page.dataset.language = language;
  page.lang = language === "en" ? "en" : "zh-CN";
  for (const field of all("[data-placeholder]")) field.placeholder = say(field.dataset.placeholder);
  for (const table of all(".table table")) nameCells(table);
  remember("broadsheet-language", language);
}

function nameCells(table) { // on a phone each cell stands under its column's name
  const names = [...table.tHead.rows[0].cells].map((cell) => shown(cell));
  for (const row of table.tBodies[0].rows) [...row.cells].forEach((cell, at) => { cell.dataset.label = names[at]; });
}

// What an element says in the language of the page, visible or not.
function shown(element) {
  const copy = element.cloneNode(true), other = document.documentElement.dataset.language === "zh" ? ".en" : ".zh";
  for (const hidden of all(other, copy)) hidden.remove();
  for (const line of all("br", copy)) line.replaceWith("; ");
  return copy.textContent.replace(/\s+/g, " ").trim();
}

// ---- tables ----
const valueOf = (cell) => (cell.dataset.value === undefined ? shown(cell) : Number(cell.dataset.value));

function sortBy(header) {
  const column = header.cellIndex, up = header.getAttribute("aria-sort") !== "ascending";
  for (const other of header.parentNode.children) other.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", up ? "ascending" : "descending");
  const body = header.closest("table").tBodies[0];
  const rows = [...body.rows].map((row) => [valueOf(row.cells[column]), row]);
  rows.sort(([a], [b]) => (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "zh-CN")));
  if (!up) rows.reverse();
  body.append(...rows.map(([, row]) => row));
}

function filterRows(box) {
  const wanted = box.querySelector(".filter").value.trim().toLowerCase().split(/\s+/), choice = box.querySelector(".choose");
  const topic = choice ? choice.value : "";
  for (const row of all("tbody tr", box)) {
    const text = row.textContent.toLowerCase();
    const own = row.dataset.topic === undefined ? row.cells[0].querySelector(".zh") || row.cells[0] : null;
    const fits = !topic || (own ? own.textContent.trim() : row.dataset.topic) === topic;
    row.hidden = !fits || !wanted.every((part) => text.includes(part));
  }
}

function fold(box) { // of a long list a phone shows the first few, and the rest at a touch
  const list = box.classList.contains("table") ? box.querySelector("tbody") : box, few = Number(box.dataset.few);
  const rest = [...list.children].slice(few);
  if (rest.length < 2) return;
  for (const one of rest) one.classList.add("beyond");
  const more = button(inBoth("more"), () => { for (const one of rest) one.classList.remove("beyond"); more.remove(); });
  more.className = "more";
  more.append(` (${list.children.length})`);
  if (list !== box) box.querySelector(".filter").addEventListener("input", () => more.click(), { once: true });
  box.after(more);
}

function csvOf(box) { // what is seen, and beside it each figure's bare value, unit and id
  const quoted = (text) => `"${text.replaceAll('"', '""')}"`;
  const more = (row) => { const given = row.closest("thead") ? box.dataset.csv : row.dataset.csv; return given === undefined ? [] : given.split("|"); };
  const rows = all("tr", box).filter((row) => !row.hidden);
  return "\ufeff" + rows.map((row) => [...[...row.cells].map((cell) => shown(cell)), ...more(row)].map(quoted).join(",")).join("\r\n");
}

function download(button) {
  const box = button.closest(".table"), link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([csvOf(box)], { type: "text/csv" }));
  link.download = `${box.dataset.table}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}

// ---- details of a mark ----
const tip = document.createElement("div");
tip.id = "tip";
tip.hidden = true;
let leaving;

function line(...parts) {
  const row = document.createElement("span");
  row.className = "row";
  row.append(...parts);
  return row;
}

function detailsOf(mark) {
  if (!mark.classList.contains("fig")) {
    const kind = [...mark.classList].find((name) => name in words.zh) || "other", what = document.createElement("span");
    what.className = "what";
    what.textContent = `${say(kind)} `;
    return [line(what, mark.dataset.full || mark.textContent)];
  }
  const row = document.getElementById(mark.hash.slice(1));
  if (!row) return [];
  const heads = row.closest("table").tHead.rows[0].cells;
  return [...row.cells].flatMap((cell, at) => {
    if (!cell.textContent.trim()) return [];
    const what = document.createElement("span"), value = document.createElement("span");
    what.className = "what";
    what.append(...heads[at].querySelector("button").cloneNode(true).childNodes, " ");
    value.append(...cell.cloneNode(true).childNodes);
    if (at === 0) value.textContent = value.textContent; // the figure itself needs no link to itself
    return [line(what, value)];
  });
}

function showTip(mark) {
  clearTimeout(leaving);
  const rows = detailsOf(mark);
  if (!rows.length) return;
  tip.replaceChildren(...rows);
  tip.hidden = false;
  if (mark.nextSibling !== tip) mark.after(tip);
  for (const other of all("[aria-describedby=tip]")) other.removeAttribute("aria-describedby");
  mark.setAttribute("aria-describedby", "tip");
  const places = mark.getClientRects(), place = places[places.length - 1], edge = document.documentElement.clientWidth - 8;
  tip.style.left = "0px";
  tip.style.top = "0px";
  const zero = tip.getBoundingClientRect();
  tip.style.left = `${Math.max(8, Math.min(place.left, edge - zero.width)) - zero.left}px`;
  tip.style.top = `${place.bottom + 4 - zero.top}px`;
}

function hideTip(soon) {
  clearTimeout(leaving);
  if (soon) tip.hidden = true; else leaving = setTimeout(() => { tip.hidden = true; }, 250);
}

function showLines(link) {
  const panel = document.querySelector("details.raw");
  panel.open = true;
  for (const asked of all("li.asked", panel)) asked.classList.remove("asked");
  const lines = link.dataset.lines.split(" ").map((number) => document.getElementById(`L${number}`)).filter(Boolean);
  for (const one of lines) one.classList.add("asked");
  if (lines.length) { lines[0].tabIndex = -1; lines[0].focus({ preventScroll: true }); lines[0].scrollIntoView({ block: "nearest" }); }
}

function followMarks() {
  const marks = all("article a.mark, article .mark[tabindex]");
  for (const mark of marks) {
    mark.addEventListener("mouseenter", () => showTip(mark));
    mark.addEventListener("focus", () => showTip(mark));
    mark.addEventListener("mouseleave", () => hideTip());
    mark.addEventListener("blur", (event) => { if (!tip.contains(event.relatedTarget)) hideTip(); });
    if (mark.classList.contains("fig")) mark.addEventListener("click", (event) => { event.preventDefault(); showTip(mark); });
  }
  tip.addEventListener("mouseenter", () => clearTimeout(leaving));
  tip.addEventListener("mouseleave", () => hideTip());
  tip.addEventListener("focusout", (event) => { if (!tip.contains(event.relatedTarget)) hideTip(); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hideTip(true); });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.lines");
    if (!link) return;
    event.preventDefault();
    hideTip(true);
    showLines(link);
  });
  const asked = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (asked && asked.matches(".mark.fig")) { asked.classList.add("asked"); showTip(asked); }
}

// ---- charts to take away ----
function save(name, blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function drawnAlone(chart) { // the chart with its own colours, as it stands on white
  const copy = chart.cloneNode(true), style = document.createElementNS("http://www.w3.org/2000/svg", "style");
  style.textContent = "text{fill:#1a1a1a;font-family:sans-serif}.said,.unit{fill:#595959}.grid{stroke:#d4d4d4}.axis{stroke:#595959}";
  copy.prepend(style);
  for (const link of all("a", copy)) link.setAttribute("href", new URL(link.getAttribute("href"), location.href).href);
  return new XMLSerializer().serializeToString(copy);
}

function takeAway(box) {
  const line = document.createElement("p"), name = box.dataset.chart, chart = box.querySelector(".chart-wide svg");
  line.className = ["take", ...["zh", "en"].filter((language) => box.classList.contains(language))].join(" ");
  for (const kind of ["SVG", "PNG"]) {
    line.append(button(kind, () => {
      const text = drawnAlone(chart);
      if (kind === "SVG") { save(`${name}.svg`, new Blob([text], { type: "image/svg+xml" })); return; }
      const picture = new Image(), size = chart.viewBox.baseVal, canvas = document.createElement("canvas"), pen = canvas.getContext("2d");
      canvas.width = 2 * size.width; canvas.height = 2 * size.height;
      picture.onload = () => { pen.fillStyle = "#fff"; pen.fillRect(0, 0, canvas.width, canvas.height); pen.drawImage(picture, 0, 0, canvas.width, canvas.height); canvas.toBlob((blob) => save(`${name}.png`, blob)); };
      picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
    }), " ");
  }
  const near = box.closest("section") || box.closest("figure").nextElementSibling, table = near && near.querySelector(".table");
  line.append(button("CSV", () => save(`${name}.csv`, new Blob([table ? csvOf(table) : csvOfMarks(chart)], { type: "text/csv" }))), " ");
  line.append(button(inBoth("embed"), async (event) => {
    const address = new URL(location.href);
    address.hash = ""; address.search = `?embed=${encodeURIComponent(name)}`;
    const frame = document.createElement("input");
    frame.className = "embed"; frame.readOnly = true; frame.ariaLabel = say("embed");
    frame.value = `<iframe src="${address.href}" width="680" height="420" style="border:0" loading="lazy"></iframe>`;
    event.target.closest("button").replaceWith(frame);
    frame.select();
    try { await navigator.clipboard.writeText(frame.value); } catch { /* it is selected, to be copied by hand */ }
  }));
  box.after(line);
}

function csvOfMarks(chart) { // where no table stands below: what each mark says, and the sentence it leads to
  const rows = all("a", chart).map((mark) => [(mark.querySelector("title") || mark).textContent, new URL(mark.getAttribute("href"), location.href).href]);
  return "\ufeff" + rows.map((row) => row.map((text) => `"${text.trim().replaceAll('"', '""')}"`).join(",")).join("\r\n");
}

function inBoth(key) { // what changes with the language of the page
  const made = document.createDocumentFragment();
  for (const language of ["zh", "en"]) {
    const part = document.createElement("span");
    part.className = language;
    part.textContent = words[language][key];
    made.append(part);
  }
  return made;
}

function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.append(words);
  made.addEventListener("click", act);
  return made;
}

// ---- search ----
const parts = {}, coming = {};
const nameOf = (kind, block, number) => (kind === "about" ? "about" : `${block}/${kind}-${number}`);
window.broadsheetSearch = (kind, block, number, body) => { parts[nameOf(kind, block, number)] = body; };

function load(kind, block, number) {
  const name = nameOf(kind, block, number);
  coming[name] ||= new Promise((done) => {
    const script = document.createElement("script");
    script.src = `${root}search/${name}.js`;
    script.onload = () => { done(parts[name]); script.remove(); };
    script.onerror = () => done(undefined);
    document.head.append(script);
  });
  return coming[name];
}

const squeezed = (text) => text.toLowerCase().replace(/\s+/g, "");

// Entries of a block that hold all pairs of neighbouring characters.
async function candidates(wanted, block, files) {
  let left = null;
  for (const part of wanted) {
    const signs = [...part];
    for (let at = 0; at + 1 < signs.length; at += 1) {
      const bucket = await load("pairs", block, (signs[at].codePointAt(0) * 31 + signs[at + 1].codePointAt(0)) % files);
      const numbers = (bucket && bucket[signs[at] + signs[at + 1]]) || [];
      const kept = left && new Set(left);
      left = kept ? numbers.filter((one) => kept.has(one)) : numbers;
      if (!left.length) return left;
    }
  }
  return left || [];
}

// What an entry says of the words: [headline, page, snippet's text, figures with their places]; null where nothing.
function hitOf([said, page, body, figures], wanted) {
  const text = squeezed(said) + "\n" + (body ? squeezed(body) : "");
  const told = (figures || []).filter(([words]) => { const own = squeezed(words); return wanted.every((part) => own.includes(part)); });
  return told.length || wanted.every((part) => text.includes(part)) ? [said, page, body, told] : null;
}

async function find(wanted, most) {
  const about = await load("about"), hits = [];
  if (!about) return hits;
  for (let start = 0; start < about.blocks.length && hits.length < most; start += 8) {
    const some = about.blocks.slice(start, start + 8);
    const left = await Promise.all(some.map(([block, , files]) => candidates(wanted, block, files)));
    for (const [at, [block]] of some.entries()) {
      const numbers = new Set(left[at].map((one) => Math.floor(one / about.perFile)));
      const files = hits.length < most ? await Promise.all([...numbers].map(async (number) => [number, await load("entries", block, number)])) : [];
      const entries = new Map(files);
      for (const one of left[at]) {
        const entry = (entries.get(Math.floor(one / about.perFile)) || [])[one % about.perFile], hit = entry && hitOf(entry, wanted);
        if (hit && hits.length < most) hits.push(hit);
      }
    }
  }
  return hits;
}

// What is asked for: words between blanks, and phrases between quotation marks, which stand as they are.
function wordsOf(text) {
  const found = [...text.matchAll(/[“”"„«「]([^“”"„»」]+)[”“"»」]|([^\s“”"「」]+)/g)].map((one) => squeezed(one[1] || one[2]));
  return found.filter((part) => part.length > 1);
}

// The clauses of an article around the first word found in them, the words marked.
function snippet(text, wanted) {
  const line = document.createElement("p"), shape = (part) => [...part].map((sign) => sign.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("\\s*");
  const pattern = new RegExp(wanted.map(shape).join("|"), "gi"), first = text.search(pattern);
  if (first < 0) return null;
  const start = Math.max(0, first - 30), cut = text.slice(start, first + 90).replace(/\n/g, " ");
  let at = 0;
  line.append(start ? "…" : "");
  for (const hit of cut.matchAll(pattern)) {
    const mark = document.createElement("mark");
    mark.textContent = hit[0];
    line.append(cut.slice(at, hit.index), mark);
    at = hit.index + hit[0].length;
  }
  line.append(cut.slice(at), start + cut.length < text.length ? "…" : "");
  line.className = "small";
  return line;
}

const FIGURES_SHOWN = 5;
function figuresOf(page, figures) { // the figures of an article that the words are about, each with its place
  const row = document.createElement("p");
  row.className = "hits";
  for (const [said, place] of figures.slice(0, FIGURES_SHOWN)) {
    const link = document.createElement("a");
    link.href = `${root}${page}#${place}`;
    link.textContent = said;
    row.append(link, " ");
  }
  if (figures.length > FIGURES_SHOWN) row.append(`+${figures.length - FIGURES_SHOWN}`);
  return row;
}

let asked = 0;
async function search(text) {
  const box = document.getElementById("found"), mine = ++asked, wanted = wordsOf(text);
  box.hidden = !text;
  if (!text) return;
  if (!wanted.length) { box.textContent = say("short"); return; }
  box.textContent = say("searching");
  const hits = await find(wanted, 60);
  if (mine !== asked) return;
  const list = document.createElement("ul");
  for (const [said, page, body, figures] of hits) {
    const item = document.createElement("li"), link = document.createElement("a"), part = body && snippet(body, wanted);
    link.href = root + page;
    link.textContent = said;
    item.append(link);
    if (part) item.append(part);
    if (figures.length) item.append(figuresOf(page, figures));
    list.append(item);
  }
  box.replaceChildren(hits.length ? list : document.createTextNode(say("none")));
}

// ---- a chart alone, for another site's frame ----
function embedded(name) {
  const box = all(".drawn").find((one) => one.dataset.chart === name && one.offsetParent);
  if (!box) return;
  const line = document.createElement("p"), link = document.createElement("a");
  link.href = location.pathname.split("/").pop();
  link.target = "_blank";
  link.textContent = document.title;
  line.className = "small";
  line.append(say("from"), " ", link);
  document.body.classList.add("embedded");
  document.body.replaceChildren(box.closest("figure"), line);
}

document.addEventListener("DOMContentLoaded", () => {
  document.body.append(tip);
  speak(remember("broadsheet-language") === "en" ? "en" : "zh");
  document.getElementById("language").addEventListener("click", () => speak(document.documentElement.dataset.language === "zh" ? "en" : "zh"));
  for (const button of all("th .sort")) button.addEventListener("click", () => sortBy(button.closest("th")));
  for (const field of all(".filter, .choose")) for (const event of ["input", "change"]) field.addEventListener(event, () => filterRows(field.closest(".table")));
  for (const button of all(".download")) button.addEventListener("click", () => download(button));
  for (const button of all(".copy")) button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.from).innerText;
    try { await navigator.clipboard.writeText(text); } catch {
      const field = document.createElement("textarea");
      field.value = text; document.body.append(field); field.select(); document.execCommand("copy"); field.remove();
    }
    button.textContent = say("copied");
  });
  for (const box of all(".drawn")) takeAway(box);
  for (const box of all("[data-few]")) fold(box);
  const alone = new URLSearchParams(location.search).get("embed");
  if (alone) { embedded(alone); return; }
  followMarks();
  const field = document.getElementById("search");
  let waiting;
  field.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(() => search(field.value.trim()), 200); });
  field.form.addEventListener("submit", (event) => { event.preventDefault(); search(field.value.trim()); });
});
