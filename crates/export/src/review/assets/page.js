// The original: pictures of pages with every cell's place drawn over them, or a worksheet's cell address.
"use strict";

(function (page) {
  // Text is drawn in the boxes where the file left a font to the reader's system, so that the picture has gaps.
  const GHOST_HEIGHT = 0.8;

  /** The lines between columns (or rows): half way between what stands on both sides. */
  const lines = (count, spans) => {
    const ends = new Array(count + 1).fill(-Infinity);
    const starts = new Array(count + 1).fill(Infinity);
    for (const { first, length, low, high } of spans) {
      starts[first] = Math.min(starts[first], low);
      ends[first + length] = Math.max(ends[first + length], high);
    }
    const found = [];
    let last = -Infinity;
    for (let at = 0; at <= count; at++) {
      const [end, start] = [ends[at], starts[at]];
      const both = Number.isFinite(end) && Number.isFinite(start);
      const line = both ? (end + start) / 2 : Number.isFinite(start) ? start - 2 : Number.isFinite(end) ? end + 2 : last;
      last = Math.max(line, last);
      found.push(last);
    }
    return found;
  };

  /** The lines between a table's columns, or its rows, on a page, the outer ones too. */
  page.boundaries = (count, cells, first, length, low, high) =>
    lines(count, cells.map((c) => ({ first: c[first], length: c[length], low: c.box[low], high: c.box[high] })));

  /** The area of each cell of one table on one page, from the places of all of them. */
  const areas = (table, cells) => {
    const xs = page.boundaries(table.cols, cells, "col", "cols", 0, 2);
    const ys = page.boundaries(table.rows, cells, "row", "rows", 1, 3);
    return cells.map((cell) => {
      const [x0, y0, x1, y1] = cell.box;
      const area = [xs[cell.col], ys[cell.row], xs[cell.col + cell.cols], ys[cell.row + cell.rows]];
      // An area never leaves out any of the cell's own text.
      return [Math.min(area[0], x0), Math.min(area[1], y0), Math.max(area[2], x1), Math.max(area[3], y1)];
    });
  };

  const rect = (className, [x0, y0, x1, y1]) =>
    page.svg("rect", { class: className, x: x0, y: y0, width: Math.max(0, x1 - x0), height: Math.max(0, y1 - y0) });

  const ghost = (cell) => {
    const [x0, y0, x1, y1] = cell.box;
    const size = Math.min(10, (y1 - y0) * GHOST_HEIGHT) || 1;
    return page.svg("text", { class: "ghost", x: x0, y: y1 - (y1 - y0) * 0.15, "font-size": size, textLength: x1 - x0, lengthAdjust: "spacingAndGlyphs" }, cell.text);
  };

  /** The words beside a worksheet: which cell to look at in the file itself. */
  const worksheet = (cell) => {
    if (!cell) return page.worded("p", { class: "address" }, "pickForAddress");
    // A document without pages: the table as it follows in the text, and the place in it.
    if (cell.table.sheet === null) {
      return page.el("div", { class: "address" },
        page.el("p", {}, `${page.say("tableNumber", cell.table.index + 1)} `, page.el("strong", {}, cell.table.title || page.label(cell.table.kind))),
        page.el("p", { class: "big" }, page.say("rowAndColumn", cell.nameRow, cell.nameCol)),
        page.el("p", {}, page.el("span", { class: "printed" }, cell.text || page.say("blank"))),
        page.el("p", { class: "hint" }, page.say("findInDocument")));
    }
    return page.el("div", { class: "address" },
      page.el("p", {}, `${page.say("worksheet")} `, page.el("strong", {}, cell.table.sheet)),
      page.el("p", { class: "big" }, cell.address),
      page.el("p", {}, page.el("span", { class: "printed" }, cell.text || page.say("blank"))),
      page.el("p", { class: "hint" }, page.say("findOnSheet", cell.address)));
  };

  /** A page: its picture, or why there is none, below an empty drawing. */
  const sheet = (model, picture, number) => {
    const [width, height] = model.pages[number - 1];
    const image = picture?.file
      ? page.el("img", { src: `${model.docId}/${picture.file}`, alt: page.say("pictureOf", number), "data-alt": "pictureOf", "data-said": JSON.stringify([number]), loading: "lazy", decoding: "async" })
      : page.el("p", { class: "missing" });
    const overlay = page.svg("svg", { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", "aria-hidden": "true" });
    const paper = page.el("div", { class: "paper" }, image, overlay);
    paper.style.aspectRatio = `${width} / ${height}`;
    return page.el("figure", { "data-page": number }, paper, page.worded("figcaption", {}, "page", number));
  };

  const fontsNote = () => page.worded("p", { class: "missing" }, "fontsMissing");

  /** The view of the original. `pick` and `point` are told which cell is clicked and hovered. */
  page.OriginalView = class {
    constructor(container, { pick, point }) {
      this.container = container;
      this.watcher = new IntersectionObserver(
        (entries) => entries.filter((e) => e.isIntersecting).forEach((e) => this.draw(Number(e.target.dataset.page))),
        { root: container, rootMargin: "50% 0px" });
      const nameAt = (event) => event.target.closest?.("[data-name]")?.getAttribute("data-name");
      container.addEventListener("click", (event) => nameAt(event) && pick(nameAt(event)));
      container.addEventListener("mouseover", (event) => point(nameAt(event) || null));
      container.addEventListener("mouseleave", () => point(null));
    }

    show(model, pictures, corrections) {
      Object.assign(this, { model, pictures, corrections, selected: null, drawn: new Map(), sheets: [] });
      this.watcher.disconnect();
      if (!model.pages.length) {
        this.container.replaceChildren(worksheet(null));
        return;
      }
      this.sheets = model.pages.map((_, index) => sheet(model, pictures.pages[index], index + 1));
      this.container.replaceChildren(...(pictures.fontsMissing ? [fontsNote()] : []), ...this.sheets);
      this.sayMissing();
      this.sheets.forEach((figure) => this.watcher.observe(figure));
      this.container.scrollTop = 0;
    }

    /** Says on each page without a picture why it has none. */
    sayMissing() {
      this.sheets.forEach((figure, index) => {
        const reason = page.told(this.pictures.pages[index]?.error) || page.say("noPicture");
        figure.querySelector(".missing")?.replaceChildren(page.say("missingPicture", index + 1, reason));
      });
    }

    /** Draws the cells of a page, once it comes near. */
    draw(number) {
      if (this.drawn.has(number)) return;
      const cells = this.model.onPage(number).filter((cell) => cell.box);
      const groups = new Map();
      for (const table of new Set(cells.map((cell) => cell.table))) {
        const mine = cells.filter((cell) => cell.table === table && !cell.stray);
        areas(table, mine).forEach((area, index) => groups.set(mine[index].name, this.group(mine[index], area)));
      }
      // A number that stands in no cell is drawn last, so that it lies on top of the cells around it.
      for (const cell of cells.filter((cell) => cell.stray)) groups.set(cell.name, this.group(cell, cell.box));
      this.drawn.set(number, groups);
      this.sheets[number - 1].querySelector("svg").append(...groups.values());
      if (this.selected?.page === number) this.mark(this.selected, "selected", true);
    }

    /** Draws the cells of the pages anew; the pages stay as they are, and where they are scrolled to. */
    renew(model, corrections) {
      const drawn = [...this.drawn.keys()];
      this.sayMissing();
      Object.assign(this, { model, corrections, selected: null, drawn: new Map() });
      for (const number of drawn) {
        this.sheets[number - 1].querySelector("svg").replaceChildren();
        this.draw(number);
      }
    }

    group(cell, area) {
      const parts = [rect("area", area), rect("box", cell.box)];
      if (cell.text && this.lacks(cell)) parts.push(ghost(cell));
      return page.svg("g", { class: this.classes(cell), "data-name": cell.name }, ...parts);
    }

    /** Whether the picture lacks the cell's text. Digits and Latin letters have a standard font that any file may rely on. */
    lacks(cell) {
      const blank = !this.pictures.pages[cell.page - 1]?.file;
      return blank || (this.pictures.fontsMissing && /[^\x00-\x7f]/.test(cell.text));
    }

    classes(cell) {
      return ["cell", cell.table.method, ...page.marks(cell, this.corrections)].join(" ");
    }

    node(cell) {
      return this.drawn.get(cell?.page)?.get(cell.name);
    }

    mark(cell, className, on) {
      const node = this.node(cell);
      if (!node) return;
      node.classList.toggle(className, on);
      // What is drawn last lies on top.
      if (on) node.parentNode.append(node);
    }

    /** Marks a cell and brings it into sight. */
    select(cell) {
      if (this.selected) this.mark(this.selected, "selected", false);
      this.selected = cell;
      if (!this.model.pages.length) {
        this.container.replaceChildren(worksheet(cell));
        return;
      }
      if (!this.sheets[cell?.page - 1]) return;
      this.draw(cell.page);
      this.mark(cell, "selected", true);
      if (cell.box) this.reveal(cell);
    }

    reveal(cell) {
      const { container } = this;
      const paper = this.sheets[cell.page - 1].querySelector(".paper");
      const scale = paper.clientWidth / this.model.pages[cell.page - 1][0];
      const [x0, y0, x1, y1] = cell.box;
      const [left, right] = [paper.offsetLeft + x0 * scale, paper.offsetLeft + x1 * scale];
      const [top, bottom] = [paper.offsetTop + y0 * scale, paper.offsetTop + y1 * scale];
      const above = top < container.scrollTop + 30 || bottom > container.scrollTop + container.clientHeight - 30;
      if (above) container.scrollTop = (top + bottom - container.clientHeight) / 2;
      const beside = left < container.scrollLeft || right > container.scrollLeft + container.clientWidth;
      if (beside) container.scrollLeft = (left + right - container.clientWidth) / 2;
    }

    /** Brings a page into sight. */
    turnTo(number) {
      const figure = this.sheets[number - 1];
      if (figure) this.container.scrollTop = figure.offsetTop - 4;
    }

    /** Lights a cell while the mouse is on its value. */
    light(cell, on) {
      this.mark(cell, "lit", on);
    }

    /** Colours a cell anew. */
    refresh(cell) {
      const node = this.node(cell);
      if (!node) return;
      const kept = ["selected", "lit"].filter((name) => node.classList.contains(name));
      node.setAttribute("class", [this.classes(cell), ...kept].join(" "));
    }
  };
})(window.yusuanReview);
