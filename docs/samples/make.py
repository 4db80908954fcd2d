"""Makes the sample disclosures from their content: python3 docs/samples/make.py [NAME ...]

Needs Python 3.10 with python-docx, openpyxl and typst; LibreOffice and Chromium on the path; the Noto CJK fonts.
Not needed to build or to test the program: the results are kept in samples/.
"""

import sys
from pathlib import Path

import content
import writer_docx
import writer_html
import writer_sheets
import writer_typst

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
RECIPES = {
    "sanmenxia": ("三门峡市科学技术协会2024年部门预算.pdf", writer_docx.write),
    "yubei": ("重庆市渝北区科学技术协会2024年部门预算.pdf", writer_html.write),
    "liupanshui": ("六盘水市科学技术协会2024年预算绩效目标表.pdf", writer_typst.write),
    "jiaozuo": ("焦作市科学技术协会2023年部门预算.xlsx", writer_sheets.write_xlsx),
    "liangshan": ("凉山州科学技术协会2024年部门预算.xls", writer_sheets.write_xls),
}


def main(names):
    """Makes the named samples, all without names."""
    for name in names or RECIPES:
        file, write = RECIPES[name]
        write(content.load(name), SAMPLES / file)
        print(f"{file}: {(SAMPLES / file).stat().st_size:,} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
