"""Workbooks by openpyxl, one worksheet per table; LibreOffice Calc turns them into the old xls format."""

import math
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from content import text_width

AMOUNT = re.compile(r"-?[\d,]+\.\d+")
NUMBER_FORMATS = {0: "0", 1: "#,##0.0", 2: "#,##0.00", 3: "#,##0.000"}
SIDES = {"l": "left", "c": "center", "r": "right"}
BOX = Border(*[Side(style="thin")] * 4)


def write_xlsx(blocks, target):
    """Writes the blocks as an xlsx workbook."""
    build(blocks).save(target)


def write_xls(blocks, target):
    """Writes the blocks as an Excel 97 workbook."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "sample.xlsx"
        build(blocks).save(source)
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "xls"]
        subprocess.run([*command, "--outdir", folder, str(source)], check=True, stdout=subprocess.DEVNULL)
        shutil.copy(source.with_suffix(".xls"), target)


def build(blocks):
    """The workbook: prose on sheets of its own, each table on its own."""
    book = Workbook()
    book.remove(book.active)
    prose, names = [], iter(("封面", "目录", "说明", "说明2", "说明3", "说明4"))
    for block in [*blocks, None]:
        if block is not None and block.kind not in ("table", "break"):
            prose.append(block)
            continue
        if prose:
            add_prose(book.create_sheet(next(names)), prose)
            prose = []
        if block is not None and block.kind == "table":
            add_table(book.create_sheet(sheet_name(block.table, len(book.sheetnames))), block.table)
    return book


def sheet_name(table, index):
    """A short unique sheet name: Excel allows 31 characters and forbids some."""
    return re.sub(r"[\[\]:*?/\\]", "", f"{index} {table.title}")[:28]


def add_prose(sheet, prose):
    """Text down column A, as offices type it."""
    sheet.column_dimensions["A"].width = 92
    for row, block in enumerate(prose, start=1):
        cell = sheet.cell(row, 1, block.text)
        large = block.kind in ("cover", "h1")
        cell.font = Font(name="宋体", size=16 if large else 11, bold=large)
        cell.alignment = Alignment(horizontal="center" if large else "left", vertical="center", wrap_text=True)
        sheet.row_dimensions[row].height = 26 if large else row_height(block.text, 92)


def add_table(sheet, table):
    """Title, line with department and unit, grid, notes."""
    row = 1
    if table.number:
        put(sheet, row, 1, table.number, size=10)
        row += 1
    put(sheet, row, 1, table.title, size=16, bold=True, side="center")
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=table.cols)
    row += 1
    if table.left or table.right:
        put(sheet, row, 1, table.left, size=10)
        put(sheet, row, max(table.cols - 1, 2), table.right, size=10)
        row += 1
    add_grid(sheet, table, row)
    for offset, note in enumerate(table.notes):
        put(sheet, row + table.rows + offset, 1, note, size=9)
    for index, weight in enumerate(table.weights(), start=1):
        sheet.column_dimensions[get_column_letter(index)].width = 1.9 * weight
    sheet.page_setup.orientation = "landscape" if table.landscape else "portrait"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0


def row_height(text, width):
    """Height in points of wrapped text in a column `width` characters wide (a Chinese character takes two)."""
    return 15 * max(1, math.ceil(2.1 * text_width(text) / width))


def add_grid(sheet, table, top):
    """The bordered grid with merged cells, its first row at `top`."""
    for row in range(table.rows):
        for col in range(table.cols):
            sheet.cell(top + row, 1 + col).border = BOX
    widths = [1.9 * weight for weight in table.weights()]
    for cell in table.cells:
        if cell.row_span == 1:
            line = sheet.row_dimensions[top + cell.row]
            width = sum(widths[cell.col:cell.col + cell.col_span])
            line.height = max(line.height or 15, row_height(cell.text, width))
        spot = sheet.cell(top + cell.row, 1 + cell.col)
        write_value(spot, cell.text)
        spot.font = Font(name="宋体", size=10, bold=cell.header)
        spot.alignment = Alignment(horizontal=SIDES[cell.align], vertical="center", wrap_text=True)
        if cell.row_span > 1 or cell.col_span > 1:
            sheet.merge_cells(start_row=top + cell.row, start_column=1 + cell.col,
                              end_row=top + cell.row + cell.row_span - 1, end_column=cell.col + cell.col_span)


def write_value(spot, text):
    """Amounts become numbers with their printed decimals; codes and all else stay text."""
    if AMOUNT.fullmatch(text):
        spot.value = float(text.replace(",", ""))
        spot.number_format = NUMBER_FORMATS[len(text.split(".")[1])]
    elif text:
        spot.value, spot.number_format = text, "@"


def put(sheet, row, col, text, *, size, bold=False, side="left"):
    """A line of text outside the grid."""
    spot = sheet.cell(row, col, text)
    spot.font = Font(name="宋体", size=size, bold=bold)
    spot.alignment = Alignment(horizontal=side, vertical="center")
