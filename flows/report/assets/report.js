// Sorting, filtering, search, language and downloads of the report. No library, no network.
"use strict";
const root = document.currentScript.dataset.root;
const words = {
  zh: { search_hint: "检索标题、数字、名称", searching: "正在检索…", none: "没有找到", copied: "已复制" },
  en: { search_hint: "Search headlines, figures, names", searching: "Searching…", none: "Nothing found", copied: "Copied" },
};
const say = (key) => words[document.documentElement.dataset.language][key];

function remember(key, value) {
  try { if (value === undefined) return localStorage.getItem(key); localStorage.setItem(key, value); } catch { /* opened from disk without storage */ }
  return null;
}

function speak(language) {
  const page = document.documentElement;
  page.dataset.language = language;
  page.lang = language === "en" ? "en" : "zh-CN";
  for (const field of document.querySelectorAll("[data-placeholder]")) field.placeholder = say(field.dataset.placeholder);
  remember("broadsheet-language", language);
}

function valueOf(cell) {
  return cell.dataset.value === undefined ? cell.innerText.trim() : Number(cell.dataset.value);
}

function sortBy(header) {
  const table = header.closest("table"), column = [...header.parentNode.children].indexOf(header);
  const up = header.getAttribute("aria-sort") !== "ascending";
  for (const other of header.parentNode.children) other.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", up ? "ascending" : "descending");
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row) => [valueOf(row.cells[column]), row]);
  rows.sort(([a], [b]) => (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "zh-CN")));
  if (!up) rows.reverse();
  body.append(...rows.map(([, row]) => row));
}

function filterRows(field) {
  const wanted = field.value.trim().toLowerCase();
  for (const row of field.closest(".table").querySelectorAll("tbody tr")) row.hidden = !row.innerText.toLowerCase().includes(wanted) && !row.textContent.toLowerCase().includes(wanted);
}

function download(button) {
  const box = button.closest(".table");
  const quoted = (cell) => `"${cell.innerText.trim().replaceAll('"', '""')}"`;
  const rows = [...box.querySelectorAll("tr")].filter((row) => !row.hidden);
  const text = "\ufeff" + rows.map((row) => [...row.cells].map(quoted).join(",")).join("\r\n");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  link.download = `${box.dataset.table}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}

const index = [];
let chunks = null, loaded = 0;
window.broadsheetIndex = (total, entries) => { chunks = total; loaded += 1; index.push(...entries); };

function load(number) {
  return new Promise((done) => {
    const script = document.createElement("script");
    script.src = `${root}search/${number}.js`;
    script.onload = script.onerror = done;
    document.head.append(script);
  });
}

let asked = 0;
async function search(wanted) {
  const box = document.getElementById("found"), mine = ++asked;
  box.hidden = !wanted;
  if (!wanted) return;
  box.textContent = say("searching");
  while (chunks === null || loaded < chunks) {
    const before = loaded;
    await load(loaded);
    if (loaded === before) break;
    if (mine !== asked) return;
  }
  const parts = wanted.toLowerCase().split(/\s+/);
  const hits = index.filter(([text]) => parts.every((part) => text.toLowerCase().includes(part))).slice(0, 60);
  const list = document.createElement("ul");
  for (const [text, page] of hits) {
    const item = document.createElement("li"), link = document.createElement("a");
    link.href = root + page;
    link.textContent = text;
    item.append(link);
    list.append(item);
  }
  box.replaceChildren(hits.length ? list : document.createTextNode(say("none")));
}

document.addEventListener("DOMContentLoaded", () => {
  speak(remember("broadsheet-language") === "en" ? "en" : "zh");
  document.getElementById("language").addEventListener("click", () => speak(document.documentElement.dataset.language === "zh" ? "en" : "zh"));
  for (const button of document.querySelectorAll("th .sort")) button.addEventListener("click", () => sortBy(button.closest("th")));
  for (const field of document.querySelectorAll(".filter")) field.addEventListener("input", () => filterRows(field));
  for (const button of document.querySelectorAll(".download")) button.addEventListener("click", () => download(button));
  for (const button of document.querySelectorAll(".copy")) button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.from).innerText;
    try { await navigator.clipboard.writeText(text); } catch {
      const field = document.createElement("textarea");
      field.value = text; document.body.append(field); field.select(); document.execCommand("copy"); field.remove();
    }
    button.textContent = say("copied");
  });
  const field = document.getElementById("search");
  let waiting;
  field.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(() => search(field.value.trim()), 200); });
  field.form.addEventListener("submit", (event) => { event.preventDefault(); search(field.value.trim()); });
});
