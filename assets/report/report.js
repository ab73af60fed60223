"use strict";
// What is still too wide for a page is printed smaller.
(() => {
  const PAGE = 700;
  const tables = () => document.querySelectorAll(".wide > table");
  // Set as on paper: heads in several lines, and three quarters as wide.
  const printed = (table) => {
    const heads = table.querySelectorAll("thead th");
    heads.forEach((head) => { head.style.whiteSpace = "normal"; });
    table.style.width = "0";
    const width = 0.75 * table.offsetWidth;
    heads.forEach((head) => { head.style.whiteSpace = ""; });
    table.style.width = "";
    return width;
  };
  const fit = () => tables().forEach((table) => {
    const width = printed(table);
    table.style.zoom = width > PAGE ? String(PAGE / width) : "";
  });
  addEventListener("beforeprint", fit);
  addEventListener("afterprint", () => tables().forEach((table) => { table.style.zoom = ""; }));
})();
// Browsing the responses of a report. Everything that comes from them is set as text, never as markup.
(() => {
  const element = (id) => document.getElementById(id);
  const source = element("data");
  if (!source) return;
  const data = JSON.parse(source.textContent);
  const [list, reader, find, what, every] = ["list", "reader", "find", "what", "every"].map(element);
  element("browser").hidden = false;
  let shown = [];
  let current = -1;
  // Rows are added as they are scrolled to: a list of many thousands stays quick.
  const STEP = 200;

  const make = (tag, words, name) => {
    const made = document.createElement(tag);
    if (words !== undefined) made.textContent = words;
    if (name) made.className = name;
    return made;
  };
  const number = (value) => (value === null ? "–" : value.toFixed(2));
  const model = (response) => data.models[response.model] || "(unnamed)";

  const grow = () => {
    const from = list.children.length;
    for (const place of shown.slice(from, from + STEP)) {
      const response = data.responses[place];
      const row = make("li");
      const mark = response.passed === null ? "" : response.passed ? "✓ " : "✗ ";
      row.append(make("b", mark + number(response.score)), model(response));
      row.append(make("span", data.prompts[response.prompt].text.slice(0, 160)));
      row.dataset.place = place;
      list.append(row);
    }
  };

  const marked = (response) => {
    const box = make("div", undefined, "text");
    if (response.text === null) {
      box.append(make("i", "There is no text."));
      return box;
    }
    // Cut at every end of a mark; a piece belongs to the innermost mark that covers it.
    const cuts = new Set([0, response.text.length]);
    for (const [start, end] of response.marks) cuts.add(start).add(end);
    const ends = [...cuts].sort((a, b) => a - b);
    const open = [];
    let next = 0;
    for (let at = 0; at + 1 < ends.length; at++) {
      const [start, end] = [ends[at], ends[at + 1]];
      while (next < response.marks.length && response.marks[next][0] <= start) open.push(response.marks[next++]);
      for (let place = open.length - 1; place >= 0; place--) if (open[place][1] <= start) open.splice(place, 1);
      const words = response.text.slice(start, end);
      if (open.length === 0) {
        box.append(words);
        continue;
      }
      const [, , criterion, against] = open[open.length - 1];
      const mark = make("mark", words, `m${criterion % 12}${against ? " against" : ""}`);
      mark.title = open.map((covering) => data.criteria[covering[2]].name).join(", ");
      box.append(mark);
    }
    return box;
  };

  const read = (place) => {
    current = place;
    for (const row of list.children) {
      if (Number(row.dataset.place) === place) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    }
    const response = data.responses[place];
    reader.replaceChildren();
    if (!response) return;
    const prompt = data.prompts[response.prompt];
    reader.append(make("h3", `${model(response)} · ${number(response.score)}`));
    const values = make("dl");
    response.cells.forEach(([value, state], criterion) => {
      const pair = make("div");
      pair.append(make("dt", data.criteria[criterion].name, `m${criterion % 12}`));
      pair.append(make("dd", value === null ? state : state === "people" ? `${number(value)} (people)` : number(value)));
      values.append(pair);
    });
    reader.append(make("p", prompt.text, "asked"), values);
    data.criteria.forEach((criterion, index) => {
      const missing = response.missing.filter(([of]) => of === index).map(([, what]) => what);
      if (missing.length) reader.append(make("p", `${criterion.name} missing: ${missing.join(", ")}`, "note"));
    });
    for (const [name, why] of response.flags) {
      const flag = make("p", undefined, "flag");
      flag.append(make("b", name), ` ${why}`);
      reader.append(flag);
    }
    reader.append(marked(response), make("p", `${response.id} · prompt ${prompt.id}`, "note"));
    reader.scrollTop = 0;
  };

  const show = (places, words, all) => {
    shown = places;
    list.replaceChildren();
    list.scrollTop = 0;
    grow();
    const count = places.length.toLocaleString("en");
    what.textContent = `${count} ${places.length === 1 ? "response" : "responses"}${words ? `: ${words}` : ""}`;
    every.hidden = all;
    read(places.length ? places[0] : -1);
  };
  const showAll = () => show(data.responses.map((_, place) => place), "", true);

  const follow = () => {
    const wanted = /^#show-(\d+)$/.exec(location.hash);
    if (!wanted || !data.lists[wanted[1]]) return;
    const [filter, places] = data.lists[wanted[1]];
    find.value = "";
    show(places, filter, false);
    element("responses").scrollIntoView();
  };

  list.addEventListener("scroll", () => {
    if (list.scrollTop + list.clientHeight > list.scrollHeight - 400) grow();
  });
  list.addEventListener("click", (event) => {
    const row = event.target.closest("li");
    if (row) read(Number(row.dataset.place));
  });
  list.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const at = shown.indexOf(current) + by;
    if (at < 0 || at >= shown.length) return;
    while (list.children.length <= at) grow();
    read(shown[at]);
    list.children[at].scrollIntoView({ block: "nearest" });
  });
  find.addEventListener("input", () => {
    const words = find.value.trim().toLowerCase();
    if (!words) return showAll();
    const has = (text) => text !== null && text.toLowerCase().includes(words);
    const fits = (response) =>
      has(model(response)) || has(response.text) || has(response.id) || has(data.prompts[response.prompt].text);
    const places = data.responses.flatMap((response, place) => (fits(response) ? [place] : []));
    show(places, find.value.trim(), false);
  });
  every.addEventListener("click", () => {
    find.value = "";
    history.replaceState(null, "", location.pathname + location.search);
    showAll();
  });
  window.addEventListener("hashchange", follow);
  // The same number clicked twice shows its responses again.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.to");
    if (link && link.getAttribute("href") === location.hash) follow();
  });
  showAll();
  follow();
})();
