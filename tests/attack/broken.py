#!/usr/bin/env python3
"""broken.py [FILE...] --bin yusuan --out DIR [--count 40] [--seed 1] [--kind NAME...] [--models DIR]

Breaks sound files of every format that is no PDF and no Excel workbook (those have attack.py), converts the broken copies,
and judges: no copy may end the run, stop a worker or give fewer amounts than its sound twin without a word.

FILE…      sound files; without any, small ones that are made here (docx, odt, rtf, html, mhtml, csv, xml, ofd, jpg, png, tiff)
--count    so many broken copies of each file, by turns of the ways to break it
--kind     only these kinds (endings)

Ways: cut (the end is missing), bits (1, 8 or 64 bits turned over), zero (a block of noughts), drop (bytes missing), twice (bytes
written again), swap (two blocks exchanged), tail and head (bytes of something else behind and before), mark (one bracket, tag or
quote missing); of packages the same with the parts inside, before they are packed anew (inner-…), and a part missing (gone).
To these come made traps, the same in every run: endless nesting, bombs, spans, declared sizes, circles.

Verdicts: right · said (amounts are missing, and the document says so) · changed (as many amounts, of which some read otherwise:
letters of a text were turned over, nothing can tell) · refused (with a reason) · trap (it ended well) · SILENT · ESCAPE (a worker
died or was stopped). Results: DIR/broken.tsv. Exit status 1 for anything in capitals. Only the standard library is used."""
import argparse, base64, collections, csv, io, os, random, re, shutil, struct, subprocess, sys, zipfile, zlib

csv.field_size_limit(10 ** 9)
PACKAGES = {"docx", "odt", "ofd"}
TEXTS = {"rtf", "html", "mhtml", "csv", "xml"}
PICTURES = {"jpg", "jpeg", "png", "tiff", "tif"}
# What a worker says that did not end by itself (crates/cli/worker/death.rs).
DIED = re.compile("崩溃|内存超限|超时|系统内存不足|程序内部错误|无法启动工作进程")
BLOCK = 512


# ---------------------------------------------------------------------------------------------------- ways to break
def cut(data, rnd, turn):
    return data[:max(1, int(len(data) * rnd.uniform(0.02, 0.999)))]


def bits(data, rnd, turn):
    data = bytearray(data)
    for _ in range((1, 8, 64)[turn % 3]):
        data[rnd.randrange(len(data))] ^= 1 << rnd.randrange(8)
    return bytes(data)


def zero(data, rnd, turn):
    at = rnd.randrange(len(data))
    return data[:at] + bytes(min(BLOCK, len(data) - at)) + data[at + BLOCK:]


def drop(data, rnd, turn):
    at = rnd.randrange(len(data))
    return data[:at] + data[at + rnd.choice((1, 40, 2000)):]


def twice(data, rnd, turn):
    at, size = rnd.randrange(len(data)), rnd.choice((30, 700, 5000))
    return data[:at + size] + data[at:]


def swap(data, rnd, turn):
    if len(data) < 4 * BLOCK:
        return drop(data, rnd, turn)
    a, b = sorted(rnd.sample(range(len(data) // BLOCK), 2))
    blocks = [data[i:i + BLOCK] for i in range(0, len(data), BLOCK)]
    blocks[a], blocks[b] = blocks[b], blocks[a]
    return b"".join(blocks)


def tail(data, rnd, turn):
    return data + rnd.choice((b"\0" * 3000, b"<html>404</html>", data[:1000], bytes(rnd.randrange(256) for _ in range(900))))


def head(data, rnd, turn):
    return rnd.choice((b"\r\n\r\n", b"\xef\xbb\xbf", b"HTTP/1.1 200 OK\r\n\r\n", b"\0" * 16)) + data


def mark(data, rnd, turn):
    """One of the marks that hold a text together is missing."""
    found = list(re.finditer(rb"</?[A-Za-z:]+[^<>]{0,80}>|[{}]|\\[a-z]+-?\d* ?|\"|\r?\n", data))
    if not found:
        return drop(data, rnd, turn)
    gone = rnd.choice(found)
    return data[:gone.start()] + data[gone.end():]


PLAIN = [cut, bits, zero, drop, twice, swap, tail, head]


def inner(way):
    """Breaks one part of a package, mostly the largest, and packs it anew with sums that are right."""
    def broken(data, rnd, turn):
        parts = unpacked(data)
        names = sorted(parts, key=lambda name: -len(parts[name]))
        name = names[0] if rnd.random() < 0.7 else rnd.choice(names)
        parts[name] = way(parts[name], rnd, turn) if parts[name] else b"<"
        return packed(parts)
    broken.__name__ = "inner-" + way.__name__
    return broken


def gone(data, rnd, turn):
    parts = unpacked(data)
    del parts[sorted(parts)[turn % len(parts)]]
    return packed(parts)


def unpacked(data):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name), content, method)
    return out.getvalue()


def ways(kind):
    if kind in PACKAGES:
        return PLAIN + [inner(way) for way in (cut, bits, zero, drop, twice, mark)] + [gone]
    return PLAIN + ([mark, mark] if kind in TEXTS else [])


# ------------------------------------------------------------------------------------------------------- sound files
TITLE, UNIT = "某局2024年收支预算总表", "单位：万元"
ITEMS = ["一般公共服务支出", "公共安全支出", "教育支出", "科学技术支出", "社会保障和就业支出", "卫生健康支出", "节能环保支出", "城乡社区支出", "农林水支出", "住房保障支出"]


def rows():
    rows = [("项目", "预算数", "上年预算数")]
    for n, item in enumerate(ITEMS):
        rows.append((item, f"{(n + 3) * 137.25:,.2f}", f"{(n + 2) * 141.5:,.2f}"))
    total = [sum((n + 3) * 137.25 for n in range(10)), sum((n + 2) * 141.5 for n in range(10))]
    return rows + [("支出合计", f"{total[0]:,.2f}", f"{total[1]:,.2f}")]


def docx(body):
    return packed({
        "[Content_Types].xml": b"<Types/>",
        "word/document.xml": f"<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>".encode(),
    })


def sound_docx():
    p = lambda text: f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
    table = "".join("<w:tr>" + "".join(f"<w:tc>{p(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in rows())
    return docx(p(TITLE) + p(UNIT) + f"<w:tbl>{table}</w:tbl>" + p("以上各项均已公开。"))


def odt(body):
    return packed({
        "mimetype": b"application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content xmlns:office='o' xmlns:text='t' xmlns:table='b'><office:body><office:text>{body}</office:text></office:body></office:document-content>".encode(),
    }, zipfile.ZIP_STORED)


def sound_odt():
    p = lambda text: f"<text:p>{text}</text:p>"
    line = lambda row: "<table:table-row>" + "".join(f"<table:table-cell>{p(c)}</table:table-cell>" for c in row) + "</table:table-row>"
    return odt(p(TITLE) + p(UNIT) + f"<table:table>{''.join(map(line, rows()))}</table:table>")


def sound_rtf():
    code = lambda text: "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in text)
    line = lambda row: "\\trowd\\cellx3000\\cellx6000\\cellx9000" + "".join(f"\\pard\\intbl {code(c)}\\cell" for c in row) + "\\row\n"
    return ("{\\rtf1\\ansi\\uc1 " + code(TITLE) + "\\par " + code(UNIT) + "\\par\n" + "".join(map(line, rows())) + "\\pard\\par}").encode()


def page(body):
    return f"<!doctype html><html><head><meta charset='utf-8'><title>{TITLE}</title></head><body>{body}</body></html>\n".encode()


def sound_html():
    table = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>\n" for row in rows())
    return page(f"<h1>{TITLE}</h1><p>{UNIT}</p><table>{table}</table><p>以上各项均已公开。</p>")


def sound_mhtml():
    body = base64.encodebytes(sound_html()).replace(b"\n", b"\r\n")
    head = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="=_b"\r\n\r\n--=_b\r\nContent-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    return head + body + b"\r\n--=_b--\r\n"


def sound_csv():
    out = io.StringIO()
    csv.writer(out).writerows([[TITLE, "", ""], ["", "", UNIT], *rows()])
    return out.getvalue().encode("utf-8-sig")


def sound_xml():
    cell = lambda text: f"<Cell><Data ss:Type='String'>{text}</Data></Cell>"
    line = lambda row: f"<Row>{''.join(map(cell, row))}</Row>\n"
    lines = "".join(map(line, [(TITLE, "", ""), ("", "", UNIT), *rows()]))
    return ("<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet' xmlns:ss='urn:schemas-microsoft-com:office:spreadsheet'>"
            f"<Worksheet ss:Name='表'><Table>\n{lines}</Table></Worksheet></Workbook>").encode()


def ofd(content, more=None, pages=1):
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    whole = lambda name, inside: f"<?xml version='1.0' encoding='UTF-8'?><ofd:{name} {space}>{inside}</ofd:{name}>".encode()
    listed = "".join(f'<ofd:Page ID="{n + 1}" BaseLoc="P/{n}.xml"/>' for n in range(pages))
    parts = {
        "OFD.xml": whole("OFD", "<ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>D/Document.xml</ofd:DocRoot></ofd:DocBody>"),
        "D/Document.xml": whole("Document", "<ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
                                "<ofd:PublicRes>R.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages>" + listed + "</ofd:Pages>"),
        "D/R.xml": whole("Res", '<ofd:Fonts><ofd:Font ID="3" FontName="宋体"/></ofd:Fonts>'),
    }
    for n in range(pages):
        parts[f"D/P/{n}.xml"] = whole("Page", f'<ofd:Content><ofd:Layer ID="2">{content}</ofd:Layer></ofd:Content>')
    return packed(parts | (more or {}))


def sound_ofd():
    left, top, high, wide = 20, 50, 8, 55
    ids = iter(range(100, 9999))
    width = lambda c: 1.8 if c.isascii() else 3.6

    def text(x, y, words):
        steps = " ".join(f"{width(c):g}" for c in words[:-1])
        return (f'<ofd:TextObject ID="{next(ids)}" Boundary="{x:g} {y:g} {sum(map(width, words)):g} 5" Font="3" Size="3.6">'
                f'<ofd:TextCode X="0" Y="3.5" DeltaX="{steps}">{words}</ofd:TextCode></ofd:TextObject>')

    def line(x, y, across, down):
        return (f'<ofd:PathObject ID="{next(ids)}" Boundary="{x} {y} {across or 0.3} {down or 0.3}" LineWidth="0.3">'
                f"<ofd:AbbreviatedData>M 0 0 L {across} {down}</ofd:AbbreviatedData></ofd:PathObject>")
    lines = "".join(line(left, top + high * n, 3 * wide, 0) for n in range(len(rows()) + 1))
    lines += "".join(line(left + wide * n, top, 0, high * len(rows())) for n in range(4))
    words = text(70, 30, TITLE) + text(150, 42, UNIT)
    for n, row in enumerate(rows()):
        words += "".join(text(left + wide * m + 2, top + high * n + 1.5, cell) for m, cell in enumerate(row))
    return ofd(lines + words)


def grey_page():
    """A page of paper with dark bars where lines of text stand."""
    wide, high = 620, 877
    line = lambda y: bytes(40 if 60 < x < 560 and y // 12 % 3 == 1 and (x * 7 + y * 3) % 11 > 3 else 250 for x in range(wide))
    return wide, high, [line(y) for y in range(high)]


def png(wide, high, lines):
    chunk = lambda name, data: struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    content = zlib.compress(b"".join(b"\0" + line for line in lines))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)) + chunk(b"IDAT", content) + chunk(b"IEND", b"")


def tiff(wide, high, lines, next_directory=0):
    content = b"".join(lines)
    entries = [(256, 4, wide), (257, 4, high), (258, 3, 8), (259, 3, 1), (262, 3, 1), (273, 4, 8 + 2 + 9 * 12 + 4), (277, 3, 1), (278, 4, high), (279, 4, len(content))]
    entry = lambda tag, kind, value: struct.pack("<HHI", tag, kind, 1) + (struct.pack("<HH", value, 0) if kind == 3 else struct.pack("<I", value))
    return b"II*\0" + struct.pack("<IH", 8, len(entries)) + b"".join(entry(*e) for e in entries) + struct.pack("<I", next_directory) + content


def sound():
    made = dict(docx=sound_docx, odt=sound_odt, rtf=sound_rtf, html=sound_html, mhtml=sound_mhtml, csv=sound_csv, xml=sound_xml, ofd=sound_ofd)
    files = {f"made.{kind}": make() for kind, make in made.items()}
    return files | {"made.png": png(*grey_page()), "made.tiff": tiff(*grey_page())}


# ------------------------------------------------------------------------------------------------------------- traps
def bomb(name, begin, filling, megabytes, end, more):
    """A package whose part unpacks to so many megabytes."""
    parts = dict(more)
    parts[name] = begin + filling * ((megabytes << 20) // len(filling)) + end
    return packed(parts)


def traps():
    types = {"[Content_Types].xml": b"<Types/>"}
    mime = {"mimetype": b"application/vnd.oasis.opendocument.text"}
    w, cell = b"<w:document xmlns:w='w'><w:body>", "<w:tbl><w:tr><w:tc>"
    t = {}
    for deep in (30, 200, 3000, 100_000):
        t[f"nested-tables-{deep}.docx"] = docx(cell * deep + "<w:p><w:r><w:t>1.5</w:t></w:r></w:p>" + "</w:tc></w:tr></w:tbl>" * deep)
        t[f"nested-runs-{deep}.docx"] = docx("<w:p>" + "<w:ins>" * deep + "<w:r><w:t>1.5</w:t></w:r>" + "</w:ins>" * deep + "</w:p>")
        t[f"nested-tables-{deep}.odt"] = odt("<table:table><table:table-row><table:table-cell>" * deep + "<text:p>1.5</text:p>" + "</table:table-cell></table:table-row></table:table>" * deep)
        t[f"nested-tables-{deep}.html"] = page("<table><tr><td>" * deep + "1.50<td>2.50" + "</table>" * deep)
        t[f"nested-fonts-{deep}.html"] = page("<font><b><i>" * deep + "1.50")
        t[f"nested-groups-{deep}.rtf"] = b"{\\rtf1 " + b"{\\b " * deep + b"1.50" + b"}" * deep + b"}"
        t[f"nested-rows-{deep}.rtf"] = b"{\\rtf1 " + b"".join(b"\\pard\\intbl\\itap%d 1.50\\nestcell" % n for n in range(1, min(deep, 5000))) + b"\\par}"
        t[f"nested-blocks-{deep}.ofd"] = ofd('<ofd:PageBlock ID="7">' * deep + "</ofd:PageBlock>" * deep)
    t["bomb.docx"] = bomb("word/document.xml", w, b"<w:p/>", 600, b"</w:body></w:document>", types)
    t["bomb-text.docx"] = bomb("word/document.xml", w + b"<w:p><w:r><w:t>", b"1234.50 ", 300, b"</w:t></w:r></w:p></w:body></w:document>", types)
    t["bomb.odt"] = bomb("content.xml", b"<o:d xmlns:o='o'>", b"<o:p/>", 600, b"</o:d>", mime)
    t["bomb-repeats.odt"] = odt("<table:table>" + "<table:table-row table:number-rows-repeated='1000000'><table:table-cell table:number-columns-repeated='1000000'><text:p>1</text:p></table:table-cell></table:table-row>" * 40 + "</table:table>")
    t["bomb-blanks.odt"] = odt("<text:p>" + "<text:s text:c='2000000000'/>" * 3000 + "</text:p>")
    for count, span in ((300, 65_534), (20_000, 1000)):
        t[f"spans-{span}.html"] = page("<table>" + f"<tr><td rowspan={span} colspan=1000>1.50<td>2.50" * count + "</table>")
        t[f"spans-{span}.docx"] = docx("<w:tbl>" + f"<w:tr><w:trPr><w:gridBefore w:val='{span}'/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val='{span}'/></w:tcPr><w:p/></w:tc></w:tr>" * count + "</w:tbl>")
    t["entities.docx"] = packed(types | {"word/document.xml": b"<!DOCTYPE a [<!ENTITY a '" + b"x" * 1000 + b"'>" + b"".join(b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 50) for n in range(6)) + b"]>" + w + b"<w:p><w:r><w:t>&g;</w:t></w:r></w:p></w:body></w:document>"})
    t["attributes.html"] = page("<table><tr><td " + " ".join(f"a{n}=1" for n in range(200_000)) + ">1.50<td>2.50</table>")
    t["many-cells.html"] = page("<table>" + "<tr>" + "<td>1" * 3000 * 300 + "</table>")
    t["open-tables.html"] = page("<table>" * 9000 + "<tr><td>1.50<td>2.50")
    t["bin.rtf"] = b"{\\rtf1 \\bin2000000000 1.50\\par \\bin-7 x\\u-99999999999999999999 ?}"
    t["cellx.rtf"] = b"{\\rtf1 \\trowd" + b"".join(b"\\cellx%d" % (n * 7 - 2 ** 31) for n in range(5000)) + b"\\pard\\intbl" + b" 1\\cell" * 5000 + b"\\row}"
    t["wide.csv"] = b",".join([b"1.5"] * 300_000) + b"\n" + b"2.5,3\n" * 100
    t["long.csv"] = b"1.5,2\n" * 1_500_000
    t["quote.csv"] = b'a,"' + b"1.5,2\n" * 300_000
    t["boundaries.mhtml"] = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n' + b"--b\r\nContent-Type: text/html\r\n\r\n<table><tr><td>1\r\n" * 50_000
    t["nested-parts.mhtml"] = b"MIME-Version: 1.0\r\n" + b"".join(b'Content-Type: multipart/related; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(2000)) + b"Content-Type: text/html\r\n\r\n<p>1"
    repeat = lambda n: f'<ofd:TextObject ID="9" Boundary="1 1 9 9" Font="3" Size="3"><ofd:TextCode X="0" Y="1" DeltaX="g {n} 1">1</ofd:TextCode></ofd:TextObject>'
    t["steps.ofd"] = ofd(repeat(2_000_000_000) * 2000)
    t["paths.ofd"] = ofd('<ofd:PathObject ID="9" Boundary="0 0 200 200"><ofd:AbbreviatedData>' + "M 0 0 L 9 9 " * 1_500_000 + "</ofd:AbbreviatedData></ofd:PathObject>")
    t["pages.ofd"] = ofd("", pages=6000)
    inside = {"D/R.xml": b'<ofd:Res xmlns:ofd="o"><ofd:CompositeGraphicUnits>' + b"".join(
        b'<ofd:CompositeGraphicUnit ID="%d" Width="9" Height="9"><ofd:Content>%s</ofd:Content></ofd:CompositeGraphicUnit>'
        % (n, b'<ofd:CompositeObject ID="1" ResourceID="%d"/>' % (n + 1) * 10) for n in range(20, 60)) + b"</ofd:CompositeGraphicUnits></ofd:Res>"}
    t["composites.ofd"] = ofd('<ofd:CompositeObject ID="1" ResourceID="20"/>', inside)
    t["huge.png"] = png(2_000_000_000, 2_000_000_000, [b"\0" * 100])
    t["large.png"] = png(30_000, 30_000, [b"\0" * 30_000 for _ in range(30_000)])
    t["circle.tiff"] = tiff(*grey_page(), next_directory=8)
    t["huge.tiff"] = tiff(2_000_000_000, 2_000_000_000, [b"\0" * 1000])
    t["huge.jpg"] = b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xc0\0\x0b\x08\xff\xff\xff\xff\1\1\x11\0\xff\xda\0\x08\1\1\0\0\x3f\0" + b"\x55" * 5000 + b"\xff\xd9"
    return t


# ------------------------------------------------------------------------------------------------------------- judge
def convert(binary, folder, out, models):
    shutil.rmtree(out, ignore_errors=True)
    # Time is counted on the processor: the machine may be busy with other things.
    command = [binary, "convert", folder, "-o", out, "-f", "csv", "-q", "--worker-timeout", "1200"]
    environment = dict(os.environ, YUSUAN_MODELS=models or "/nonexistent", LC_ALL="C.UTF-8")
    run = subprocess.run(command, capture_output=True, env=environment)
    if run.returncode not in (0, 1, 2, 3) or b"panicked" in run.stderr:
        print(f"ESCAPE: the run over {folder} ended with {run.returncode}: {run.stderr[-300:].decode(errors='replace')}")
        sys.exit(1)
    read = lambda name: list(csv.DictReader(open(os.path.join(out, name), encoding="utf-8-sig"))) if os.path.exists(os.path.join(out, name)) else []
    amounts, flags, failed = collections.defaultdict(list), collections.Counter(), collections.Counter()
    for fact in read("facts.csv"):
        amounts[fact["source"]].append((fact["row_label"], fact["value"]))
        flags[fact["source"]] += bool(fact["flags"])
    # What goals measure counts as well.
    for goal in read("indicators.csv"):
        amounts[goal["source"]].append((goal["level3"], goal["target"]))
    doubts = collections.Counter()
    for table in read("tables.csv"):
        doubts[table["source"]] += len([doubt for doubt in table["doubts"].split(";") if doubt])
    for check in read("checks.csv"):
        failed[check["source"]] += check["status"] == "failed"
    return {d["source"]: dict(d, amounts=amounts[d["source"]], doubtful=flags[d["source"]], failed=failed[d["source"]], doubts=doubts[d["source"]]) for d in read("documents.csv")}


def said(broken, whole):
    """What a document says that its sound twin doesn't."""
    if broken["status"] in ("partial", "failed") and whole["status"] == "ok" or broken["status"] == "failed":
        return broken["error"][:90]
    news = [flag for flag in broken["flags"].split(";") if flag and flag not in whole["flags"].split(";")]
    if news:
        return "; ".join(news)[:90]
    for name in ("doubtful", "failed", "doubts"):
        if broken[name] > whole[name]:
            return name
    if int(broken["figures_unread"] or 0) > int(whole["figures_unread"] or 0):
        return "figures unread"
    if broken["error"] != whole["error"]:
        return broken["error"][:90]
    return ""


def verdict(broken, whole):
    if DIED.search(broken["error"]):
        return "ESCAPE", broken["error"][:120]
    if broken["status"] == "duplicate":
        return "right", "as another copy"
    if broken["status"] == "unsupported":
        return "refused", broken["error"][:90]
    values = lambda document: collections.Counter(value for _, value in document["amounts"])
    lost, new = values(whole) - values(broken), values(broken) - values(whole)
    if not lost and not new:
        return "right", ""
    word = said(broken, whole)
    if word:
        return "said", word
    note = f"{sum(lost.values())} of {len(whole['amounts'])} lost, {sum(new.values())} new"
    return ("changed" if sum(lost.values()) <= sum(new.values()) else "SILENT"), note


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*")
    parser.add_argument("--bin", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", nargs="*")
    parser.add_argument("--models")
    parser.add_argument("--no-traps", action="store_true")
    a = parser.parse_args()
    files = {os.path.basename(path): open(path, "rb").read() for path in a.files} or sound()
    ending = lambda name: name.rsplit(".", 1)[1].lower()
    files = {name: data for name, data in files.items() if not a.kind or ending(name) in a.kind}
    shutil.rmtree(a.out, ignore_errors=True)
    results = []
    for name, data in files.items():
        kind = ending(name)
        folder = os.path.join(a.out, "in-" + name)
        os.makedirs(folder)
        rnd = random.Random(f"{a.seed} {name}")
        os.makedirs(folder + "-whole")
        open(os.path.join(folder + "-whole", "whole." + kind), "wb").write(data)
        made = {}
        for turn in range(a.count):
            way = ways(kind)[turn % len(ways(kind))]
            made[f"{turn:04}-{way.__name__}.{kind}"] = way(data, rnd, turn // len(ways(kind)))
        for copy, broken in made.items():
            open(os.path.join(folder, copy), "wb").write(broken)
        documents = convert(a.bin, folder, os.path.join(a.out, "out-" + name), a.models)
        whole = convert(a.bin, folder + "-whole", os.path.join(a.out, "out-whole-" + name), a.models)["whole." + kind]
        for copy in made:
            if copy not in documents:
                results.append((name, copy, "SILENT" if made[copy] else "right", "not listed"))
                continue
            results.append((name, copy, *verdict(documents[copy], whole)))
        mine = collections.Counter(v for n, _, v, _ in results if n == name)
        print(f"{name}: {len(whole['amounts'])} amounts; " + ", ".join(f"{k} {v}" for k, v in sorted(mine.items())), flush=True)
    if not a.no_traps:
        folder = os.path.join(a.out, "in-traps")
        os.makedirs(folder)
        made = {trap: data for trap, data in traps().items() if not a.kind or ending(trap) in a.kind}
        for trap, data in made.items():
            open(os.path.join(folder, trap), "wb").write(data)
        documents = convert(a.bin, folder, os.path.join(a.out, "out-traps"), a.models)
        for trap in made:
            document = documents.get(trap)
            died = document is None or DIED.search(document["error"])
            results.append(("traps", trap, "ESCAPE" if died else "trap", document["error"][:120] if document else "not listed"))
        print(f"traps: {len(made)}")
    with open(os.path.join(a.out, "broken.tsv"), "w") as table:
        table.writelines("\t".join(map(str, row)).replace("\n", " ") + "\n" for row in results)
    bad = [row for row in results if row[2].isupper()]
    for row in bad:
        print("\t".join(row))
    print(", ".join(f"{k} {v}" for k, v in sorted(collections.Counter(r[2] for r in results).items())))
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
