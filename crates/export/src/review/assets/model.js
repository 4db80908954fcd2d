// One document with everything that belongs to a cell found by the cell's name (t03!R5C6).
"use strict";

(function (page) {
  const { say } = page;

  const cellOf = (table, slot) => {
    const [row, col, rows, cols, text, ...place] = slot;
    const cell = { table, row, col, rows, cols, text, page: null, box: null, address: "", fact: null, checks: [] };
    if (place.length === 5) {
      cell.page = place[0];
      cell.box = place.slice(1);
    }
    if (place.length === 2) cell.address = page.letters(place[1]) + place[0];
    const [nameRow, nameCol] = place.length === 2 ? place : [row + 1, col + 1];
    return Object.assign(cell, { nameRow, nameCol, name: `${table.id}!R${nameRow}C${nameCol}` });
  };

  /** A number that stands in no cell: it has a place on the page and none in the table. */
  const strayOf = (table, [text, number, ...box], index) => ({
    table, row: table.rows + index, col: 0, rows: 1, cols: 1, text, page: number, box, address: "", fact: null, checks: [],
    unread: true, stray: true, name: `${table.id}!X${index + 1}`,
  });

  /** Words for where a cell is. */
  const placeOf = (cell) => {
    if (cell.table.sheet !== null) return say("sheetCell", cell.table.sheet, cell.address);
    if (cell.page) return say("page", cell.page);
    return cell.address ? say("rowAndColumn", cell.nameRow, cell.nameCol) : "";
  };

  const labelOf = (cell) => {
    if (!cell.fact) return cell.text || say("blank");
    const row = cell.fact.label || cell.fact.path || say("row", cell.nameRow);
    return cell.fact.column ? `${row} · ${cell.fact.column}` : row;
  };

  const inOrder = (a, b) => a.table.index - b.table.index || a.row - b.row || a.col - b.col;

  /** Prepares a document's data. */
  page.model = (data) => {
    const cells = new Map();
    data.tables.forEach((table, index) => {
      table.index = index;
      table.list = table.cells.map((slot) => cellOf(table, slot));
      for (const position of table.unread || []) table.list[position].unread = true;
      const strays = (table.strays || []).map((stray, at) => strayOf(table, stray, at));
      for (const cell of [...table.list, ...strays]) cells.set(cell.name, cell);
      for (const fact of table.facts) table.list[fact.cell].fact = { flags: [], ...fact };
    });
    for (const check of data.checks) {
      for (const name of new Set(check.cells)) cells.get(name)?.checks.push(check);
    }
    const all = [...cells.values()];
    return {
      ...data,
      cells,
      doubtful: all.filter((cell) => cell.fact?.doubtful || cell.unread).sort(inOrder),
      failed: data.checks.filter((check) => check.status === "failed"),
      rounding: data.checks.filter((check) => check.status === "rounding"),
      passed: data.checks.filter((check) => check.status === "passed"),
      open: data.prose.filter((one) => !one.cell && !one.elsewhere),
      onPage: (number) => all.filter((cell) => cell.page === number),
      placeOf,
      labelOf,
    };
  };

  /** Whether a failed check says that this cell is probably the wrong one. */
  page.isSuspect = (cell) => cell.checks.some((check) => check.status === "failed" && check.suspects?.[0] === cell.name);

  /** The classes that colour a cell, in the table and on the page alike. */
  page.marks = (cell, corrections) => {
    const marks = [];
    if (cell.fact) marks.push("amount");
    if (cell.fact?.doubtful || cell.unread) marks.push("doubtful");
    if (cell.unread) marks.push("unread");
    if (cell.checks.some((check) => check.status === "failed")) marks.push("failed");
    if (page.isSuspect(cell)) marks.push("suspect");
    if (corrections.has(cell.name) || cell.fact?.flags.includes("corrected")) marks.push("corrected");
    return marks;
  };
})(window.yusuanReview);
