"""Makes the scanned sample from three pages of a sample disclosure: python3 docs/samples/scan.py

Needs Python 3.10 with pymupdf, Pillow and img2pdf. The pages are drawn at 200 dots per inch, turned by a little, printed
grainy and set to black and white, as an office scanner does. Not needed to build or to test the program.
"""

import io
import random
from pathlib import Path

import img2pdf
import pymupdf
from PIL import Image, ImageChops

HERE = Path(__file__).resolve().parent
SOURCE = HERE.parents[1] / "samples" / "三门峡市科学技术协会2024年部门预算.pdf"
TARGET = HERE / "scan" / "三门峡市科学技术协会2024年部门预算（扫描件）.pdf"
WANTED = ("部门收支总体情况表", "部门收入总体情况表", "部门支出总体情况表")
DOTS = 200
ANGLES = (0.6, -0.9, 0.3)


def scanned(page, angle, rng):
    """A page as a scanner hands it on: black and white, turned by an angle in degrees."""
    drawn = page.get_pixmap(dpi=DOTS, colorspace=pymupdf.csGRAY)
    picture = Image.frombytes("L", (drawn.width, drawn.height), drawn.samples)
    picture = picture.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    grain = Image.effect_noise(picture.size, 24 + rng.random())
    grainy = ImageChops.add(picture, grain, scale=1.0, offset=-128)
    return grainy.point(lambda value: 255 if value > 150 else 0).convert("1")


def encoded(picture):
    """The picture in the code of fax machines."""
    out = io.BytesIO()
    picture.save(out, "TIFF", compression="group4", dpi=(DOTS, DOTS))
    return out.getvalue()


def main():
    """Writes the sample."""
    rng = random.Random(1)
    pages = []
    for page in pymupdf.open(SOURCE):
        text = page.get_text().replace("\n", "").replace(" ", "")
        if len(pages) < len(ANGLES) and any(title in text for title in WANTED) and "目录" not in text[:200]:
            pages.append(encoded(scanned(page, ANGLES[len(pages)], rng)))
    TARGET.parent.mkdir(exist_ok=True)
    layout = img2pdf.get_fixed_dpi_layout_fun((DOTS, DOTS))
    TARGET.write_bytes(img2pdf.convert(pages, layout_fun=layout, nodate=True))
    print(f"{TARGET.name}: {len(pages)} pages, {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
