"""Files that grow in one direction: pages, rectangles on a page, rows of a table. The same arguments make the same bytes."""

import io
import os
import sys
import zipfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "soak"))
import inputs

AMOUNTS = 10
# A child row's share of its parent is another one in every row, so that no two rows print the same.
STEP = 7919


def book(pages):
    """A PDF file of so many pages, each with another table."""
    return inputs.pdf([inputs.small_page(number) for number in range(pages)])


def drawn(rectangles):
    """A page with a table and so many small rectangles beside it, as maps and logos have them."""
    draw = ["0.9 g"]
    draw += [f"{460 + i % 40 * 3} {100 + i // 40 % 200 * 3 + i // 8000 / 100:.2f} 2 2 re f" for i in range(rectangles)]
    return inputs.pdf(["\n".join([*draw, "0 g", inputs.small_page(rectangles)])])


def sheet(rows):
    """A workbook with so many rows of ten amounts below a total."""
    heads = [["2024年部门支出总表"], ["单位：元"], ["科目编码", "科目名称", *[f"栏次{i}" for i in range(1, AMOUNTS)], "合计"]]
    lines = [row_of(number) for number in range(rows)]
    total = ["", "合计", *[sum(line[2 + i] for line in lines) for i in range(AMOUNTS)]]
    cells = "".join(row_xml(number, row) for number, row in enumerate([*heads, total, *lines], 1))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in PARTS.items():
            archive.writestr(name, text)
        archive.writestr("xl/worksheets/sheet1.xml", f"{SHEET}{cells}</sheetData></worksheet>")
    return packed.getvalue()


def row_of(number):
    amounts = [(number * STEP + i * 104729) % 1_000_000 + 1 for i in range(AMOUNTS - 1)]
    return [str(2010101 + number % 89), f"项目{number:05d}", *amounts, sum(amounts)]


def row_xml(number, row):
    text = lambda words: f'<c t="inlineStr"><is><t>{words}</t></is></c>'
    cells = "".join(f"<c><v>{cell}</v></c>" if isinstance(cell, int) else text(cell) for cell in row)
    return f'<row r="{number}">{cells}</row>'


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
SHEET = f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}"><sheetData>'
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KIND}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
    '<sheet name="支出总表" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
