// One document on the screen: the original on one side, the table on the other, and one cell picked on both.
"use strict";

(function (page) {
  const $ = (id) => document.getElementById(id);
  const { label, say } = page;
  const words = (list) => page.words[list];
  /** What can be opened and closed above the table. */
  const TOLD = ["failures", "prose", "notes"];
  const ZOOMS = [0.6, 0.8, 1, 1.25, 1.6, 2, 2.5, 3.2];

  let model = null;
  let corrections = new Map();
  let current = null;
  let lit = null;
  let zoom = ZOOMS.indexOf(1);
  let views = null;

  const both = (work) => [views.original, views.table].forEach(work);

  const point = (name) => {
    const cell = model.cells.get(name) || null;
    if (cell === lit) return;
    both((view) => view.light(lit, false));
    lit = cell;
    both((view) => view.light(lit, true));
  };

  const showTable = (table) => {
    $("tables").value = String(table.index);
    if (views.table.table !== table) views.table.show(table, corrections);
  };

  const doubtIndex = () => model.doubtful.indexOf(current);

  const showDoubts = () => {
    const count = model.doubtful.length;
    const at = doubtIndex();
    $("doubts").textContent = !count ? say("noDoubts") : at < 0 ? say("doubtCount", count) : say("doubtOf", at + 1, count);
    $("previous").disabled = $("next").disabled = !count;
  };

  const showPlace = () => {
    const seen = current ? model.placeOf(current) : model.pages.length ? say("pageCount", model.pages.length) : say("spreadsheet");
    $("place").textContent = seen;
  };

  const actions = {
    go: (cell) => select(cell, true),
    turnTo: (number) => views.original.turnTo(number),
    // A check of the narrative is about a sentence, any other about a cell.
    showCheck: (check) => {
      const cell = [...(check.suspects || []), ...check.cells].map((name) => model.cells.get(name)).find(Boolean);
      const table = model.tables.find((one) => one.id === check.table);
      if (cell) select(cell, false);
      else if (table) showTable(table);
      if (check.page && (check.scope === "prose" || !cell)) views.original.turnTo(check.page);
    },
    close: () => select(null),
    correct: (cell, said) => {
      const place = { table_id: cell.table.id, row: cell.nameRow, col: cell.nameCol, printed: cell.text };
      page.correct(model.docId, cell.name, { ...place, ...said, at: new Date().toISOString().slice(0, 19) + "Z" });
      changed(cell);
    },
    takeBack: (cell) => {
      page.takeBack(model.docId, cell.name);
      changed(cell);
    },
  };

  const readCorrections = () => {
    corrections.clear();
    for (const [name, one] of page.corrections(model.docId)) corrections.set(name, one);
  };

  const changed = (cell) => {
    readCorrections();
    both((view) => view.refresh(cell));
    page.showDetail($("detail"), model, cell, corrections, actions);
    page.showExport();
    views.table.select(cell, true);
    if (page.storeFails) page.problem(say("notStored"));
  };

  const select = (cell, focus) => {
    current = cell;
    $("document").classList.toggle("picked", Boolean(cell));
    if (cell) showTable(cell.table);
    // The details first: they take their room from the table.
    page.showDetail($("detail"), model, cell, corrections, actions);
    views.table.select(cell, focus);
    views.original.select(cell);
    showDoubts();
    showPlace();
    const place = `#/${model.docId}` + (cell ? `/${cell.name}` : "");
    if (window.location.hash !== place) window.history.replaceState(null, "", place);
  };

  /** The doubtful cell before or after the current one, in the order of the document. */
  const stepDoubt = (step) => {
    const count = model.doubtful.length;
    if (!count) return;
    let at = doubtIndex();
    if (at < 0 && current) {
      const after = model.doubtful.findIndex((cell) => cell.table.index > current.table.index ||
        (cell.table === current.table && (cell.row > current.row || (cell.row === current.row && cell.col > current.col))));
      at = (after < 0 ? count : after) - (step > 0 ? 1 : 0);
    }
    select(model.doubtful[(Math.max(at, step > 0 ? -1 : 0) + step + count) % count], true);
  };

  /** Whether a cell covers a row or a column, and how far away it is. */
  const covers = (first, length, at) => first <= at && at < first + length;

  /** The cell next to the current one in a direction, over what a merged cell covers; the first one where none is picked. */
  const beside = (down, right) => {
    const cells = views.table.table.list;
    const { row, col, rows, cols } = current;
    const near = cells.filter((cell) => (down ? covers(cell.col, cell.cols, col) || covers(col, cols, cell.col) : covers(cell.row, cell.rows, row)));
    const ahead = near.filter((cell) => (down > 0 ? cell.row >= row + rows : down < 0 ? cell.row + cell.rows <= row
      : right > 0 ? cell.col >= col + cols : cell.col + cell.cols <= col));
    const distance = (cell) => (down ? Math.abs(cell.row - row) * 1000 + Math.abs(cell.col - col) : Math.abs(cell.col - col));
    return ahead.sort((a, b) => distance(a) - distance(b))[0];
  };

  const stepCell = (down, right) => {
    const { table } = views.table;
    if (!table?.list.length) return;
    const cell = current?.table === table && !current.stray ? beside(down, right) : table.list.find((one) => one.fact) || table.list[0];
    if (cell) select(cell, true);
  };

  const edit = () => {
    const input = $("detail").querySelector('input:not([type="checkbox"])');
    input?.focus();
    input?.select();
  };

  /** Closes what is open, the innermost first: the cell's detail, then what is told above the table, then the document. */
  const close = () => {
    const open = TOLD.map($).find((details) => details.open);
    if (current) {
      const element = views.table.container.querySelector(".selected");
      select(null);
      element?.focus({ preventScroll: true });
    } else if (open) open.open = false;
    else page.leave();
  };

  const keys = {
    ArrowUp: () => stepCell(-1, 0),
    ArrowDown: () => stepCell(1, 0),
    ArrowLeft: () => stepCell(0, -1),
    ArrowRight: () => stepCell(0, 1),
    n: () => stepDoubt(1),
    p: () => stepDoubt(-1),
    Enter: edit,
    Escape: close,
  };

  const onKey = (event) => {
    if ($("document").hidden || event.ctrlKey || event.altKey || event.metaKey) return;
    const inField = event.target.closest("input, select, textarea");
    if (event.key === "Escape" && inField && current) return views.table.select(current, true);
    // A field, a button and the scrolled original keep their own keys.
    const scrolled = event.key.startsWith("Arrow") && event.target.closest("#sheets, select");
    if (inField || !keys[event.key] || scrolled) return;
    if (event.key === "Enter" && event.target.closest("button, a, summary")) return;
    event.preventDefault();
    keys[event.key]();
  };

  const showNotes = () => {
    const notes = model.notes;
    $("notes").hidden = !notes.length;
    $("notes").querySelector("summary").textContent = say("noteCount", notes.length);
    $("notes").querySelector("ul").replaceChildren(...notes.map((note) => page.el("li", {}, page.told(note))));
  };

  const showFailures = () => {
    const told = [...model.failed, ...model.rounding];
    $("failures").hidden = !told.length;
    $("failures").open = false;
    $("failures").classList.toggle("failed", model.failed.length > 0);
    $("failures").querySelector("summary").textContent =
      say("checksAre", ["failed", "rounding", "passed"].map((status) => say("times", words("verdicts")[status], model[status].length)).join(say("comma")));
    $("failures").querySelector("ol").replaceChildren(...told.map((check) => page.el("li", {}, page.checkInWords(model, check, actions))));
  };

  /** The amounts of the narrative; those that no table prints first. */
  const showProse = () => {
    const told = [...model.prose].sort((a, b) => Boolean(a.cell || a.elsewhere) - Boolean(b.cell || b.elsewhere));
    $("prose").hidden = !told.length;
    $("prose").open = false;
    $("prose").querySelector("summary").textContent = say("amounts", words("headings").prose, told.length) + (model.open.length ? say("ofThese", words("narrative").open, model.open.length) : "");
    $("prose").querySelector("ol").replaceChildren(...told.map(stated));
  };

  const stated = (one) => {
    const show = () => {
      if (model.cells.has(one.cell)) select(model.cells.get(one.cell), false);
      if (one.page) views.original.turnTo(one.page);
    };
    const compared = one.cell ? words("narrative").matched : one.elsewhere ? say("with", words("narrative").elsewhere, one.elsewhere) : words("narrative").open;
    const place = one.page ? `${say("page", one.page)} \u00a0` : "";
    return page.el("li", { class: one.cell || one.elsewhere ? "matched" : "open" },
      page.el("button", { type: "button", class: "link", onclick: show }, `${place}${one.subject} ${one.printed}`),
      page.el("span", { class: "note" }, ` \u00a0${compared}`), page.el("br"), one.sentence);
  };

  /** What of whose document it is cannot be relied on. */
  const showUnknown = (listed) => {
    const told = (listed.unknown || []).map((id) => words("unknown")[id]);
    $("unknown").hidden = !told.length;
    $("unknown").textContent = told.join(say("semicolon"));
  };

  /** The way to the next document of the list that has something to look at. */
  const showOnward = () => {
    const next = page.nextDoubtful(model.docId);
    $("onward").hidden = !next;
    $("onward").title = next?.source || "";
  };

  const showSummary = (listed) => {
    const facts = model.tables.reduce((sum, table) => sum + table.facts.length, 0);
    const who = [listed.region, listed.department, listed.year && say("yearIs", listed.year), label(listed.kind), listed.scope === page.catalogue.zh.scopes.agency ? words("scopes").agency : ""];
    const counts = [say("tableCount", model.tables.length), say("factCount", facts), `${words("headings").passed} ${model.passed.length}`, `${words("headings").failed} ${model.failed.length}`];
    $("title").textContent = model.source;
    $("summary").textContent = [who.filter(Boolean).join(" "), counts.join(say("comma"))].filter(Boolean).join(" \u00a0");
  };

  const option = (table) => {
    const doubts = model.doubtful.filter((cell) => cell.table === table).length;
    const place = table.sheet ?? (table.pages.length ? say("page", table.pages[0]) : "");
    const state = table.state === "data" ? "" : words("states")[table.state];
    const rest = [place, state, doubts ? `${words("headings").doubtful} ${doubts}` : ""].filter(Boolean).join(say("comma"));
    return page.el("option", { value: String(table.index) }, `${table.index + 1}. ${say("inBrackets", table.title || label(table.kind), rest)}`);
  };

  const setZoom = (next) => {
    zoom = Math.max(0, Math.min(ZOOMS.length - 1, next));
    $("sheets").style.setProperty("--zoom", ZOOMS[zoom]);
    if (current) views.original.select(current);
  };

  const start = () => {
    const told = { pick: (name) => select(model.cells.get(name), true), point };
    views = { original: new page.OriginalView($("sheets"), told), table: new page.TableView($("table"), told) };
    $("tables").addEventListener("change", () => {
      const table = model.tables[Number($("tables").value)];
      showTable(table);
      select(null);
      if (table.pages.length) views.original.turnTo(table.pages[0]);
    });
    $("onward").addEventListener("click", () => {
      const next = page.nextDoubtful(model.docId);
      if (next) window.location.hash = `#/${next.docId}`;
    });
    $("previous").addEventListener("click", () => stepDoubt(-1));
    $("next").addEventListener("click", () => stepDoubt(1));
    $("smaller").addEventListener("click", () => setZoom(zoom - 1));
    $("larger").addEventListener("click", () => setZoom(zoom + 1));
    $("grid").addEventListener("change", () => $("sheets").classList.toggle("plain", !$("grid").checked));
    document.addEventListener("keydown", onKey);
  };

  /** Leaves the document. */
  page.leave = () => {
    window.location.hash = "#/";
  };

  /** The document, table and cell that are shown. */
  page.shown = () => ({ model, table: views?.table.table, cell: current });

  /** Picks a cell by its name, where there is one. */
  page.pick = (name) => {
    const cell = model.cells.get(name);
    if (cell) select(cell, true);
  };

  /** Shows a page of the original. */
  page.turnTo = (number) => views.original.turnTo(number);

  const showWhole = () => {
    const listed = page.listed(model.docId) || {};
    showSummary(listed);
    showUnknown(listed);
    showOnward();
    showNotes();
    showFailures();
    showProse();
    $("tables").replaceChildren(...model.tables.map(option));
  };

  /** Shows the open document with other data, under the reader's eyes: what is picked, opened and scrolled to stays. */
  page.renewDocument = (data) => {
    const [name, table] = [current?.name, views.table.table];
    const open = TOLD.filter((id) => $(id).open);
    const scrolled = [$("sheets"), $("table"), $("detail")].map((box) => [box, box.scrollTop, box.scrollLeft]);
    const focused = document.activeElement?.id || document.activeElement?.closest?.("[data-name]")?.dataset.name;
    model = data;
    views.table.clear();
    readCorrections();
    lit = null;
    current = null;
    views.original.renew(model, corrections);
    showWhole();
    for (const id of open) $(id).open = true;
    const same = model.tables.find((one) => one.id === table?.id) || model.tables[0];
    if (same) showTable(same);
    else $("table").replaceChildren(page.el("p", { class: "note" }, say("noTables")));
    page.showExport();
    select(model.cells.get(name) || null, Boolean(focused) && focused === name);
    for (const [box, top, left] of scrolled) [box.scrollTop, box.scrollLeft] = [top, left];
  };

  /** Shows a document, and a cell of it where one is named. */
  page.showDocument = (data, pictures, name) => {
    if (!views) start();
    model = data;
    views.table.clear();
    readCorrections();
    lit = null;
    $("document").classList.toggle("worksheet", !model.pages.length);
    views.original.show(model, pictures, corrections);
    showWhole();
    // What is looked for are amounts: contents and lists of units can wait.
    const first = model.tables.find((table) => table.facts.length) || model.tables[0];
    if (first) showTable(first);
    else $("table").replaceChildren(page.el("p", { class: "note" }, say("noTables")));
    page.showExport();
    select(model.cells.get(name) || null);
    const [, number] = /^p(\d+)$/.exec(name) || [];
    if (number) views.original.turnTo(Number(number));
    else if (!current && first?.pages.length) views.original.turnTo(first.pages[0]);
  };
})(window.yusuanReview);
