"""An HTML page printed by Chromium: portrait prose, tables on landscape sheets where they are wide, repeated heads."""

import subprocess
import tempfile
from html import escape
from pathlib import Path

STYLE = """
@page { size: A4 portrait; margin: 18mm 15mm; @bottom-center { content: "第 " counter(page) " 页"; font-size: 9pt } }
@page wide { size: A4 landscape; margin: 15mm }
body { font-family: "Noto Sans CJK SC"; font-size: 11pt; line-height: 1.7; margin: 0 }
section { page: auto; break-before: page } section.wide { page: wide }
h1 { font-size: 20pt; text-align: center } h2 { font-size: 13pt } p { text-indent: 2em; margin: 4pt 0 }
h3 { font-size: 15pt; text-align: center; margin: 0 0 6pt }
.caption { display: flex; justify-content: space-between; font-size: 10pt }
table { border-collapse: collapse; width: 99%; margin: 0 auto; font-size: 9pt; line-height: 1.35 }
td, th { border: 0.6pt solid #000; padding: 2.5pt 4pt; height: 11pt } th { background: #e8eef7 }
h1, h2, h3, th { font-weight: normal }
tr { break-inside: avoid } .l { text-align: left } .c { text-align: center } .r { text-align: right }
.note { font-size: 9pt; text-indent: 0 }
"""
TAGS = {"cover": "h1", "centre": "h2", "h1": "h1", "h2": "h2", "entry": "p", "para": "p"}
BROWSER = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
           "--no-pdf-header-footer", "--disable-pdf-tagging"]


def write(blocks, target):
    """Writes the blocks as a PDF."""
    body = "\n".join(render(block) for block in blocks)
    title = escape(" ".join(block.text for block in blocks if block.kind == "cover"))
    head = f'<meta charset="utf-8"><title>{title}</title><style>{STYLE}</style>'
    page = f'<!doctype html><html lang="zh">{head}<body>{body}</body></html>'
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "sample.html"
        source.write_text(page, "utf-8")
        printed = Path(folder) / "sample.pdf"
        command = [*BROWSER, f"--user-data-dir={folder}/profile", f"--print-to-pdf={printed}", source.as_uri()]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        Path(target).write_bytes(printed.read_bytes())


def render(block):
    """One block as HTML."""
    if block.kind == "table":
        return render_table(block.table)
    if block.kind == "break":
        return ""
    tag = TAGS[block.kind]
    return f"<{tag}>{escape(block.text)}</{tag}>"


def render_table(table):
    """A table in a section of its own."""
    weights = table.weights()
    columns = "".join(f'<col style="width:{100 * w / sum(weights):.2f}%">' for w in weights)
    rows = [[] for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row].append(render_cell(cell))
    lines = [f"<tr>{''.join(row)}</tr>" for row in rows]
    head, body = "".join(lines[:table.header_rows]), "".join(lines[table.header_rows:])
    caption = f"<span>{escape(table.left)}</span><span>{escape(table.right)}</span>"
    notes = "".join(f'<p class="note">{escape(note)}</p>' for note in table.notes)
    kind = "wide" if table.landscape else ""
    return (f'<section class="{kind}"><h3>{escape(table.title)}</h3><div class="caption">{caption}</div>'
            f"<table>{columns}<thead>{head}</thead><tbody>{body}</tbody></table>{notes}</section>")


def render_cell(cell):
    """One cell with its spans."""
    tag = "th" if cell.header else "td"
    spans = "".join(f' {name}="{n}"' for name, n in (("rowspan", cell.row_span), ("colspan", cell.col_span)) if n > 1)
    return f'<{tag} class="{cell.align}"{spans}>{escape(cell.text)}</{tag}>'
