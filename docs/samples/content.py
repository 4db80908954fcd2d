"""Reads a sample's content: a text file with its prose and a JSON file with its tables.

Line forms of the text file:
    ! text      line of the cover, large        = text      centred line
    # text      heading                         ## text     smaller heading
    - text      line of the contents list       ---         page break
    {{t01}}     the table with that id          anything else: a paragraph
"""

import json
from dataclasses import dataclass
from pathlib import Path

CONTENT = Path(__file__).parent / "content"


@dataclass
class Cell:
    """One cell of a grid, placed; `row` and `col` are 0-based."""

    row: int
    col: int
    row_span: int
    col_span: int
    text: str
    header: bool
    align: str


@dataclass
class Table:
    """A table with the lines that stand around it."""

    id: str
    title: str
    number: str
    left: str
    right: str
    landscape: bool
    header_rows: int
    cols: int
    rows: int
    cells: list
    notes: list

    def weights(self):
        """Relative column widths: by the longest text of single-column cells, within bounds."""
        widths = [3.0] * self.cols
        for cell in self.cells:
            if cell.col_span == 1:
                length = text_width(cell.text)
                # A header may wrap; a figure or a code may not.
                need = min(length, 4.0) if cell.header else min(length, 12.0)
                widths[cell.col] = max(widths[cell.col], need + 0.8)
        return widths


@dataclass
class Block:
    """One piece of a document: its kind (see the module text) and its text or table."""

    kind: str
    text: str = ""
    table: Table = None


def text_width(text):
    """Width in ems: Chinese characters count 1, others about half."""
    return sum(1.0 if ord(ch) > 0x2E7F or ch in "“”≥≤" else 0.55 for ch in text)


def place_cells(rows, header_rows, align):
    """Follows HTML span rules: positions covered from above or from the left are left out of a row."""
    taken, cells = set(), []
    for r, row in enumerate(rows):
        items = row.split("\t") if isinstance(row, str) else row
        c = 0
        for item in items:
            while (r, c) in taken:
                c += 1
            spec = item if isinstance(item, dict) else {"t": item or ""}
            rs, cs = spec.get("rs", 1), spec.get("cs", 1)
            header = r < header_rows
            side = "c" if header or cs > 1 else align[c]
            cells.append(Cell(r, c, rs, cs, spec["t"] or "", header, side))
            taken.update((r + i, c + j) for i in range(rs) for j in range(cs))
            c += cs
    return cells


def load_table(spec):
    """One table from its JSON form."""
    cols = len(spec["align"])
    cells = place_cells(spec["rows"], spec["header_rows"], spec["align"])
    covered = sum(cell.row_span * cell.col_span for cell in cells)
    if covered != cols * len(spec["rows"]):
        raise ValueError(f"{spec['id']}: {covered} positions for a {len(spec['rows'])} x {cols} grid")
    keep = ("id", "title", "number", "left", "right", "landscape", "header_rows", "notes")
    return Table(cols=cols, rows=len(spec["rows"]), cells=cells, **{key: spec[key] for key in keep})


def load(name):
    """The blocks of the named sample in order."""
    specs = json.loads((CONTENT / f"{name}.tables.json").read_text("utf-8"))
    tables = {spec["id"]: load_table(spec) for spec in specs}
    blocks = []
    for line in (CONTENT / f"{name}.md").read_text("utf-8").splitlines():
        if line.strip():
            blocks.append(parse_line(line, tables))
    return blocks


def parse_line(line, tables):
    """One line of the text file as a block."""
    if line == "---":
        return Block("break")
    if line.startswith("{{"):
        return Block("table", table=tables[line.strip("{}")])
    for mark, kind in (("! ", "cover"), ("= ", "centre"), ("## ", "h2"), ("# ", "h1"), ("- ", "entry")):
        if line.startswith(mark):
            return Block(kind, line[len(mark):])
    return Block("para", line)
