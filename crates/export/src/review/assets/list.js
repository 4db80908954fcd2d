// The list of documents: search, filter, sort.
"use strict";

(function (page) {
  const { label, say } = page;
  const words = (list) => page.words[list];
  const agency = (d) => d.scope === page.catalogue.zh.scopes.agency;
  const bodyOf = (d) => (agency(d) ? say("inBrackets", d.department, words("scopes").agency) : d.department);

  /** The columns: heading, what is sorted by, what is shown. */
  const COLUMNS = [
    { title: "source", key: (d) => d.source, cell: (d) => nameOf(d), head: true },
    { title: "department", key: (d) => d.department || "", cell: (d) => (d.department ? bodyOf(d) : missing(d, "department")) },
    { title: "region", key: (d) => d.region || "", cell: (d) => d.region },
    { title: "year", key: (d) => d.year || 0, cell: (d) => d.year || missing(d, "year"), number: true },
    { title: "kind", key: (d) => label(d.kind || ""), cell: (d) => (d.kind ? label(d.kind) : missing(d, "kind")) },
    { title: "status", key: (d) => words("statuses")[d.status], cell: (d) => statusOf(d) },
    { title: "tables", key: (d) => d.tables || 0, cell: (d) => d.tables, number: true },
    { title: "facts", key: (d) => d.facts || 0, cell: (d) => d.facts, number: true },
    { title: "passed", key: (d) => d.passed || 0, cell: (d) => d.passed, number: true },
    { title: "failed", key: (d) => d.failed || 0, cell: (d) => countOf(d.failed, "failed"), number: true },
    { title: "doubtful", key: (d) => d.doubtful || 0, cell: (d) => countOf(d.doubtful, "doubtful"), number: true },
    { title: "typed", key: (d) => d.typed, cell: (d) => (d.tables === undefined ? "" : countOf(d.typed, "corrected")), number: true },
  ];

  let documents = [];
  let passedOver = 0;
  let sorting = { column: 0, descending: false };

  const $ = (id) => document.getElementById(id);

  const nameOf = (d) => {
    const name = d.tables === undefined ? page.el("span", {}, d.source) : page.el("a", { href: `#/${d.docId}` }, d.source);
    return d.error ? page.el("span", {}, name, page.el("span", { class: "reason" }, page.told(d.error))) : name;
  };

  /** What is not known of a document is said where it would stand. */
  const missing = (d, id) => (isUnknown(d, id) ? page.el("span", { class: "missing-word" }, words("headings").nothing) : "");

  const isUnknown = (d, id) => d.unknown?.includes(id);

  /** A document of which nobody knows whose it is does not look sound, however well its tables were read. */
  const statusOf = (d) => {
    const word = words("statuses")[d.status] || d.status;
    if (!d.unknown?.length) return page.el("span", { class: `status ${d.status}` }, word);
    const status = d.status === "ok" ? "unknown" : d.status;
    const told = d.unknown.map((id) => words("unknown")[id]).join(say("and"));
    return page.el("span", { class: `status ${status}` }, d.status === "ok" ? told : word + say("and") + told);
  };

  const hasDoubts = (d) => d.tables !== undefined && (d.failed > 0 || d.doubtful > 0 || d.missing > 0 || d.unknown?.length > 0 || d.status !== "ok");

  const countOf = (count, mark) => (count ? page.el("span", { class: `count ${mark}` }, String(count)) : count ?? "");

  /** Offers the words of a list in a filter. */
  const offer = (id, labels) => {
    const before = $(id).value;
    const all = [["", say("all")], ...Object.entries(labels)];
    $(id).replaceChildren(...all.map(([value, text]) => page.el("option", { value }, text)));
    $(id).value = before;
  };

  /** What the filters offer. */
  page.showChoices = () => {
    offer("status", words("statuses"));
    offer("checks", words("findings"));
  };

  const wanted = () => {
    const typed = $("search").value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const [status, checks] = [$("status").value, $("checks").value];
    const fits = {
      failed: (d) => d.failed > 0,
      doubtful: (d) => d.doubtful > 0,
      missing: (d) => d.missing > 0,
      unknown: (d) => d.unknown?.length > 0,
      clean: (d) => d.status === "ok" && !hasDoubts(d),
      corrected: (d) => d.typed > 0,
    };
    const has = (d) => {
      const text = [d.source, d.department, d.region, d.year, d.kind, label(d.kind || "")].join(" ").toLowerCase();
      return typed.every((word) => text.includes(word));
    };
    return documents.filter((d) => has(d) && (!status || d.status === status) && (!checks || fits[checks](d)));
  };

  const sorted = (rows) => {
    const key = COLUMNS[sorting.column].key;
    const compare = (a, b) => (typeof key(a) === "number" ? key(a) - key(b) : key(a).localeCompare(key(b), "zh-CN"));
    const direction = sorting.descending ? -1 : 1;
    return [...rows].sort((a, b) => direction * compare(a, b) || a.source.localeCompare(b.source, "zh-CN"));
  };

  const head = () => {
    const cells = COLUMNS.map((column, index) => {
      const here = sorting.column === index;
      const order = here ? (sorting.descending ? "descending" : "ascending") : null;
      const turn = () => {
        // Counts are looked at from the largest down.
        sorting = { column: index, descending: here ? !sorting.descending : Boolean(column.number) };
        show();
        $("documents").tHead.rows[0].cells[index].firstChild.focus();
      };
      const button = page.el("button", { type: "button", onclick: turn }, words("headings")[column.title]);
      return page.el("th", { scope: "col", "aria-sort": order, class: column.number && "number" }, button);
    });
    $("documents").tHead.replaceChildren(page.el("tr", {}, ...cells));
  };

  const line = (d) => {
    const cells = COLUMNS.map((column) => {
      const content = column.cell(d);
      const child = content instanceof Node ? content : String(content ?? "");
      return column.head
        ? page.el("th", { scope: "row" }, child)
        : page.el("td", { class: column.number && "number", "data-title": words("headings")[column.title] }, child);
    });
    return page.el("tr", {}, ...cells);
  };

  const show = () => {
    for (const d of documents) d.typed = d.docId ? page.corrections(d.docId).size : 0;
    const rows = wanted();
    head();
    $("documents").tBodies[0].replaceChildren(...sorted(rows).map(line));
    const all = say("documentCount", documents.length) + (passedOver ? say("passedOver", passedOver) : "");
    $("count").textContent = rows.length === documents.length ? all : all + say("shown", rows.length);
    page.showExport();
  };

  /** The next document after this one, in the order of the list, that has something to look at; its copies are the same. */
  page.nextDoubtful = (docId) => {
    const rows = sorted(wanted());
    const at = rows.findIndex((d) => d.docId === docId);
    const after = [...rows.slice(at + 1), ...rows.slice(0, Math.max(at, 0))];
    return after.find((d) => d.docId && d.docId !== docId && d.status !== "duplicate" && hasDoubts(d));
  };

  /** The corrections that the results of a document were made with. */
  page.applied = (docId) => documents.find((d) => d.docId === docId && d.corrections)?.corrections || [];

  /** The documents of this run, each content once. */
  page.docIds = () => [...new Set(documents.map((d) => d.docId).filter(Boolean))];

  /** A document of the list. */
  page.listed = (docId) => documents.find((d) => d.docId === docId && d.tables !== undefined);

  page.showList = show;

  /** Takes the list that documents.js calls with. */
  page.openList = (list, others) => {
    documents = list;
    passedOver = others;
    page.showChoices();
    for (const id of ["search", "status", "checks"]) $(id).addEventListener("input", show);
    document.querySelector(".filters").addEventListener("submit", (event) => event.preventDefault());
    page.start();
  };
})(window.yusuanReview);
