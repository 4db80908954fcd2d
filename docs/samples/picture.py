"""Composes the README's picture: a page of a PDF above a worksheet of the workbook made from it.

    python3 docs/samples/picture.py FILE.pdf PAGE WORKBOOK.xlsx SHEET docs/img/page-to-workbook.png

Needs Python 3.10 with openpyxl and Pillow, LibreOffice, poppler's pdftoppm and the Noto CJK fonts.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.properties import PageSetupProperties
from PIL import Image, ImageChops, ImageDraw, ImageOps

WIDTH, GAP, MARGIN = 1400, 68, 24


def page_picture(pdf, page, folder):
    """A page as an image without its white margins, the page number at the foot left out."""
    stem = Path(folder) / f"page-{Path(pdf).stem}"
    span = ["-f", str(page), "-l", str(page)]
    subprocess.run(["pdftoppm", "-r", "160", "-png", "-singlefile", *span, str(pdf), str(stem)], check=True)
    image = Image.open(f"{stem}.png").convert("RGB")
    image = image.crop((0, 0, image.width, int(image.height * 0.9)))
    box = ImageChops.difference(image, Image.new("RGB", image.size, "white")).getbbox()
    return ImageOps.expand(image.crop(box), MARGIN, "white")


def sheet_picture(workbook, sheet, folder):
    """A worksheet as LibreOffice prints it, on one landscape page."""
    book = load_workbook(workbook)
    for other in [name for name in book.sheetnames if name != sheet]:
        del book[other]
    book[sheet].sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    book[sheet].page_setup.orientation = "landscape"
    book[sheet].oddHeader.center.text = book[sheet].oddFooter.center.text = ""
    source = Path(folder) / "sheet.xlsx"
    book.save(source)
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", folder, str(source)], check=True, stdout=subprocess.DEVNULL)
    return page_picture(source.with_suffix(".pdf"), 1, folder)


def compose(upper, lower):
    """Both at one width, one above the other with an arrow between them."""
    halves = [framed(image.resize((WIDTH, image.height * WIDTH // image.width), Image.LANCZOS)) for image in (upper, lower)]
    top, bottom = halves
    canvas = Image.new("RGB", (top.width, top.height + GAP + bottom.height), "white")
    canvas.paste(top, (0, 0))
    canvas.paste(bottom, (0, top.height + GAP))
    draw, x, y = ImageDraw.Draw(canvas), top.width // 2, top.height + 10
    draw.rectangle((x - 7, y, x + 7, y + 24), fill="#2f6db5")
    draw.polygon([(x - 24, y + 22), (x + 24, y + 22), (x, y + 48)], fill="#2f6db5")
    return canvas.quantize(64)


def framed(image):
    """The image with a thin grey frame."""
    return ImageOps.expand(image, 2, "#b8b8b8")


def main(pdf, page, workbook, sheet, target):
    """Writes the picture."""
    with tempfile.TemporaryDirectory() as folder:
        picture = compose(page_picture(pdf, int(page), folder), sheet_picture(workbook, sheet, folder))
    picture.save(target, optimize=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
