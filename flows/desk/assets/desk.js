// The checking desk. Everything printed goes into the page as text, never as markup.
"use strict";

const $ = (id) => document.getElementById(id);
const CHOICES = {
  measure: ["level", "growth", "share", "contribution", "rank"],
  comparison: ["", "yoy", "qoq", "ytd", "prior"],
  modality: ["actual", "target", "planned"],
  qualifier: ["", "about", "over", "nearly", "under", "at_least"],
};
const FIELDS = ["value", "value_high", "unit", "measure", "comparison", "indicator", "subject", "region_adcode",
  "period", "period_start", "period_end", "modality", "qualifier"];
const NUMBER = /[0-9０-９][0-9０-９.,，．]*[万亿千百]*[余多]?[%％‰]?|百分之[〇零一二三四五六七八九十百点]+|[一二三四五六七八九十百千]+[万亿]/gu;

const state = { words: {}, language: "zh", queue: [], at: -1, shown: null, marking: null, undated: false, warned: false, key: "", busy: false, loading: 0, unloaded: 0 };

// ---- asking the desk

function takeKey() {
  const fresh = document.documentElement.dataset.key;
  if (fresh) {
    sessionStorage.setItem("desk-key", fresh); // kept for this origin and tab only
    history.replaceState(null, "", "/");
  }
  state.key = fresh || sessionStorage.getItem("desk-key") || "";
}

async function ask(path, told) {
  const options = { headers: { "X-Desk-Key": state.key } };
  if (told) Object.assign(options, { method: "POST", body: JSON.stringify(told) });
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    throw new Error(word("lost"));
  }
  if (answer.status === 403) throw new Error(word("closed"));
  const said = await answer.json();
  if (!answer.ok) {
    const sentence = spoken(said.error, said.error_zh);
    throw Object.assign(new Error(said.meanwhile ? word("meanwhile") : sentence), said);
  }
  return said;
}

const query = (values) => new URLSearchParams(values).toString();

// ---- words

const CLOSED = { closed: ["请打开命令给出的网址（只能用一次）；若已用过，请重新启动核对台。", "Open the address that the command printed (it works once); if it was used, start the desk again."] };
function word(key) {
  const both = state.words[key] || CLOSED[key] || [key, key];
  return both[state.language === "zh" ? 0 : 1];
}

/** What the program says in English, in the language of the page. */
const spoken = (en, zh) => (state.language === "zh" && zh) || en;

function speak(language) {
  state.language = language;
  localStorage.setItem("desk-language", language);
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  $("language").textContent = language === "zh" ? "English" : "中文";
  for (const each of document.querySelectorAll("[data-word]")) each.textContent = word(each.dataset.word);
  const kinds = ["all", "region", "article", "document", "run", "query", "sample"];
  const chosen = $("kind").value;
  $("kind").replaceChildren(...kinds.map((kind) => new Option(word(`scope_${kind}`), kind)));
  $("kind").value = chosen || "all";
  $("scope-value").placeholder = word("scope_value");
  document.title = word("title");
  if (state.shown) showAnew();
  showQueue();
}

/** Draws the figure again in another language, with what was edited and not saved. */
function showAnew() {
  const kept = $("fields").children.length ? edited().map((name) => [name, field(name).value]) : [], why = $("why").value;
  show(state.shown);
  for (const [name, value] of kept) put(name, value);
  $("why").value = why;
}

function tell(text, wrong = false) {
  $("message").textContent = text;
  $("message").classList.toggle("wrong", wrong);
}

const inWords = (value) => (value === "none" || value === "" ? word("none") : state.words[value] ? word(value) : value);

/** What second readers read, each with the key that takes its reading. */
function drawSecond(shown) {
  const takes = shown.second.filter(canBeTaken);
  $("second").replaceChildren(...shown.second.map((each) => {
    const item = make("li", {}, make("b", {}, each.verdict === "first" ? word("second_first") : `${word("second")} ${each.who}`), " ");
    if (each.verdict === "no figure") item.append(word("second_none"));
    else if (!canBeTaken(each)) item.append(word(`second_${each.verdict.replaceAll(" ", "_")}`));
    for (const [name, value] of Object.entries(each.fields)) {
      if (!name.startsWith("period_") && value !== shown.machine[name]) {
        item.append(make("span", { className: "reading" }, `${word(name)} `, make("del", {}, inWords(shown.machine[name])), " ", make("ins", {}, inWords(value))));
      }
    }
    if (canBeTaken(each)) {
      const button = make("button", { type: "button" }, word("second_take"), ...(takes[0] === each ? [" ", make("kbd", {}, "S")] : []));
      button.addEventListener("click", () => act(() => takeSecond(each)));
      item.append(" ", button);
    }
    if (each.dropped.length) item.append(make("small", {}, ` ${word("second_dropped")}: ${each.dropped.map(word).join(", ")}`));
    return item;
  }));
}

const canBeTaken = (each) => each.verdict === "no figure" || Object.keys(each.fields).length > 0;

/** Answers as a second reader reads the figure; a person answers for it then. */
async function takeSecond(chosen) {
  const each = chosen || state.shown.second.find(canBeTaken);
  if (!each) { tell(word("second_nothing")); return; }
  const why = each.verdict === "first" ? word("second_first") : `${word("second")} ${each.who}`;
  if (each.verdict === "no figure") { await answer("rejected", why); return; }
  for (const [name, value] of Object.entries(each.fields)) { field(name).value = value; note(name); }
  await answer("corrected", why);
}

/** `subject: reader 97%, rules 槐荫区`: who chose, and what the other one read. */
function reasonInWords(reason) {
  const [name, ...rest] = reason.split(": ");
  const said = rest.join(": ").replace(/\b(reader|rules|rather|none)\b/g, (each) => word(each));
  return `${word(name)}: ${said}`;
}

// ---- drawing

function make(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in made) made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

function points(text) { return Array.from(text); } // offsets count code points

function drawParagraph(paragraph) {
  const letters = points(paragraph.text);
  const spans = paragraph.figures.map((each) => ({ ...each, figure: true }));
  for (const name of paragraph.names) {
    if (!spans.some((span) => name.start < span.end && span.start < name.end)) spans.push(name);
  }
  spans.sort((a, b) => a.start - b.start);
  const drawn = make("p", { className: paragraph.role });
  drawn.dataset.id = paragraph.id;
  let at = 0;
  for (const span of spans) {
    if (span.start < at) continue;
    drawn.append(letters.slice(at, span.start).join(""));
    const text = letters.slice(span.start, span.end).join("");
    if (span.figure) {
      const mark = make("mark", { className: span.status, title: word(`status_${span.status}`) }, text);
      if (span.id === state.shown.id) mark.setAttribute("aria-current", "true");
      mark.addEventListener("click", () => act(async () => stays() || open(span.id)));
      drawn.append(mark);
    } else drawn.append(make("i", { title: span.type }, text));
    at = span.end;
  }
  drawn.append(letters.slice(at).join(""));
  return drawn;
}

function show(shown) {
  state.shown = shown;
  state.marking = null;
  state.undated = state.warned = false;
  $("marking").hidden = true;
  $("cite").textContent = shown.article.cite;
  $("article").replaceChildren(...shown.article.paragraphs.map(drawParagraph));
  $("raw").replaceChildren(...shown.raw.map((line) =>
    make("li", { className: line.asked ? "asked" : "" }, make("span", { className: "no" }, String(line.line)), line.text)));
  $("picture-box").hidden = !shown.pictured;
  $("picture-box").open = false;
  $("picture").removeAttribute("src");
  const status = shown.answer ? shown.answer.verdict : "machine";
  const badge = make("span", { className: `badge ${status}` }, word(`status_${status}`) +
    (shown.answer ? ` · ${shown.answer.who} · ${shown.answer.when.slice(0, 16).replace("T", " ")}` : ""));
  const sure = shown.confidence === null ? "" : ` ${word("sure")} ${Math.round(shown.confidence * 100)} %`;
  $("figure").replaceChildren(make("b", {}, shown.text), badge, make("span", { className: "soft" }, sure),
    ...(shown.answer ? [make("span", { className: "soft why" }, ` “${shown.answer.why}”`)] : []));
  $("why").value = "";
  $("doubts").setAttribute("aria-label", word("doubts"));
  $("doubts").replaceChildren(...shown.doubts.map((doubt) => make("li", {}, spoken(doubt.en, doubt.zh))));
  $("reasons").replaceChildren(...shown.reasons.map((reason) => make("li", {}, reasonInWords(reason))));
  drawSecond(shown);
  $("reasons-box").hidden = !shown.reasons.length;
  drawFields(shown);
  bringIntoView();
  showQueue();
}

/** Draws the printed page where it is asked for, once a figure. */
async function showPicture() {
  if (!$("picture-box").open || $("picture").src) return;
  const { id } = state.shown;
  try {
    const drawn = await ask(`/api/picture?${query({ id })}`);
    if (state.shown.id === id) $("picture").src = drawn.image;
  } catch (error) { tell(error.message, true); }
}

/** Scrolls the article and the raw lines to the figure. */
function bringIntoView() {
  const current = document.querySelector("#article [aria-current]"), article = $("article");
  if (current) article.scrollTop += current.getBoundingClientRect().top - article.getBoundingClientRect().top - article.clientHeight / 4;
  const asked = document.querySelector("#raw .asked"), raw = $("raw");
  if (asked) raw.scrollTop += asked.getBoundingClientRect().top - raw.getBoundingClientRect().top - 4;
}

function drawFields(shown) {
  const rows = [];
  FIELDS.forEach((name, number) => {
    const label = make("label", { htmlFor: `f-${name}` });
    if (number < 9) label.append(make("span", { className: "number" }, String(number + 1)));
    label.append(word(name));
    if (shown.sure[name] != null) label.append(make("span", { className: "sure" }, `${Math.round(shown.sure[name] * 100)} %`));
    const input = CHOICES[name] ? make("select", { id: `f-${name}` }, ...CHOICES[name].map((v) => new Option(v ? word(v) : word("none"), v)))
      : make("input", { id: `f-${name}`, type: name.startsWith("period_") ? "date" : "text" });
    input.value = shown.fields[name];
    input.name = name;
    if (shown.doubts.some((doubt) => doubt.en.startsWith(`${name}:`))) input.classList.add("doubted");
    input.addEventListener("input", () => changed(name));
    input.addEventListener("focus", () => offer(name));
    const of = make("div", { className: "of" }, input);
    of.append(make("span", { className: "was", id: `w-${name}` }));
    rows.push(label, of);
  });
  $("fields").replaceChildren(...rows);
  FIELDS.forEach((name) => note(name));
  offerSaving();
}

const field = (name) => $(`f-${name}`);

function note(name) {
  const input = field(name), machine = state.shown.machine[name];
  const differs = input.value !== machine;
  input.classList.toggle("changed", differs);
  let said = differs && state.shown.read ? `${word("machine_read")}: ${state.words[machine] ? word(machine) : machine || word("none")}` : "";
  if (name === "region_adcode" && !differs) {
    said = field("subject")?.value !== state.shown.machine.subject ? word("region_follows") : state.shown.region || "";
  }
  $(`w-${name}`).textContent = said;
}

function changed(name) {
  note(name);
  if (name === "subject") note("region_adcode");
  if (name === "period") { state.undated = true; later(datesAsPrinted); }
  if (name === "region_adcode") later(() => offer(name));
  offerSaving();
}

function offerSaving(anyway = false) {
  const save = anyway || edited().length > 0;
  $("save").hidden = !save;
  $("accept").hidden = save;
}

let waiting = 0;
function later(act) { clearTimeout(waiting); waiting = setTimeout(() => act().catch((error) => tell(error.message, true)), 250); }

const edited = () => FIELDS.filter((name) => field(name).value !== state.shown.fields[name]);

function put(name, value) { field(name).value = value; changed(name); }

async function datesAsPrinted() {
  if (!state.undated) return;
  const id = state.shown.id, printed = field("period").value;
  const found = await ask(`/api/period?${query({ id, printed })}`);
  if (state.shown.id !== id || field("period").value !== printed) return;
  state.undated = false;
  for (const name of ["period_start", "period_end"]) { field(name).value = found[name]; note(name); }
}

async function offer(name) {
  $("offers")?.remove();
  let offers = [];
  if (name === "region_adcode") {
    const words = field(name).value || field("subject").value;
    if (words) {
      const { regions } = await ask(`/api/regions?${query({ words })}`);
      offers = regions.map((region) => [`${region.full_name} ${region.adcode}`, () => put(name, region.adcode)]);
    }
  } else if (name === "period") {
    offers = state.shown.candidates.period.map((p) => [p.period, () => {
      state.undated = false;
      for (const each of ["period", "period_start", "period_end"]) { field(each).value = p[each]; note(each); }
      offerSaving();
    }]);
  } else offers = (state.shown.candidates[name] || []).map((text) => [text, () => put(name, text)]);
  if (!offers.length || document.activeElement !== field(name)) return;
  $("offers")?.remove();
  const list = make("ul", { id: "offers" }, ...offers.map(([text, act]) => {
    const button = make("button", { type: "button" }, text);
    button.addEventListener("click", () => { act(); field(name).focus(); });
    return make("li", {}, button);
  }));
  field(name).closest(".of").after(list);
}

function showQueue() {
  const checked = state.queue.filter((each) => each.status !== "machine").length;
  $("progress").textContent = state.queue.length ? `${word("progress")} ${checked} ${word("of")} ${state.queue.length}` : word("queue_empty");
  $("queue").replaceChildren(...state.queue.slice(0, 300).map((each, number) => {
    const text = `${each.text} ${each.indicator || ""} ${each.subject || ""} · ${word(`status_${each.status}`)}`;
    const button = make("button", { type: "button" }, text);
    button.addEventListener("click", () => act(async () => stays() || goTo(number)));
    const item = make("li", {}, button);
    if (number === state.at) item.setAttribute("aria-current", "true");
    return item;
  }));
}

// ---- going through the queue

async function fill() {
  const { figures } = await ask(`/api/queue?${query({ kind: $("kind").value, value: $("scope-value").value.trim() })}`);
  state.queue = figures;
  state.at = -1;
  tell("");
  if (!figures.length) {
    state.shown = null;
    for (const id of ["article", "fields", "figure", "raw", "cite", "doubts", "reasons"]) $(id).replaceChildren();
    showQueue();
    tell(word("queue_empty"), true);
    return;
  }
  const first = figures.findIndex((each) => each.status === "machine");
  await goTo(Math.max(first, 0));
}

async function goTo(number) {
  if (!state.queue.length) return;
  state.at = (number + state.queue.length) % state.queue.length;
  await open(state.queue[state.at].metric_id);
}

async function open(id) {
  const shown = await ask(`/api/figure?${query({ id })}`);
  const at = state.queue.findIndex((each) => each.metric_id === id);
  if (at >= 0) state.at = at;
  show(shown);
}

/** Says once that something edited is not saved; whoever goes on then leaves it. */
function stays() {
  if (!state.shown || state.warned || !edited().length) return false;
  state.warned = true;
  tell(word("unsaved"), true);
  return true;
}

async function next() {
  const from = state.at + 1;
  const ahead = [...state.queue.slice(from), ...state.queue.slice(0, from)];
  const found = ahead.find((each) => each.status === "machine");
  if (found) await goTo(state.queue.indexOf(found));
  else await goTo(from);
}

function noted(shown) {
  const row = state.queue.find((each) => each.metric_id === shown.id);
  if (row) row.status = shown.answer ? shown.answer.verdict : "machine";
  else if (shown.answer) state.queue.splice(state.at + 1, 0, {
    metric_id: shown.id, text: shown.text, indicator: shown.fields.indicator, subject: shown.fields.subject, status: shown.answer.verdict });
}

// ---- answering

async function answer(verdict, why = "") {
  const who = $("who").value.trim();
  if (!who) { tell(word("who_first"), true); $("who").focus(); return; }
  localStorage.setItem("desk-who", who);
  await datesAsPrinted(); // of a time that was typed just now
  const { id, seen, read, answer: stood } = state.shown;
  const fields = {};
  if (verdict === "corrected" || !read || stood?.verdict === "corrected") {
    for (const name of FIELDS) if (field(name).value !== state.shown.machine[name]) fields[name] = field(name).value;
    // Who names another owner leaves its region to the load, unless they name that too.
    if ("subject" in fields && field("region_adcode").value === state.shown.machine.region_adcode) delete fields.region_adcode;
  }
  try {
    const reason = why || $("why").value.trim();
    const shown = await ask("/api/answer", { id, verdict, fields: verdict === "rejected" ? {} : fields, who, why: reason, seen });
    noted(shown);
    state.unloaded += 1;
    showUnloaded();
    tell(`${word("saved")}: ${shown.text} · ${word(`status_${shown.answer.verdict}`)}`);
    if (read) await next();
    else show(shown);
  } catch (error) {
    if (error.meanwhile) await open(id);
    throw error;
  }
}

async function undo() {
  const { id } = await ask("/api/undo", { who: $("who").value.trim() });
  await open(id);
  noted(state.shown);
  if (!state.shown.read && !state.shown.answer) state.queue = state.queue.filter((each) => each.metric_id !== id);
  showQueue();
  state.unloaded += 1;
  showUnloaded();
  tell(`${word("undone")}: ${state.shown.text}`);
}

/** Has the answers loaded, and says how far that is and what came of it; meanwhile one may go on checking. */
async function load() {
  if (state.loading) return;
  state.loading = Date.now();
  const counted = state.unloaded, watching = setInterval(watchLoading, 700);
  $("load").setAttribute("aria-disabled", "true");
  watchLoading();
  try {
    const { counts, refused, notes } = await ask("/api/load", {});
    state.unloaded -= counted;
    const held = Object.entries(counts).map(([status, count]) => `${word(`status_${status}`)} ${count}`).join(" · ");
    const lines = refused.map((each) => `${each.id || ""} ${each.column} ${each.value || ""}: ${spoken(each.reason, each.reason_zh)}`);
    tell([word("loaded").replace("{1}", held || "0"), ...(lines.length ? [word("loaded_but"), ...lines] : [word("loaded_none")]), ...notes.map((note) => spoken(note.en, note.zh))].join("\n"), lines.length > 0);
    if (state.shown && !state.marking && !edited().length && !state.busy) await act(() => open(state.shown.id));
  } catch (error) { tell(error.message, true); }
  clearInterval(watching);
  state.loading = 0;
  $("load").removeAttribute("aria-disabled");
  showUnloaded();
}

async function watchLoading() {
  const { stage } = await ask("/api/loading").catch(() => ({}));
  if (!state.loading) return;
  const seconds = word("seconds").replace("{1}", String(Math.round((Date.now() - state.loading) / 1000)));
  $("unloaded").textContent = `· ${word(`load_${stage || "waiting"}`)} ${seconds}`;
}

function showUnloaded() { if (!state.loading) $("unloaded").textContent = state.unloaded ? `(${state.unloaded})` : ""; }

// ---- marking a missed figure

function unreadNumbers() {
  const found = [];
  for (const paragraph of state.shown.article.paragraphs.filter((each) => each.may_add)) {
    for (const hit of paragraph.text.matchAll(NUMBER)) {
      const start = points(paragraph.text.slice(0, hit.index)).length, end = start + points(hit[0]).length;
      if (!paragraph.figures.some((each) => start < each.end && each.start < end)) found.push({ paragraph, start, end });
    }
  }
  return found;
}

function startMarking() {
  const picked = selected() || state.picked;
  state.picked = null;
  if (picked) { take(picked); return; }
  const numbers = unreadNumbers();
  if (!numbers.length) { tell(word("marking_none")); return; }
  const here = state.shown.article.paragraphs.findIndex((each) => each.figures.some((f) => f.id === state.shown.id));
  const first = numbers.findIndex((each) => state.shown.article.paragraphs.indexOf(each.paragraph) >= here);
  state.marking = { numbers, at: Math.max(first, 0), ...numbers[Math.max(first, 0)] };
  drawMarking();
  $("article").focus();
}

function drawMarking() {
  const { paragraph, start, end } = state.marking;
  for (const each of document.querySelectorAll("#article p")) {
    const own = state.shown.article.paragraphs.find((p) => p.id === each.dataset.id);
    const figures = own === paragraph ? [...own.figures.filter((f) => f.end <= start || f.start >= end), { id: "", start, end, status: "chosen" }] : own.figures;
    each.replaceWith(drawParagraph({ ...own, figures }));
  }
  $("marking").hidden = false;
  $("marked").textContent = points(paragraph.text).slice(start, end).join("");
  document.querySelector("#article .chosen").scrollIntoView({ block: "center" });
}

function moveMarking(event) {
  const m = state.marking, step = event.key === "ArrowRight" ? 1 : -1, longest = points(m.paragraph.text).length;
  if (event.shiftKey) m.end = Math.min(Math.max(m.end + step, m.start + 1), longest);
  else if (event.ctrlKey || event.altKey) m.start = Math.max(Math.min(m.start + step, m.end - 1), 0);
  else {
    m.at = (m.at + step + m.numbers.length) % m.numbers.length;
    Object.assign(m, m.numbers[m.at]);
  }
  drawMarking();
}

/** What is selected with mouse or finger within one paragraph, in code points. */
function selected() {
  const chosen = getSelection();
  if (!chosen.rangeCount || chosen.isCollapsed) return null;
  const range = chosen.getRangeAt(0), near = range.startContainer.parentElement.closest("#article p");
  if (!near || !near.contains(range.endContainer)) return null;
  const paragraph = state.shown.article.paragraphs.find((each) => each.id === near.dataset.id);
  const before = document.createRange();
  before.setStart(near, 0);
  before.setEnd(range.startContainer, range.startOffset);
  let start = points(before.toString()).length, letters = points(range.toString());
  while (letters.length && !letters[0].trim()) { letters.shift(); start += 1; }
  while (letters.length && !letters.at(-1).trim()) letters.pop();
  return paragraph?.may_add && letters.length ? { paragraph, start, end: start + letters.length } : null;
}

async function take({ paragraph, start, end }) {
  getSelection().removeAllRanges();
  await open(`${paragraph.id}:${start}-${end}`);
  offerSaving(true);
  field(state.shown.fields.value ? "indicator" : "value").focus();
}

function stopMarking() { state.marking = null; $("marking").hidden = true; show(state.shown); }

// ---- keys

/** Does one thing at a time, and says what went wrong. */
async function act(deed) {
  if (state.busy) return;
  state.busy = true;
  document.body.setAttribute("aria-busy", "true");
  if ($("message").classList.contains("wrong")) tell("");
  try { await deed(); } catch (error) { tell(error.message, true); }
  state.busy = false;
  document.body.removeAttribute("aria-busy");
}

const KEYS = {
  a: () => answer(!state.shown.read ? "added" : edited().length ? "corrected" : "accepted"), e: () => field("indicator").focus(), x: () => answer("rejected"),
  s: () => takeSecond(), w: () => $("why").focus(), l: () => { load(); }, m: startMarking, u: undo, n: () => stays() || next(), p: () => stays() || goTo(state.at - 1),
  ArrowDown: () => KEYS.n(), ArrowUp: () => KEYS.p(), "?": () => { $("help").open = !$("help").open; },
};

function onKey(event) {
  const typing = event.target.closest("input, select, textarea");
  if (event.key === "Escape") {
    if (state.marking) stopMarking();
    $("offers")?.remove();
    document.activeElement.blur();
    return;
  }
  if (state.marking && ["ArrowLeft", "ArrowRight", "Enter"].includes(event.key)) {
    event.preventDefault();
    if (event.key === "Enter") act(() => take(state.marking));
    else moveMarking(event);
    return;
  }
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !state.shown) return;
  const number = Number(event.key);
  const deed = number ? () => field(FIELDS[number - 1]).focus() : KEYS[event.key] || KEYS[event.key.toLowerCase()];
  if (!deed || (event.target.closest("button, summary") && event.key === "Enter")) return;
  event.preventDefault();
  act(async () => deed());
}

async function begin() {
  takeKey();
  const start = await ask("/api/start");
  state.words = start.words;
  speak(localStorage.getItem("desk-language") || (navigator.language.startsWith("zh") ? "zh" : "en"));
  $("kind").value = start.scope.kind;
  $("scope-value").value = start.scope.value;
  $("people").replaceChildren(...start.people.map((name) => new Option(name)));
  $("queries").replaceChildren(...start.queries.map((each) => new Option(each.zh, each.name)));
  $("who").value = localStorage.getItem("desk-who") || "";
  await fill();
}

document.addEventListener("keydown", onKey);
$("who").addEventListener("input", () => { if ($("message").classList.contains("wrong")) tell(""); });
addEventListener("resize", bringIntoView);
$("scope").addEventListener("submit", (event) => { event.preventDefault(); act(fill); });
$("fields").addEventListener("submit", (event) => { event.preventDefault(); document.activeElement.blur(); act(() => answer(state.shown.read ? "corrected" : "added")); });
$("language").addEventListener("click", () => { tell(""); speak(state.language === "zh" ? "en" : "zh"); });
$("load").addEventListener("click", load);
$("picture-box").addEventListener("toggle", showPicture);
$("accept").addEventListener("click", () => act(KEYS.a));
$("reject").addEventListener("click", () => act(KEYS.x));
$("add").addEventListener("pointerdown", () => { state.picked = selected(); }); // which a finger's tap takes away
$("add").addEventListener("mousedown", (event) => event.preventDefault());
$("add").addEventListener("click", () => act(async () => startMarking()));
$("take").addEventListener("click", () => act(() => take(state.marking)));
$("undo").addEventListener("click", () => act(undo));
$("next").addEventListener("click", () => act(KEYS.n));
$("previous").addEventListener("click", () => act(KEYS.p));
act(begin);
