// The extracted table: a real table with its headers, every cell of which can be picked.
"use strict";

(function (page) {
  const captionOf = (table) => {
    const parts = [table.number, table.title || page.label(table.kind)].filter(Boolean).join(" ");
    const unit = page.say("unitIs", table.unit ? page.label(table.unit) : page.say("unitNotSaid"));
    return page.el("caption", {}, page.el("strong", {}, parts), table.facts.length ? page.el("span", { class: "unit" }, unit) : null);
  };

  const notesOf = (table) => {
    const notes = [...(table.emptyNote ? [table.emptyNote] : []), ...table.doubts.map((doubt) => page.say("with", page.words.headings.doubtful, page.told(doubt))), ...table.below];
    return [...new Set(notes)].map((note) => page.el("p", { class: "note" }, note));
  };

  /** For each grid row the cells that begin in it; positions that no cell covers get a blank. */
  const rowsOf = (table) => {
    const taken = Array.from({ length: table.rows }, () => new Array(table.cols).fill(null));
    for (const cell of table.list) {
      for (let row = cell.row; row < Math.min(cell.row + cell.rows, table.rows); row++) {
        for (let col = cell.col; col < Math.min(cell.col + cell.cols, table.cols); col++) taken[row][col] ??= cell;
      }
    }
    return taken.map((line, row) => line.map((cell, col) => {
      if (!cell) return { blank: true };
      return cell.row === row && cell.col === col ? cell : null;
    }).filter(Boolean));
  };

  const textOf = (cell, corrections) => {
    const correction = corrections.get(cell.name);
    if (!correction) return [cell.text];
    return [page.el("del", {}, cell.text || page.say("blank")), " ", page.el("ins", {}, correction.corrected)];
  };

  /** The cell that names its row: the one that the amounts of the row are labelled with. */
  const rowHead = (row) => {
    const label = row.find((cell) => cell.fact)?.fact.label;
    return label ? row.find((cell) => !cell.blank && !cell.fact && page.sameText(cell.text, label)) : undefined;
  };

  /** Scrolls a container so far that an element in it is seen. */
  const reveal = (container, element) => {
    const [box, frame] = [element.getBoundingClientRect(), container.getBoundingClientRect()];
    const head = container.querySelector("thead")?.getBoundingClientRect().height || 0;
    const fixed = element.closest("thead");
    if (!fixed && (box.top < frame.top + head || box.bottom > frame.bottom)) {
      container.scrollTop += (box.top + box.bottom - frame.top - frame.bottom) / 2;
    }
    if (box.left < frame.left || box.right > frame.right) {
      container.scrollLeft += (box.left + box.right - frame.left - frame.right) / 2;
    }
  };

  /** The view of a table. `pick` and `point` are told which cell is clicked and hovered. */
  page.TableView = class {
    constructor(container, { pick, point }) {
      Object.assign(this, { container, table: null, corrections: new Map(), nodes: new Map(), selected: null });
      const nameAt = (event) => event.target.closest?.("[data-name]")?.dataset.name;
      container.addEventListener("click", (event) => nameAt(event) && pick(nameAt(event)));
      container.addEventListener("mouseover", (event) => point(nameAt(event) || null));
      container.addEventListener("mouseleave", () => point(null));
    }

    show(table, corrections) {
      Object.assign(this, { table, corrections, nodes: new Map(), selected: null });
      // Title and unit stand in the caption.
      const own = (line) => page.sameText(line, table.title) || page.sameText(page.unitIn(line), table.unit);
      const printed = table.above.filter((line) => !own(line));
      const above = printed.length ? [page.el("p", { class: "note" }, printed.join(" \u00a0"))] : [];
      const grid = table.rows ? this.build() : page.el("p", { class: "note" }, table.title || page.label(table.kind));
      this.container.replaceChildren(...above, grid, ...notesOf(table));
      this.container.scrollTop = 0;
      // One cell can be reached by Tab; the arrow keys lead on from there.
      this.first()?.setAttribute("tabindex", "0");
    }

    /** Forgets the table, so that the next document's is built anew. */
    clear() {
      this.table = null;
      this.container.replaceChildren();
    }

    first() {
      return this.nodes.values().next().value;
    }

    headerEnd() {
      return this.table.headerStart + this.table.headerRows;
    }

    build() {
      const line = (row, index) => {
        const head = index >= this.headerEnd() ? rowHead(row) : undefined;
        return page.el("tr", {}, ...row.map((cell) => this.node(cell, cell === head)));
      };
      const lines = rowsOf(this.table).map(line);
      const end = Math.min(this.headerEnd(), lines.length);
      return page.el("table", { role: "grid", class: "grid" }, captionOf(this.table),
        page.el("thead", {}, ...lines.slice(0, end)), page.el("tbody", {}, ...lines.slice(end)));
    }

    node(cell, head) {
      if (cell.blank) return page.el("td", {});
      const header = cell.row >= this.table.headerStart && cell.row < this.headerEnd();
      const element = page.el(header || head ? "th" : "td", {
        scope: header ? (cell.cols > 1 ? "colgroup" : "col") : head ? "row" : null,
        rowspan: cell.rows > 1 ? cell.rows : null,
        colspan: cell.cols > 1 ? cell.cols : null,
        class: page.marks(cell, this.corrections).join(" ") || null,
        "data-name": cell.name,
        tabindex: "-1",
        title: cell.address || null,
      }, ...textOf(cell, this.corrections));
      this.nodes.set(cell.name, element);
      return element;
    }

    /** Marks a cell, brings it into sight and, if wanted, gives it the focus. */
    select(cell, focus) {
      const before = this.nodes.get(this.selected);
      for (const node of [before, this.first()]) node?.setAttribute("tabindex", "-1");
      before?.classList.remove("selected");
      before?.removeAttribute("aria-selected");
      this.selected = cell?.name;
      const element = this.nodes.get(this.selected) || this.first();
      element?.setAttribute("tabindex", "0");
      if (!element || !cell) return;
      element.classList.add("selected");
      element.setAttribute("aria-selected", "true");
      if (focus) element.focus({ preventScroll: true });
      reveal(this.container, element);
    }

    light(cell, on) {
      this.nodes.get(cell?.name)?.classList.toggle("lit", on);
    }

    refresh(cell) {
      const element = this.nodes.get(cell.name);
      if (!element) return;
      const kept = ["selected", "lit"].filter((name) => element.classList.contains(name));
      element.className = [...page.marks(cell, this.corrections), ...kept].join(" ");
      element.replaceChildren(...textOf(cell, this.corrections));
    }
  };
})(window.yusuanReview);
