"""Input files for the soak: many small disclosures, copies of the samples with other bytes, damaged ones. The same
arguments make the same bytes. Standard library only."""

import io
import os
import random
import zipfile

TITLE = "部门支出总表"
LABELS = ["基本支出", "项目支出", "教育支出", "卫生健康支出", "住房保障支出"]
TEXT = "年月日第号部门支出总表单位：万元项目金额合计" + "".join(LABELS) + "某局乡镇街道0123456789"
CODES = {c: i + 1 for i, c in enumerate(dict.fromkeys(TEXT))}
BFCHAR = "\n".join(f"<{i:04X}> <{ord(c):04X}>" for c, i in CODES.items())
TO_UNICODE = f"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
{len(CODES)} beginbfchar
{BFCHAR}
endbfchar
endcmap CMapName currentdict /CMap defineresource pop end end"""


def shown(text):
    return "<" + "".join(f"{CODES[c]:04X}" for c in text) + ">"


def small_pdf(number):
    """One page with one ruled table, whose amounts follow from the number."""
    return pdf([small_page(number)])


def small_page(number):
    """What such a page draws."""
    year = 2015 + number % 10
    amounts = [(number * 37 + i * 101) % 900000 / 100 + 1 for i in range(len(LABELS))]
    rows = [("项目", "金额")] + [(l, f"{a:.2f}") for l, a in zip(LABELS, amounts)]
    rows.append(("合计", f"{sum(float(f'{a:.2f}') for a in amounts):.2f}"))
    top, step = 700, 20
    draw = ["0.5 w"]
    draw += [f"50 {top - i * step} m 450 {top - i * step} l S" for i in range(len(rows) + 1)]
    draw += [f"{x} {top} m {x} {top - len(rows) * step} l S" for x in (50, 250, 450)]

    def text(x, y, words):
        if words.isascii():
            return f"BT /F2 10 Tf {x} {y} Td ({words}) Tj ET"
        return f"BT /F1 10 Tf {x} {y} Td {shown(words)} Tj ET"

    draw.append(text(180, 760, f"{year}年第{number}号街道{TITLE}"))
    draw.append(text(380, 720, "单位：万元"))
    for i, (label, amount) in enumerate(rows):
        y = top - (i + 1) * step + 6
        draw += [text(55, y, label), text(380, y, amount)]
    return "\n".join(draw)


def pdf(pages):
    """A file of pages that draw this."""
    font = "/BaseFont /SimSun /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
    stream = lambda data: f"<< /Length {len(data)} >>\nstream\n{data}\nendstream"
    first = 8
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{' '.join(f'{first + 2 * i} 0 R' for i in range(len(pages)))}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /Identity-H /DescendantFonts [5 0 R]"
        " /ToUnicode 6 0 R >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Type /Font /Subtype /CIDFontType2 {font} /DW 1000 /FontDescriptor 7 0 R >>",
        stream(TO_UNICODE),
        "<< /Type /FontDescriptor /FontName /SimSun /Flags 4 /FontBBox [0 -200 1000 900] /Ascent 859 /Descent -141"
        " /StemV 80 /ItalicAngle 0 /CapHeight 700 >>",
    ]
    for i, content in enumerate(pages):
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {first + 2 * i + 1} 0 R"
            " /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>",
            stream(content),
        ]
    out, at = "%PDF-1.7\n", []
    for i, body in enumerate(objects):
        at.append(len(out))
        out += f"{i + 1} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in at)
    size = len(objects) + 1
    tail = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
    return (out + f"{tail}startxref\n{len(out)}\n%%EOF\n").encode("latin-1")


def other_bytes(name, data, number):
    """The same document in other bytes: a comment behind a PDF, the comment of a zip archive."""
    if name.endswith(".pdf"):
        return data + b"%%%d\n" % number
    if name.endswith(".xlsx"):
        copy = io.BytesIO(data)
        with zipfile.ZipFile(copy, "a") as archive:
            archive.comment = b"%d" % number
        return copy.getvalue()
    return data + b"\0" * (512 * (1 + number % 7)) + b"%d" % number


def damaged(data, number):
    """Cut off, or with flipped bits, or with a hole."""
    chance = random.Random(number)
    kind = number % 3
    if kind == 0:
        return data[: len(data) * chance.randrange(5, 95) // 100]
    copy = bytearray(data)
    if kind == 1:
        for _ in range(1 << chance.randrange(8)):
            copy[chance.randrange(len(copy))] ^= 1 << chance.randrange(8)
        return bytes(copy)
    at = chance.randrange(len(copy) - 300)
    copy[at : at + chance.randrange(16, 300)] = b""
    return bytes(copy)


def make(folder, count, samples, first=0):
    """Writes files number `first` to `first + count - 1`; 90 in 100 are small, 6 are samples' copies, 4 are damaged."""
    names = sorted(n for n in os.listdir(samples) if n.endswith((".pdf", ".xlsx", ".xls"))) if samples else []
    known = [(n, open(os.path.join(samples, n), "rb").read()) for n in names]
    for number in range(first, first + count):
        place = number % 100
        name, data = f"{number:06d}.pdf", small_pdf(number)
        if known and place >= 94:
            source, whole = known[(number + number // 100) % len(known)]
            name = f"{number:06d}{os.path.splitext(source)[1]}"
            data = other_bytes(source, whole, number)
        elif place >= 90:
            data = damaged(data, number)
        path = os.path.join(folder, f"{number // 500:04d}")
        os.makedirs(path, exist_ok=True)
        with open(os.path.join(path, name), "wb") as file:
            file.write(data)
