"""A Word file by python-docx, printed to PDF by LibreOffice Writer: portrait and landscape sections, repeated header rows."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

SERIF, SANS = "Noto Serif CJK SC", "Noto Sans CJK SC"
ALIGN = {"l": WD_ALIGN_PARAGRAPH.LEFT, "c": WD_ALIGN_PARAGRAPH.CENTER, "r": WD_ALIGN_PARAGRAPH.RIGHT}
PORTRAIT, LANDSCAPE, MARGIN = (210, 297), (297, 210), 20


def write(blocks, target):
    """Writes the blocks as a PDF."""
    document = Document()
    normal = document.styles["Normal"]
    set_font(normal.element.get_or_add_rPr(), SERIF)
    normal.font.size = Pt(11)
    normal.paragraph_format.space_after = Pt(3)
    shape(document.sections[0], PORTRAIT)
    add_page_number(document.sections[0])
    for block in blocks:
        add_block(document, block)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "sample.docx"
        document.save(source)
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf"]
        subprocess.run([*command, "--outdir", folder, str(source)], check=True, stdout=subprocess.DEVNULL)
        shutil.copy(source.with_suffix(".pdf"), target)


def add_block(document, block):
    """Adds one block at the end."""
    if block.kind == "table":
        add_table(document, block.table)
    elif block.kind == "break":
        start_section(document, PORTRAIT)
    elif block.kind == "cover":
        add_line(document, block.text, size=24, font=SANS, before=60, align="c")
    elif block.kind == "centre":
        add_line(document, block.text, size=14, before=40, align="c")
    elif block.kind in ("h1", "h2"):
        top = block.kind == "h1"
        add_line(document, block.text, size=16 if top else 13, font=SANS, before=10, align="c" if top else "l")
    elif block.kind == "entry":
        add_line(document, block.text, size=12)
    else:
        add_line(document, block.text, size=11).paragraph_format.first_line_indent = Pt(22)


def add_line(document, text, *, size, font=SERIF, before=0, align="l"):
    """Adds a paragraph of one run."""
    paragraph = document.add_paragraph()
    paragraph.alignment = ALIGN[align]
    paragraph.paragraph_format.space_before = Pt(before)
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    set_font(run._r.get_or_add_rPr(), font)
    return paragraph


def add_table(document, table):
    """Adds a table on a page of its own: title, line with department and unit, grid, notes."""
    size = LANDSCAPE if table.landscape else PORTRAIT
    start_section(document, size)
    if table.number:
        add_line(document, table.number, size=10)
    add_line(document, table.title, size=15, font=SANS, align="c")
    usable = size[0] - 2 * MARGIN
    if table.left or table.right:
        caption = add_line(document, f"{table.left}\t{table.right}", size=10)
        caption.paragraph_format.tab_stops.add_tab_stop(Mm(usable), WD_TAB_ALIGNMENT.RIGHT)
        caption.paragraph_format.keep_with_next = True
    add_grid(document, table, usable)
    for note in table.notes:
        add_line(document, note, size=9)


def add_grid(document, table, usable):
    """Adds the grid itself."""
    points = 6.5 if table.cols > 16 else 7.5 if table.cols > 9 else 9
    grid = document.add_table(rows=table.rows, cols=table.cols)
    grid.style, grid.alignment, grid.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    narrow_margins(grid)
    weights = table.weights()
    widths = [usable * w / sum(weights) for w in weights]
    for column, width in zip(grid.columns, widths):
        column.width = Mm(width)
    slots = [row.cells for row in grid.rows]
    for cell in table.cells:
        slot = slots[cell.row][cell.col]
        if cell.row_span > 1 or cell.col_span > 1:
            slot = slot.merge(slots[cell.row + cell.row_span - 1][cell.col + cell.col_span - 1])
        slot.width = Mm(sum(widths[cell.col:cell.col + cell.col_span]))
        slot.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        fill_cell(slot, cell, points)
    for row in list(grid.rows)[:table.header_rows]:
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def narrow_margins(grid):
    """Leaves 0.8 mm at either side of a cell's text: Word's own 1.9 mm would break figures in wide tables."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("w:left", "w:right"):
        margin = OxmlElement(side)
        margin.set(qn("w:w"), "45")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    grid._tbl.tblPr.append(margins)


def fill_cell(slot, cell, points):
    """Puts the text into a cell's first paragraph and drops the empty ones that a merge leaves."""
    for extra in slot.paragraphs[1:]:
        extra._p.getparent().remove(extra._p)
    paragraph = slot.paragraphs[0]
    paragraph.alignment = ALIGN[cell.align]
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(cell.text)
    run.font.size, run.bold = Pt(points), cell.header
    set_font(run._r.get_or_add_rPr(), SERIF)


def start_section(document, size):
    """Starts a new page in the given size."""
    shape(document.add_section(WD_SECTION.NEW_PAGE), size)


def shape(section, size):
    """Sets paper and margins."""
    section.orientation = WD_ORIENT.LANDSCAPE if size == LANDSCAPE else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(size[0]), Mm(size[1])
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Mm(MARGIN))


def add_page_number(section):
    """Puts `- n -` into the footer; later sections inherit it."""
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = ALIGN["c"]
    paragraph.add_run("- ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    paragraph.add_run(" -")


def set_font(properties, name):
    """Names the font for Latin and Chinese text alike."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for slot in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(slot), name)
