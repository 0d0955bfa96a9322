// The page of all figures: facets, words, permalinks, CSV of what is seen. No library, no network.
"use strict";
(() => {
  const form = document.getElementById("facets"), list = document.getElementById("figure-rows");
  const columns = form.dataset.columns.split(" "), at = Object.fromEntries(columns.map((name, place) => [name, place]));
  const blocks = form.dataset.blocks.split(" ").filter(Boolean), coded = form.dataset.coded.split(" ").map((name) => at[name]);
  const facets = ["region", "topic", "indicator", "year", "modality", "measure", "paper", "checked"], perPage = 30;
  const words = { zh: {}, en: {} }, parts = {};
  let rows = [], found = [], page = 1;
  // A wording stands once a file, and a row says which it is.
  window.broadsheetFigures = (block, body) => {
    for (const row of body.rows) for (const place of coded) row[place] = body.words[row[place]];
    parts[block] = body.rows;
  };
  const place = (row) => (row[at.article] ? `articles/${row[at.article]}.html#m-${row[at.id].split(".").slice(1).join(".").replaceAll(":", "-")}` : "");

  const own = () => new URLSearchParams(location.hash.slice(1));
  const say = (key) => (words[document.documentElement.dataset.language] || {})[key] || key;
  for (const option of document.querySelectorAll("#figure-words > span")) {
    words.zh[option.dataset.key] = option.querySelector(".zh").textContent;
    words.en[option.dataset.key] = option.querySelector(".en").textContent;
  }

  function load(block) {
    return new Promise((done) => {
      const script = document.createElement("script");
      script.src = `figures/${block}.js`;
      script.onload = script.onerror = done;
      document.head.append(script);
    });
  }

  const wanted = () => Object.fromEntries(new FormData(form));
  const squeezed = (text) => text.toLowerCase().replace(/\s+/g, "");

  function fits(row, asked, but) {
    for (const facet of facets) if (facet !== but && asked[facet] && row[at[facet]] !== asked[facet]) return false;
    if (row[at.confidence] < Number(asked.confidence || 0)) return false;
    const text = row.squeezed ||= squeezed([row[at.indicator], row[at.subject], row[at.region], row[at.text], row[at.period], row[at.sentence], row[at.citation]].join(" "));
    return asked.words.trim().split(/\s+/).every((word) => text.includes(squeezed(word)));
  }

  function count(asked) { // each choice says how many figures it would leave
    for (const facet of facets) {
      const counts = new Map(), select = form.elements[facet];
      for (const row of rows) if (row[at[facet]] && fits(row, asked, facet)) counts.set(row[at[facet]], (counts.get(row[at[facet]]) || 0) + 1);
      const listed = [...counts].sort((a, b) => b[1] - a[1] || String(a[0]).localeCompare(b[0], "zh-CN")).slice(0, 300);
      if (asked[facet] && !counts.has(asked[facet])) listed.unshift([asked[facet], 0]);
      const options = listed.map(([value, number]) => new Option(`${say(value)} (${number})`, value, false, value === asked[facet]));
      select.replaceChildren(select.options[0], ...options);
      select.value = asked[facet] || "";
      select.closest("label").hidden = listed.length < 2 && !asked[facet];
    }
  }

  function marked(sentence, figure) {
    const bare = figure.replace(/^−/, ""), place = sentence.indexOf(bare), line = document.createElement("p");
    if (place < 0) { line.textContent = sentence; return line; }
    const mark = document.createElement("mark");
    mark.textContent = bare;
    line.append(sentence.slice(0, place), mark, sentence.slice(place + bare.length));
    return line;
  }

  function item(row) {
    const entry = document.createElement("li"), head = document.createElement("p"), link = document.createElement("a");
    const what = document.createElement("span"), more = document.createElement("span"), source = document.createElement("p");
    head.className = "what"; more.className = "small"; source.className = "small";
    link.href = place(row); link.textContent = row[at.text]; link.className = `number ${row[at.modality]}`;
    what.textContent = ` ${[row[at.subject], row[at.indicator]].filter(Boolean).join(" · ")} `;
    more.textContent = [row[at.period], row[at.days] && row[at.days] !== row[at.period] ? `(${row[at.days]})` : "", say(row[at.measure]), say(row[at.comparison]), say(row[at.modality]), `${Math.round(row[at.confidence] * 100)}%`, row[at.checked] === "machine" ? "" : say(row[at.checked]), row[at.second] ? `${say("second_reader")} ${row[at.second]}: ${say(row[at.opinion])}` : ""].filter(Boolean).join(" · ");
    head.append(link, what, more);
    source.textContent = row[at.citation];
    entry.append(head, marked(row[at.sentence], row[at.text]), source);
    return entry;
  }

  function turn() {
    const pages = Math.max(1, Math.ceil(found.length / perPage)), box = document.getElementById("figure-turn");
    const near = [...new Set([1, page - 2, page - 1, page, page + 1, page + 2, pages])].filter((n) => n >= 1 && n <= pages);
    box.replaceChildren(...(pages > 1 ? near.map((number) => {
      const one = document.createElement(number === page ? "b" : "a");
      one.textContent = number;
      if (number === page) one.setAttribute("aria-current", "page"); else { one.href = link(number); one.addEventListener("click", (event) => { event.preventDefault(); page = number; show(); form.scrollIntoView(); }); }
      return one;
    }) : []));
  }

  function link(number) {
    const asked = Object.entries(wanted()).filter(([key, value]) => value && !(key === "confidence" && Number(value) === 0));
    if (number > 1) asked.push(["page", number]);
    return `#${new URLSearchParams(asked)}`;
  }

  function show() {
    list.replaceChildren(...found.slice((page - 1) * perPage, page * perPage).map(item));
    list.start = (page - 1) * perPage + 1;
    document.getElementById("figure-count").textContent = found.length.toLocaleString("en");
    document.getElementById("permalink").href = link(page);
    try { history.replaceState(null, "", link(page)); } catch { /* opened where addresses may not change */ }
    turn();
  }

  function find(first) {
    const asked = wanted();
    found = rows.filter((row) => fits(row, asked));
    page = first || 1;
    count(asked);
    show();
  }

  function csv() {
    const quoted = (value) => { const text = String(value); return `"${(/^[=+@\t]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`; };
    const lines = [columns, ...found.map((row) => row.slice(0, columns.length))].map((row) => row.map(quoted).join(","));
    const anchor = document.createElement("a");
    anchor.href = URL.createObjectURL(new Blob(["\ufeff" + lines.join("\r\n")], { type: "text/csv" }));
    anchor.download = "figures.csv";
    anchor.click();
    URL.revokeObjectURL(anchor.href);
  }

  function take(asked) {
    for (const [key, value] of asked) {
      const field = form.elements[key];
      if (!field) continue;
      if (field.tagName === "SELECT" && ![...field.options].some((option) => option.value === value)) field.append(new Option(value, value));
      field.value = value;
    }
  }

  document.addEventListener("DOMContentLoaded", async () => {
    take(own());
    const first = Number(own().get("page") || 1), address = location.hash;
    for (let start = 0; start < blocks.length || start === 0; start += 16) { // the newest are shown while others come
      await Promise.all(blocks.slice(start, start + 16).map(load));
      rows = blocks.flatMap((block) => parts[block] || []);
      if (start === 0 && start + 16 < blocks.length) { find(first); try { history.replaceState(null, "", address || "#"); } catch { /* as above */ } take(new URLSearchParams(address.slice(1))); }
    }
    find(first);
    let waiting;
    form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(() => find(), 150); });
    form.addEventListener("reset", () => setTimeout(() => find()));
    form.addEventListener("submit", (event) => event.preventDefault());
    document.getElementById("figures-csv").addEventListener("click", csv);
    document.getElementById("language").addEventListener("click", () => setTimeout(() => find(page)));
    window.addEventListener("hashchange", () => { form.reset(); take(own()); find(Number(own().get("page") || 1)); });
    form.dataset.ready = "yes";
  });
})();
