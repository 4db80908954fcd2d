// A table that was found wrongly is drawn on the original: its outline, the lines between its columns, the pages that it runs on
// over; or it is said that it is none.
"use strict";

(function (page) {
  const $ = (id) => document.getElementById(id);
  const { say } = page;
  /** Smallest side (points) of an outline. */
  const SMALLEST = 12;
  /** A line is met within this (pixels on the screen). */
  const NEAR = 7;

  /** What is being drawn: page, box, lines; null while nothing is. */
  let sketch = null;
  let layer = null;
  let drag = null;
  let upright = true;

  const round = (value) => Math.round(value * 100) / 100;
  const paperOf = (number) => document.querySelector(`#sheets figure[data-page="${number}"] .paper`);
  const sizeOf = (number) => page.shown().model.pages[number - 1];

  /** The page that is seen most. */
  const pageInSight = () => {
    const frame = $("sheets").getBoundingClientRect();
    const seen = (figure) => {
      const box = figure.getBoundingClientRect();
      return Math.min(box.bottom, frame.bottom) - Math.max(box.top, frame.top);
    };
    const figures = [...document.querySelectorAll("#sheets figure")];
    return Number(figures.sort((a, b) => seen(b) - seen(a))[0]?.dataset.page || 1);
  };

  const numbers = (text) => text.split(/[^\d.]+/).filter(Boolean).map(Number).filter(Number.isFinite);

  /** Pages as people write them: 4-6, 8. */
  const pagesIn = (text) => text.split(/[,;\s\u3001\uff0c\uff1b]+/).flatMap((part) => {
    const [first, last = first] = part.split(/[-–—~]/).map(Number);
    return first > 0 && last >= first ? Array.from({ length: Math.min(last - first + 1, 500) }, (_, at) => first + at) : [];
  });

  const field = (id, properties) => page.el("label", { class: "field" }, say(id === "page" ? "pageNumber" : id), page.el("input", { id: `draw-${id}`, autocomplete: "off", ...properties, oninput: read }));

  const kinds = () => {
    const paged = page.shown().model.pages.length > 0;
    return paged ? ["table", "not_a_table", "header"] : ["cells", "no_table", "header_of"];
  };

  const panel = () => {
    const kind = page.el("select", { id: "draw-kind", onchange: fit }, ...kinds().map((name) => page.el("option", { value: name }, say(`kind_${name}`))));
    const lines = page.el("select", { id: "draw-lines", onchange: () => { upright = $("draw-lines").value === "columns"; } },
      ...["columns", "rows"].map((name) => page.el("option", { value: name }, say(`lines_${name}`))));
    return page.el("form", { id: "drawing", "aria-label": say("draw"), onsubmit: save },
      page.el("p", { class: "hint", id: "draw-how" }),
      page.el("label", { class: "field" }, say("kind"), kind),
      field("page", { inputmode: "numeric", size: 4 }), field("box", { size: 24 }),
      page.el("label", { class: "field" }, say("lines"), lines),
      field("columns", { size: 24 }), field("rows", { size: 16 }), field("header_rows", { inputmode: "numeric", size: 4 }), field("runs_on", { size: 8, placeholder: "4-6, 8" }),
      page.el("label", { class: "tick field-tick" }, page.el("input", { type: "checkbox", id: "draw-continues", onchange: read }), ` ${say("continues")}`),
      field("table", { inputmode: "numeric", size: 4 }), field("cells", { size: 16 }),
      page.el("span", { class: "buttons" },
        page.el("button", { type: "button", id: "draw-found", onclick: takeFound }, say("found")),
        page.el("button", { type: "submit", id: "draw-save" }, say("save")),
        page.el("button", { type: "button", id: "draw-cancel", onclick: stop }, say("cancel"))),
      page.el("p", { class: "problem", role: "alert", id: "draw-problem", hidden: true }),
      page.el("ul", { id: "draw-kept", "aria-label": say("kept") }));
  };

  /** Which fields a kind has. */
  const FIELDS = {
    table: ["page", "box", "lines", "columns", "rows", "header_rows", "runs_on", "continues", "found"],
    not_a_table: ["page", "box", "found"],
    header: ["page", "box", "header_rows", "found"],
    cells: ["table", "cells", "header_rows"],
    no_table: ["table"],
    header_of: ["table", "header_rows"],
  };

  function fit() {
    const shown = FIELDS[$("draw-kind").value];
    for (const name of ["page", "box", "lines", "columns", "rows", "header_rows", "runs_on", "continues", "table", "cells", "found"]) {
      const element = $(`draw-${name}`);
      (name === "found" ? element : element.closest("label")).hidden = !shown.includes(name);
    }
    $("draw-how").textContent = say(`how_${$("draw-kind").value}`);
    read();
  }

  /** The fields into the drawing. */
  function read() {
    const number = Math.min(Math.max(1, Math.trunc(numbers($("draw-page").value)[0] || 1)), page.shown().model.pages.length || 1);
    const box = numbers($("draw-box").value);
    const known = box.length === 4 ? [Math.min(box[0], box[2]), Math.min(box[1], box[3]), Math.max(box[0], box[2]), Math.max(box[1], box[3])] : null;
    sketch = { page: number, box: known, columns: numbers($("draw-columns").value), rows: numbers($("draw-rows").value) };
    paint();
  }

  /** The drawing into the fields. */
  const write = () => {
    const list = (all) => all.map(round).join(", ");
    $("draw-page").value = String(sketch.page);
    $("draw-box").value = sketch.box ? list(sketch.box) : "";
    $("draw-columns").value = list(sketch.columns);
    $("draw-rows").value = list(sketch.rows);
    paint();
  };

  const at = (event) => {
    const box = layer.getBoundingClientRect();
    const [width, height] = sizeOf(sketch.page);
    const within = (value, most) => Math.min(Math.max(0, value), most);
    return [within((event.clientX - box.left) / box.width * width, width), within((event.clientY - box.top) / box.height * height, height)];
  };

  /** How many points NEAR is on the screen. */
  const near = () => NEAR * sizeOf(sketch.page)[0] / layer.getBoundingClientRect().width;

  const EDGES = ["left", "top", "right", "bottom"];

  /** What is met at a place: an edge of the outline, a line, or nothing. */
  const met = ([x, y]) => {
    if (!sketch.box) return null;
    const slack = near();
    const [x0, y0, x1, y1] = sketch.box;
    if (x < x0 - slack || x > x1 + slack || y < y0 - slack || y > y1 + slack) return null;
    const line = (list, value) => list.findIndex((one) => Math.abs(one - value) <= slack);
    for (const [name, value] of [["columns", x], ["rows", y]]) {
      const index = line(sketch[name], value);
      if (index >= 0) return { list: name, index };
    }
    const edge = [x0 - x, y0 - y, x1 - x, y1 - y].findIndex((off) => Math.abs(off) <= slack);
    return edge >= 0 ? { edge } : { inside: true };
  };

  const move = (target, [x, y]) => {
    if (target.edge !== undefined) sketch.box[target.edge] = target.edge % 2 ? y : x;
    else if (target.list) sketch[target.list][target.index] = target.list === "columns" ? x : y;
  };

  const down = (event) => {
    if (event.button > 0) return;
    event.preventDefault();
    const place = at(event);
    const target = met(place);
    layer.setPointerCapture(event.pointerId);
    if (!target) Object.assign(sketch, { box: null, columns: [], rows: [] });
    drag = { from: place, target, moved: false };
  };

  const moved = (event) => {
    if (!drag) return;
    const place = at(event);
    drag.moved = drag.moved || Math.hypot(place[0] - drag.from[0], place[1] - drag.from[1]) > near();
    if (!drag.moved) return;
    if (!drag.target) sketch.box = [Math.min(place[0], drag.from[0]), Math.min(place[1], drag.from[1]), Math.max(place[0], drag.from[0]), Math.max(place[1], drag.from[1])];
    else move(drag.target, place);
    write();
  };

  const up = (event) => {
    if (!drag) return;
    const { target, moved: dragged, from } = drag;
    drag = null;
    if (!dragged && target?.inside && $("draw-kind").value === "table") sketch[upright ? "columns" : "rows"].push(from[upright ? 0 : 1]);
    if (dragged && target?.list) dropOutside(target, at(event));
    tidy();
  };

  /** A line that is dragged out of the outline is gone. */
  const dropOutside = (target, [x, y]) => {
    const [x0, y0, x1, y1] = sketch.box;
    if (x <= x0 || x >= x1 || y <= y0 || y >= y1) sketch[target.list].splice(target.index, 1);
  };

  const tidy = () => {
    if (sketch.box) {
      const [x0, y0, x1, y1] = sketch.box;
      sketch.box = [Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1)];
      if (sketch.box[2] - sketch.box[0] < SMALLEST || sketch.box[3] - sketch.box[1] < SMALLEST) sketch.box = null;
    }
    if (sketch.box) {
      sketch.columns = sketch.columns.filter((x) => x > sketch.box[0] && x < sketch.box[2]).sort((a, b) => a - b);
      sketch.rows = sketch.rows.filter((y) => y > sketch.box[1] && y < sketch.box[3]).sort((a, b) => a - b);
    }
    write();
  };

  /** With the keyboard a line is moved by a point, with Shift by ten, and removed with Delete. */
  const onLine = (event, list, index) => {
    const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    if (!step && event.key !== "Delete" && event.key !== "Backspace") return;
    event.preventDefault();
    event.stopPropagation();
    if (step) sketch[list][index] += step * (event.shiftKey ? 10 : 1);
    else sketch[list].splice(index, 1);
    tidy();
    layer.querySelectorAll(`.${list}`)[Math.min(index, sketch[list].length - 1)]?.focus();
  };

  const line = (list, value, index) => {
    const [x0, y0, x1, y1] = sketch.box;
    const ends = list === "columns" ? { x1: value, x2: value, y1: y0, y2: y1 } : { x1: x0, x2: x1, y1: value, y2: value };
    return page.svg("line", { ...ends, class: `drawn ${list}`, tabindex: "0", role: "slider", "aria-orientation": list === "columns" ? "horizontal" : "vertical",
      "aria-label": say(`line_${list}`, index + 1), "aria-valuenow": round(value), "aria-valuemin": round(list === "columns" ? x0 : y0), "aria-valuemax": round(list === "columns" ? x1 : y1),
      onkeydown: (event) => onLine(event, list, index) });
  };

  /** The layer on the page that is drawn on. */
  const lay = () => {
    const paper = paperOf(sketch.page);
    if (!paper) return false;
    if (layer?.parentNode === paper) return true;
    layer?.remove();
    const [width, height] = sizeOf(sketch.page);
    layer = page.svg("svg", { class: "drawing", viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", role: "group", "aria-label": say("drawOn", sketch.page),
      onpointerdown: down, onpointermove: moved, onpointerup: up, onpointercancel: up });
    paper.append(layer);
    return true;
  };

  function paint() {
    if (!page.shown().model.pages.length || !lay()) return;
    layer.replaceChildren();
    if (!sketch.box) return;
    const [x0, y0, x1, y1] = sketch.box;
    layer.append(page.svg("rect", { class: "drawn outline", x: x0, y: y0, width: x1 - x0, height: y1 - y0 }));
    if ($("draw-kind").value !== "table") return;
    layer.append(...sketch.columns.map((value, index) => line("columns", value, index)), ...sketch.rows.map((value, index) => line("rows", value, index)));
  }

  /** Begins with the table as it was found. */
  function takeFound() {
    const { table, model } = page.shown();
    const cells = table?.list.filter((cell) => cell.box && cell.page === table.pages[0]) || [];
    if (!cells.length) return problem(say("noneFound"));
    const xs = page.boundaries(table.cols, cells, "col", "cols", 0, 2);
    const ys = page.boundaries(table.rows, cells, "row", "rows", 1, 3).filter((y, index, all) => index === 0 || y > all[index - 1]);
    const [width, height] = model.pages[table.pages[0] - 1];
    sketch = { page: table.pages[0], box: [Math.max(0, xs[0]), Math.max(0, ys[0]), Math.min(width, xs.at(-1)), Math.min(height, ys.at(-1))], columns: xs.slice(1, -1), rows: [] };
    $("draw-runs_on").value = table.pages.slice(1).join(", ");
    tidy();
    page.turnTo(sketch.page);
    return problem("");
  }

  const problem = (text) => {
    $("draw-problem").textContent = text;
    $("draw-problem").hidden = !text;
  };

  /** The hint that the fields say; a sentence where they say none. */
  const hint = () => {
    const kind = $("draw-kind").value;
    const whole = (name) => Math.trunc(numbers($(`draw-${name}`).value)[0] ?? NaN);
    const header = Number.isNaN(whole("header_rows")) ? {} : { header_rows: whole("header_rows") };
    if ((kind === "header" || kind === "header_of") && header.header_rows === undefined) return say("needsHeader");
    const table = whole("table");
    if (kind === "no_table" || kind === "header_of" || kind === "cells") {
      if (!(table > 0)) return say("needsTable");
      if (kind !== "cells") return kind === "no_table" ? { kind, table } : { kind, table, ...header };
      const cells = numbers($("draw-cells").value);
      return cells.length === 4 ? { kind, table, cells, ...header } : say("needsCells");
    }
    if (!sketch.box) return say("needsBox");
    const place = { kind, page: sketch.page, bbox: sketch.box.map(round) };
    if (kind === "not_a_table") return place;
    if (kind === "header") return { ...place, ...header };
    const runs = pagesIn($("draw-runs_on").value).filter((number) => number > sketch.page);
    return { ...place, columns: sketch.columns.map(round), ...(sketch.rows.length ? { rows: sketch.rows.map(round) } : {}), ...header,
      ...(runs.length ? { runs_on: runs } : {}), ...($("draw-continues").checked ? { continues: true } : {}) };
  };

  /** Whether two hints are about one place, so that the later one holds. */
  const same = (a, b) => {
    if (a.kind !== b.kind || a.page !== b.page || a.table !== b.table) return false;
    if (!a.bbox) return true;
    const [x0, y0, x1, y1] = a.bbox.map((value, index) => (index < 2 ? Math.max(value, b.bbox[index]) : Math.min(value, b.bbox[index])));
    return x1 > x0 && y1 > y0;
  };

  function save(event) {
    event.preventDefault();
    const said = hint();
    if (typeof said === "string") return problem(said);
    problem("");
    const number = said.page;
    page.served.changeHints((known) => [...known.filter((one) => !same(one, said)), said], say("savedHint")).then(() => {
      const drawn = page.shown().model.tables.find((table) => table.pages[0] === number && near_(table, said));
      if (drawn?.list.length) page.pick((drawn.list.find((cell) => cell.text) || drawn.list[0]).name);
      showKept();
    });
    return undefined;
  }

  /** Whether a table stands where a hint is about. */
  const near_ = (table, said) => table.list.some((cell) => cell.box && said.bbox && cell.box[0] < said.bbox[2] && cell.box[2] > said.bbox[0] && cell.box[1] < said.bbox[3] && cell.box[3] > said.bbox[1]);

  /** What is kept already, each with a way to take it back. */
  const showKept = async () => {
    if (!$("draw-kept")) return;
    try {
      const all = await page.served.hints(page.shown().model.docId);
      const words = (one) => `${say(`kind_${one.kind}`)} ${one.page ? say("page", one.page) : say("tableNumber", one.table)}${one.by ? say("comma") + one.by : ""}`;
      const remove = (one) => page.served.changeHints((known) => known.filter((other) => !same(other, one)), say("removedHint")).then(showKept);
      const edit = (one) => {
        $("draw-kind").value = one.kind;
        $("draw-header_rows").value = one.header_rows ?? "";
        $("draw-runs_on").value = (one.runs_on || []).join(", ");
        $("draw-continues").checked = Boolean(one.continues);
        $("draw-table").value = one.table ?? "";
        $("draw-cells").value = (one.cells || []).join(", ");
        $("draw-page").value = one.page ?? 1;
        $("draw-box").value = (one.bbox || []).join(", ");
        $("draw-columns").value = (one.columns || []).join(", ");
        $("draw-rows").value = (one.rows || []).join(", ");
        fit();
        if (one.page) page.turnTo(one.page);
      };
      $("draw-kept").replaceChildren(...all.map((one) => page.el("li", {}, words(one), " ",
        page.el("button", { type: "button", class: "link", onclick: () => edit(one) }, say("edit")), " ",
        page.el("button", { type: "button", class: "link", onclick: () => remove(one) }, say("remove")))));
    } catch (error) {
      problem(error.message);
    }
  };

  function stop() {
    layer?.remove();
    [layer, sketch, drag] = [null, null, null];
    $("drawing")?.remove();
    $("document").classList.remove("drawn-on");
    $("draw").setAttribute("aria-pressed", "false");
    $("draw").focus();
  }

  const begin = () => {
    if ($("drawing")) return stop();
    $("draw").setAttribute("aria-pressed", "true");
    $("document").classList.add("drawn-on");
    $("pages").querySelector(".tools").after(panel());
    const { model, table } = page.shown();
    $("draw-page").value = String(model.pages.length ? pageInSight() : 1);
    $("draw-table").value = String((table?.index ?? 0) + 1);
    upright = true;
    fit();
    showKept();
    $("draw-kind").focus();
    return undefined;
  };

  page.redraw.push(() => {
    if (!$("drawing")) return;
    const fields = [...$("drawing").querySelectorAll("input, select")].map((input) => [input.id, input.type === "checkbox" ? input.checked : input.value]);
    stop();
    begin();
    for (const [id, value] of fields) $(id)[typeof value === "boolean" ? "checked" : "value"] = value;
    upright = $("draw-lines").value === "columns";
    fit();
  });

  page.served.opened = () => {
    if ($("drawing")) stop();
  };

  $("place").before(page.worded("button", { type: "button", id: "draw", "aria-pressed": "false", onclick: begin }, "draw"));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !$("drawing") || !event.target.closest("#pages")) return;
    event.stopPropagation();
    event.preventDefault();
    stop();
  }, true);
})(window.yusuanReview);
