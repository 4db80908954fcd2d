"""A Typst document: performance forms with merged labels."""

import json
import tempfile
from pathlib import Path

import typst

PREAMBLE = """
#set page(paper: "a4", margin: (x: 16mm, y: 18mm), numbering: "1 / 1")
#set text(font: "Noto Serif CJK SC", size: 10pt, lang: "zh")
#set par(leading: 0.75em)
"""
SIZES = {"cover": 24, "centre": 14, "h1": 16, "h2": 13}
ALIGN = {"l": "left", "c": "center", "r": "right"}


def write(blocks, target):
    """Writes the blocks as a PDF."""
    source = PREAMBLE + "\n".join(render(block) for block in blocks)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sample.typ"
        path.write_text(source, "utf-8")
        typst.compile(str(path), output=str(target))


def quoted(text):
    """A Typst string; its escapes are those of JSON."""
    return json.dumps(text, ensure_ascii=False)


def render(block):
    """One block as Typst markup."""
    if block.kind == "table":
        return render_table(block.table)
    if block.kind == "break":
        return "#pagebreak(weak: true)"
    if block.kind in SIZES:
        above = "#v(60mm)" if block.kind == "cover" else "#v(8mm)"
        return f"{above}\n#align(center, text(size: {SIZES[block.kind]}pt, weight: \"bold\", {quoted(block.text)}))"
    return f"#par(first-line-indent: (amount: 2em, all: true), text({quoted(block.text)}))"


def render_table(table):
    """A table on a page of its own."""
    cells = ",\n".join(render_cell(cell) for cell in table.cells)
    columns = ", ".join(f"{w:.2f}fr" for w in table.weights())
    caption = f"#grid(columns: (1fr, auto), {quoted(table.left)}, {quoted(table.right)})"
    notes = "\n".join(f"#text(size: 9pt, {quoted(note)})" for note in table.notes)
    return (f"#pagebreak(weak: true)\n#align(center, text(size: 15pt, weight: \"bold\", {quoted(table.title)}))\n{caption}\n"
            f"#text(size: 9pt, table(columns: ({columns}), stroke: 0.5pt, inset: 4pt,\n{cells}))\n{notes}")


def render_cell(cell):
    """One cell with its spans."""
    place = f"rowspan: {cell.row_span}, colspan: {cell.col_span}, align: {ALIGN[cell.align]} + horizon"
    return f"table.cell({place}, {quoted(cell.text)})"
