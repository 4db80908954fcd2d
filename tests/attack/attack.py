#!/usr/bin/env python3
"""attack.py FOLDER... --bin yusuan --out DIR [--sheets FOLDER...] [--seed 1] [--count 200] [--kind NAME...] [--strict] [--judge-only]

Changes real disclosures by one thing each (a ruling line taken out, a white box with a new figure, a damaged page, a cell
formatted as a date …), converts the originals and the changed copies, and judges what became of the amounts. It knows the
program only by its command line and by facts.csv, checks.csv and documents.csv; the program's own facts of the unchanged
file are taken as what is printed, so only the effect of the change is judged.

FOLDER…          PDFs and .xlsx to change (searched one level deep);  --sheets FOLDER…: take only the .xlsx of these
--kind NAME…     only these kinds (part of a name is enough); --list shows all
--judge-only     DIR holds a finished attack: convert its files again (another binary) and judge, change nothing anew
--jobs N         handed on to the program

Each kind says, for a person who looks at the changed page, which amounts are there. Three states of a touched amount:
  need    is there: its value must be a fact, or its absence is said
  gone    is not there (covered, white, struck …): no fact may hold it without a flag
  unread  is there but is no plain amount any more (约83.17, $83.17): must not be a fact without a flag, and that it is missing must be said
All other facts of the document are `need`. PDFs are rendered before and after: the change must be where it belongs and
nowhere else (or invisible, where only the inner text changes), else it is skipped.

Verdicts: right · said (wrong or missing, and it is said: a flag on the fact, a new flag in its row, a new failed check at the
figure, or the document partial/failed with a reason that the original didn't have) · meaning (amounts right, but label, column,
code, unit or type of an untouched fact changed without a flag) · alarm (a control, right, but the document is no longer ok) · SILENT (wrong or missing amount, nothing said) · skipped.
`bare` in the note: a wrong amount without a flag of its own, excused only by its row or the document; --strict counts these and
`meaning` as SILENT. Results: DIR/attack.tsv, DIR/original, DIR/changed. Exit status 1 if anything is SILENT."""
import argparse, collections, csv, io, json, math, os, random, re, shutil, subprocess, sys, tempfile, warnings, zipfile
from decimal import Decimal
warnings.filterwarnings("ignore")
import fitz, pikepdf
from lxml import etree
from PIL import Image, ImageChops

csv.field_size_limit(10 ** 9)
FIGURE = re.compile(r"^-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?$")
NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
M = "{%s}" % NS["m"]
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
NO_DOUBT = {"rounded"}          # flags that say nothing against an amount
CHINESE = "china-s"             # a font that every viewer substitutes; nothing is embedded
LINE = 2.5                      # pt: a filled rectangle thinner than this is a ruling line
SLACK = 4                       # pt: how far the picture may differ beside the place of the change


class Skip(Exception):
    """this change cannot be made here; the text says why"""


# ---------------------------------------------------------------------------------------------- what a change hands on
class Change:
    """One change: the new file's bytes and what a person sees after it."""
    def __init__(self, data, text, target=None, need=(), gone=(), unread=(), may=(), anypage=False, labels=True, rule="amounts", swap=None, picture=None):
        self.data, self.text, self.target = data, text, target
        self.need = list(need)        # [(page, value)] new amounts beside the untouched ones
        self.gone = list(gone)        # facts of the original that are not to be seen any more
        self.unread = list(unread)    # facts that are no plain amounts any more
        self.may = list(may)          # values that may appear, or not
        self.anypage = anypage        # pages may be numbered otherwise
        self.labels = labels          # labels, columns and codes of the others must stay
        self.rule = rule              # amounts | sums (only sums can tell) | must_say
        self.swap = swap              # (old, new) digit of every figure, for rule `sums`
        self.picture = picture        # (page index, fitz.Rect as displayed | None for "nothing to be seen"), or None: not compared

    def record(self):
        """what the judge needs, as plain values"""
        key = lambda f: f["_id"]
        return dict(text=self.text, target=self.target and key(self.target), need=[(p, str(v)) for p, v in self.need], gone=[key(f) for f in self.gone],
                    unread=[key(f) for f in self.unread], may=[str(v) for v in self.may], anypage=self.anypage, labels=self.labels, rule=self.rule, swap=self.swap)


def number(text):
    return Decimal(text.replace(",", ""))


def like(text, rnd):
    """another figure of the same form: one digit other, the first stays no zero"""
    spots = [i for i, c in enumerate(text) if c.isdigit()]
    i = rnd.choice(spots[:2])
    return text[:i] + rnd.choice([d for d in "123456789" if d != text[i]]) + text[i + 1:]


def scaled(fact, text):
    """the value in yuan of another figure in the fact's unit"""
    return Decimal(fact["value"]) / number(fact["value_text"]) * number(text)


# ------------------------------------------------------------------------------------------------------ a PDF's page
class Page:
    """A page open for change. All rectangles are as displayed; `raw` gives the coordinates that fitz draws in."""
    def __init__(self, doc, index):
        self.doc, self.index, self.page = doc, index, doc[index]
        self.back = self.page.derotation_matrix
        self._words = self._lines = self.own = None

    def raw(self, rect):
        return (fitz.Rect(rect) * self.back).normalize()

    def words(self):
        if self._words is None:
            m = self.page.rotation_matrix
            self._words = [((fitz.Rect(w[:4]) * m).normalize(), w[4]) for w in self.page.get_text("words")]
        return self._words

    def lines(self):
        """(uprights, levels): thin boxes of what is drawn as ruling lines"""
        if self._lines is None:
            up, level, m = [], [], self.page.rotation_matrix
            for d in self.page.get_drawings():
                for it in d["items"]:
                    r = fitz.Rect(it[1], it[2]) if it[0] == "l" else fitz.Rect(it[1]) if it[0] == "re" else None
                    if r is None: continue
                    r = (r * m).normalize()
                    if r.width < LINE < r.height: up.append(r)
                    if r.height < LINE < r.width: level.append(r)
            self._lines = up, level
        return self._lines

    def figure(self, fact):
        """the box of the fact's figure; it must be printed there alone, level, and readable"""
        box = fitz.Rect(*(float(fact[k]) for k in ("x0", "y0", "x1", "y1")))
        found = [r for r, t in self.words() if t.strip() == fact["value_text"] and abs(r.x0 - box.x0) < 3 and abs(r.y0 + r.y1 - box.y0 - box.y1) < 8]
        if len(found) != 1: raise Skip("figure not found as one word")
        if not level_text(self, found[0]): raise Skip("figure stands upright")
        self.own, base, s = found[0], self.base(found[0]), self.size(found[0])
        return fitz.Rect(self.own.x0, base - s * .8, self.own.x1, base + s * .2)      # some fonts say boxes two rows high

    def span(self, rect):
        """the text there that begins nearest to the box's left edge"""
        m, mid = self.page.rotation_matrix, (rect.y0 + rect.y1) / 2
        spans = [s for b in self.page.get_text("dict", clip=self.raw(rect))["blocks"] for l in b.get("lines", ()) for s in l["spans"] if s["text"].strip()]
        far = lambda s: abs((fitz.Point(s["origin"]) * m).x - rect.x0) + abs((fitz.Rect(s["bbox"]) * m).normalize().y0 - rect.y0)
        if not spans: raise Skip("no text there")
        return min(spans, key=far)

    def size(self, rect): return self.span(rect)["size"]

    def base(self, rect):
        """the height of the text's base line"""
        return (fitz.Point(self.span(rect)["origin"]) * self.page.rotation_matrix).y

    def room(self, rect):
        """white left and right of a box, up to the next word, line or page edge"""
        left, right = rect.x0, self.page.rect.width - rect.x1
        for r in [r for r, _ in self.words()] + self.lines()[0]:
            if r.y1 < rect.y0 + 1 or r.y0 > rect.y1 - 1: continue
            if r.x1 <= rect.x0 + .5: left = min(left, rect.x0 - r.x1)
            elif r.x0 >= rect.x1 - .5: right = min(right, r.x0 - rect.x1)
        return max(0, left), max(0, right)

    def free(self, rect, but=None):
        """whether no word stands in the box, the figure itself (`but`) left aside"""
        return not any(r.intersects(rect) for r, _ in self.words() if but is None or r != self.own)

    def erase(self, *rects):
        """takes the text in the boxes out of the page, drawings and pictures stay"""
        for r in rects:
            mid = fitz.Rect(r.x0 + .3, r.y0 + r.height * .4, r.x1 - .3, r.y1 - r.height * .4)
            self.page.add_redact_annot(self.raw(mid), fill=False, cross_out=False)
        was = collections.Counter(t for _, t in self.words())
        self.page.apply_redactions(images=0, graphics=0, text=0)
        self.page, self._words = self.doc[self.index], None
        if sum((was - collections.Counter(t for _, t in self.words())).values()) != len(rects): raise Skip("erasing takes other words too")

    def write(self, x, y, text, size, font="helv", **kw):
        """sets text with its base line beginning at (x, y) as displayed"""
        self.page.insert_text(fitz.Point(x, y) * self.back, text, fontsize=size, fontname=font, rotate=self.page.rotation, **kw)

    def box(self, rect, fill):
        self.page.draw_rect(self.raw(rect), color=None, fill=fill, width=0)

    def bytes(self):
        return self.doc.tobytes(garbage=0, deflate=True)


def level_text(p, rect):
    for b in p.page.get_text("dict", clip=p.raw(rect))["blocks"]:
        for l in b.get("lines", ()):
            if any(s["text"].strip() for s in l["spans"]):
                d = fitz.Point(l["dir"]) * fitz.Matrix(p.page.rotation_matrix.a, p.page.rotation_matrix.b, p.page.rotation_matrix.c, p.page.rotation_matrix.d, 0, 0)
                return abs(d.y) < .1 and d.x > 0
    return False


def width(text, size):
    return fitz.get_text_length(text, fontname="helv", fontsize=size)


class Pdf:
    """One original PDF and its facts."""
    form = "pdf"

    def __init__(self, path, name, facts):
        self.path, self.name, self.facts = path, name, facts
        self.by_page = collections.defaultdict(list)
        for f in facts:
            if f["page"] and f["value"]: self.by_page[int(f["page"])].append(f)

    def pick(self, rnd, fits=lambda f: True):
        """a page open for change, a fact on it and the box of its figure"""
        some = [f for f in self.facts if f["page"] and f["value"] and not f["flags"] and FIGURE.match(f["value_text"]) and len(f["value_text"]) > 2
                and number(f["value_text"]) and fits(f)]
        if not some: raise Skip("no fitting fact")
        doc = fitz.open(self.path)
        pages = sorted({f["page"] for f in some}, key=int)
        page = rnd.choice(pages)                      # pages first, so that long tables don't take all
        here = [f for f in some if f["page"] == page]
        p, why = Page(doc, int(page) - 1), None
        for f in rnd.sample(here, min(len(here), 12)):
            try: return p, f, p.figure(f)
            except Skip as e: why = e
        raise why

    def page_with_facts(self, rnd, least=5):
        pages = [n for n, fs in self.by_page.items() if len(fs) >= least]
        if not pages: raise Skip("no page with facts")
        return rnd.choice(sorted(pages))


# ------------------------------------------------------------------------------------------- kinds: figures on a page
def control_resaved(d, rnd):
    with pikepdf.open(d.path) as pdf:
        out = io.BytesIO(); pdf.save(out)
    return Change(out.getvalue(), "only saved anew", picture=(0, None))


def control_set_anew(d, rnd):
    p, f, r = d.pick(rnd)
    s = p.size(r); p.erase(r); p.write(r.x1 - width(f["value_text"], s), r.y1 - s * .2, f["value_text"], s)
    return Change(p.bytes(), f["value_text"] + " set anew in Helvetica", f, picture=(p.index, grown(r, 8)))


def control_incremental(d, rnd):
    data = open(d.path, "rb").read()
    if not fitz.open("pdf", data).can_save_incrementally(): raise Skip("the file was repaired on opening")
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "x.pdf"); open(out, "wb").write(data)
        again = fitz.open(out); again.set_metadata({**again.metadata, "subject": "saved again"}); again.saveIncr(); again.close()
        return Change(open(out, "rb").read(), "metadata changed by an incremental update (a second %%EOF)", picture=(0, None))


def corner_note(d, rnd):
    p, f, r = d.pick(rnd); text = rnd.choice(["A", "附件2", "- 8 -", "第3页"]); y = rnd.choice([14, p.page.rect.height - 10])
    if not p.free(fitz.Rect(10, y - 12, 80, y + 6)): raise Skip("corner is not empty")
    p.write(20, y, text, 7, CHINESE, color=(.5, .5, .5))
    return Change(p.bytes(), f"{text} in small grey letters in a corner of page {p.index + 1}", f, picture=(p.index, fitz.Rect(8, y - 14, 90, y + 8)))


def box_beneath(d, rnd):
    p, f, r = d.pick(rnd); b = p.raw(cover(p, r)); colour = rnd.choice([(1, 1, 1), (.9, .9, .9), (1, 1, .6)])
    p.page.draw_rect(b, color=None, fill=colour, width=0, overlay=False)
    return Change(p.bytes(), f"a box {colour} beneath {f['value_text']}, which stays on top", f, picture=None if colour == (1, 1, 1) else (p.index, grown(r)))


def highlighted(d, rnd):
    p, f, r = d.pick(rnd); b = p.raw(cover(p, r))
    if rnd.random() < .5: p.page.draw_rect(b, color=None, fill=(1, 1, 0), width=0, fill_opacity=.4); how = "a see-through yellow box"
    else: p.page.add_highlight_annot(b); how = "a highlight note"
    return Change(p.bytes(), f"{how} over {f['value_text']}", f, picture=(p.index, grown(r, 4)))


def underlined(d, rnd):
    p, f, r = d.pick(rnd); s = p.size(r)
    for y in (r.y1 + .2, r.y1 + 1.4)[:rnd.choice([1, 2])]:
        p.page.draw_line(fitz.Point(r.x0, y) * p.back, fitz.Point(r.x1, y) * p.back, color=(0, 0, 0), width=.5)
    return Change(p.bytes(), f"{f['value_text']} underlined", f, picture=(p.index, grown(r, 2)))


def grown(r, by=1.0):
    return fitz.Rect(r.x0 - by, r.y0 - by, r.x1 + by, r.y1 + by)


def cover(p, r):
    """a box over the figure that leaves its neighbours and the lines alone"""
    left, right = p.room(r)
    b = fitz.Rect(r.x0 - min(1, left * .8), r.y0, r.x1 + min(1, right * .8), r.y1)
    if not p.free(fitz.Rect(b.x0, b.y0 + b.height * .25, b.x1, b.y1 - b.height * .25), but=r): raise Skip("neighbour too near")
    for l in p.lines()[1]:                        # the box ends at the row's lines
        if l.x0 < r.x1 and l.x1 > r.x0:
            if r.y0 - 1 < l.y0 < r.y0 + r.height * .3: b.y0 = max(b.y0, l.y1 + .1)
            if r.y1 - r.height * .3 < l.y1 < r.y1 + 1: b.y1 = min(b.y1, l.y0 - .1)
    return b


def white_box(d, rnd):
    p, f, r = d.pick(rnd); p.box(cover(p, r), (1, 1, 1))
    return Change(p.bytes(), f["value_text"] + " under a white box", f, gone=[f], picture=(p.index, r))


def black_box(d, rnd):
    p, f, r = d.pick(rnd); p.box(cover(p, r), (0, 0, 0))
    return Change(p.bytes(), f["value_text"] + " blacked out", f, gone=[f], picture=(p.index, r))


def white_box_new_figure(d, rnd):
    p, f, r = d.pick(rnd); new = like(f["value_text"], rnd); s = p.size(r)
    p.box(cover(p, r), (1, 1, 1))
    dx, dy = rnd.uniform(-1.5, 1.5), rnd.uniform(-1.2, 1.2)
    p.write(max(r.x1 - width(new, s), r.x0 - p.room(r)[0] + 1) + dx, r.y1 - s * .2 + dy, new, s)
    return Change(p.bytes(), f"{f['value_text']} under a white box, {new} over it ({dx:+.1f}, {dy:+.1f})", f, gone=[f], need=[(f["page"], scaled(f, new))], picture=(p.index, grown(r, 10)))


def freetext_note(d, rnd):
    p, f, r = d.pick(rnd); new = like(f["value_text"], rnd); s = p.size(r)
    a = p.page.add_freetext_annot(p.raw(cover(p, r)), new, fontsize=s * .8, fontname="helv", text_color=(0, 0, 0), fill_color=(1, 1, 1), align=2, rotate=p.page.rotation)
    a.set_border(width=0); a.update(fill_color=(1, 1, 1), fontsize=s * .8, text_color=(0, 0, 0))
    return Change(p.bytes(), f"{f['value_text']} under a FreeText note {new}", f, gone=[f], need=[(f["page"], scaled(f, new))], picture=(p.index, grown(r, 3)))


def struck_through(d, rnd):
    p, f, r = d.pick(rnd); y = (r.y0 + r.y1) / 2 + r.height * .03
    if rnd.random() < .6: p.page.draw_line(fitz.Point(r.x0 - 1, y) * p.back, fitz.Point(r.x1 + 1, y) * p.back, color=(0, 0, 0), width=.7)
    else: p.box(fitz.Rect(r.x0 - .5, y - .3, r.x1 + .5, y + .4), rnd.choice([(0, 0, 0), (.8, 0, 0)]))
    return Change(p.bytes(), f["value_text"] + " struck through", f, gone=[f], picture=(p.index, r))


def not_seen(d, rnd):
    p, f, r = d.pick(rnd); s = p.size(r)
    pix = p.page.get_pixmap(dpi=72, clip=r)
    if pix.n >= 3 and pix.pixel(0, 0)[:3] != (255, 255, 255): raise Skip("ground is not white")
    kw, how = rnd.choice([(dict(fill_opacity=0), "opacity 0"), (dict(color=(1, 1, 1)), "white")])
    p.erase(r); p.write(r.x1 - width(f["value_text"], s), r.y1 - s * .2, f["value_text"], s, **kw)
    return Change(p.bytes(), f"{f['value_text']} drawn with {how}", f, gone=[f], picture=(p.index, r))


def over_a_line(d, rnd):
    p, f, r = d.pick(rnd, lambda f: len(f["value_text"]) > 4); s = p.size(r); w = width(f["value_text"], s)
    near = [l for l in p.lines()[0] if l.y0 < (r.y0 + r.y1) / 2 < l.y1]
    right = min((l.x0 for l in near if l.x0 > r.x1 - 1), default=None); left = max((l.x1 for l in near if l.x1 < r.x0 + 1), default=None)
    over = rnd.uniform(.12, .32) * w
    if rnd.random() < .6 and right: x0, how = right + over - w, "right"
    elif left: x0, how = left - over, "left"
    else: raise Skip("no upright line")
    place = fitz.Rect(x0 - 4, r.y0 + r.height * .3, x0 + w + 4, r.y1 - r.height * .3)
    if not p.free(place, but=r) or place.x0 < 0 or place.x1 > p.page.rect.width: raise Skip("no room over the line")
    p.erase(r); p.write(x0, r.y1 - s * .2, f["value_text"], s)
    return Change(p.bytes(), f"{f['value_text']} moved {over:.1f} pt over the {how} line", f, picture=(p.index, grown(r | place, 3)))


def too_large(d, rnd):
    p, f, r = d.pick(rnd); s = p.size(r)
    left, right = p.room(r); factor = (r.width + left + right) * rnd.uniform(1.02, 1.12) / r.width
    if not 1.1 < factor < 2.1: raise Skip("no size that overflows")
    big = s * factor; w = width(f["value_text"], big); x0 = (r.x0 - left + r.x1 + right) / 2 - w / 2
    place = fitz.Rect(x0 - 2, r.y1 - s * .2 - big * .8, x0 + w + 2, r.y1 - s * .2 + 1)
    if not p.free(place, but=r) or place.x0 < 0 or place.x1 > p.page.rect.width: raise Skip("no room beside the cell")
    p.erase(r); p.write(x0, r.y1 - s * .2, f["value_text"], big)
    return Change(p.bytes(), f"{f['value_text']} set {big:.1f} pt large, over its cell", f, picture=(p.index, grown(r | place, 4)))


def note_mark(d, rnd):
    p, f, r = d.pick(rnd); s = p.size(r)
    text, font, k, lift = rnd.choice([("1", "helv", .55, .42), ("2", "helv", .55, .42), ("①", CHINESE, .7, .2), ("③", CHINESE, .6, .3), ("[1]", "helv", .55, .42)])
    w = s * k if font == CHINESE else width(text, s * k)
    left, right = p.room(r); need = w + 1.5; y = r.y1 - s * .2; x = r.x1 + .3
    if right < need:
        if left + right < need + 2: raise Skip("no room for a mark")
        x = r.x1 + right - need + .3; p.erase(r); p.write(x - .3 - width(f["value_text"], s), y, f["value_text"], s)
    p.write(x, y - s * lift, text, s * k, font)
    return Change(p.bytes(), f"{f['value_text']} with a raised {text} behind it", f, picture=(p.index, fitz.Rect(r.x0 - need - 8, r.y0 - s * .6, x + w + 4, r.y1 + 2)))


def minus_dash(d, rnd):
    p, f, r = d.pick(rnd, lambda f: not f["value_text"].startswith("-")); s = p.size(r)
    left, right = p.room(r); mark, name = rnd.choice([("—", "em dash"), ("–", "en dash"), ("−", "minus")])
    if left < s + 2: raise Skip("no room for a dash")
    p.write(r.x0 - s - .2, r.y1 - s * .2, mark, s, CHINESE)
    return Change(p.bytes(), f"{name} before {f['value_text']}", f, gone=[f], need=[(f["page"], -Decimal(f["value"]))], picture=(p.index, fitz.Rect(r.x0 - s - 3, r.y0 - 2, r.x1, r.y1 + 2)))


def stacked(d, rnd):
    p, f, r = d.pick(rnd); s = p.size(r); small = max(4.2, s * .52); new = like(f["value_text"], rnd); base = r.y1 - s * .1
    p.erase(r)
    for t, y in ((f["value_text"], base - small * 1.02), (new, base)): p.write(r.x1 - width(t, small), y, t, small)
    need = [(f["page"], Decimal(f["value"])), (f["page"], scaled(f, new))]
    return Change(p.bytes(), f"{f['value_text']} over {new} in one cell", f, gone=[f], need=need, picture=(p.index, grown(r, 3)))


def wrapped(d, rnd):
    p, f, r = d.pick(rnd, lambda f: "," in f["value_text"] or len(f["value_text"]) > 8 and "." in f["value_text"]); s = p.size(r); small = max(4.2, s * .52); t = f["value_text"]
    cuts = [i + 1 for i, c in enumerate(t) if c == ","] or [t.index(".")]
    i = rnd.choice(cuts); base = r.y1 - s * .1; p.erase(r)
    for part, y in ((t[:i], base - small * 1.02), (t[i:], base)): p.write(r.x1 - width(part, small), y, part, small)
    return Change(p.bytes(), f"{t} wrapped: {t[:i]} / {t[i:]}", f, picture=(p.index, grown(r, 3)))


def drawn_twice(d, rnd):
    p, f, r = d.pick(rnd); s = p.size(r); x, y = r.x1 - width(f["value_text"], s), r.y1 - s * .2; dx = rnd.uniform(.15, .6)
    p.erase(r); p.write(x, y, f["value_text"], s); p.write(x + dx, y + rnd.uniform(-.2, .2), f["value_text"], s)
    return Change(p.bytes(), f"{f['value_text']} drawn twice, {dx:.1f} pt apart", f, picture=(p.index, grown(r, 8)))


# --------------------------------------------------------------------------------------- kinds: lines, heads, captions
def remove_lines(page, inside):
    """takes every ruling line for which inside(x0, y0, x1, y1) (PDF coordinates) holds out of the page's own content; how many"""
    out, stack, ctm, path, start, taken = [], [], pikepdf.Matrix(), [], None, 0
    point = lambda a, b: pikepdf.Matrix(1, 0, 0, 1, float(a), float(b)) @ ctm
    for ins in pikepdf.parse_content_stream(page):
        ops, op = ins.operands, str(ins.operator)
        if op == "q": stack.append(ctm)
        elif op == "Q" and stack: ctm = stack.pop()
        elif op == "cm": ctm = pikepdf.Matrix(*(float(x) for x in ops)) @ ctm
        if op in ("m", "re") or (op in ("l", "c", "v", "y", "h") and path):
            pts = [(ops[i], ops[i + 1]) for i in range(0, len(ops) - 1, 2)] if op != "re" else [(ops[0], ops[1]), (float(ops[0]) + float(ops[2]), float(ops[1]) + float(ops[3]))]
            pts = [(m.e, m.f) for m in (point(a, b) for a, b in pts)]
            if op in ("m", "re"): path.append([[], [], op])
            path[-1][0].append(ins); path[-1][1].extend(pts)
            continue
        if path and op in ("W", "W*"):
            for sub in path: out.extend(sub[0])
            path = []; out.append(ins); start = "clip"; continue
        if path:
            keep = []
            for sub in path:
                xs, ys = [q[0] for q in sub[1]], [q[1] for q in sub[1]]
                painted = op in ("f", "F", "f*", "B", "B*") if sub[2] == "re" or len(sub[1]) > 2 else op in ("S", "s", "B", "B*")
                box = (min(xs), min(ys), max(xs), max(ys))
                if painted and min(box[2] - box[0], box[3] - box[1]) < LINE and inside(*box): taken += 1
                else: keep.append(sub)
            for sub in keep: out.extend(sub[0])
            path = []
            if op != "n" and not keep and start != "clip": continue
        out.append(ins); start = None
    return pikepdf.unparse_content_stream(out), taken


def line_removed(d, rnd, way):
    p, f, r = d.pick(rnd); up, level = p.lines(); facts = d.by_page[p.index + 1]
    mine = [g for g in facts if g["table_id"] == f["table_id"]]
    if p.page.rotation: raise Skip("page with /Rotate")
    pos = lambda l: (l.y0 + l.y1) / 2 if way == "row" else (l.x0 + l.x1) / 2
    if way == "row":      # a line between this figure's row and another row of figures of the table, close to it
        other = [float(g["y0"]) for g in mine if r.y1 < float(g["y0"]) + 2]
        if not other: raise Skip("last row")
        lo, hi = r.y1 - 3, min(other) + 3
        spots = sorted({round(pos(l), 1) for l in level if lo < pos(l) < hi and l.x0 < r.x1 and l.x1 > r.x0})
    else:                 # a line between this figure's column and the next column of figures
        other = [float(g["x0"]) for g in mine if float(g["x0"]) > r.x1 + 1]
        if not other: raise Skip("last column")
        lo, hi = r.x1 - 1, min(other) + 1
        spots = sorted({round(pos(l), 1) for l in up if lo < pos(l) < hi and l.y0 < r.y1 and l.y1 > r.y0})
    if not spots or spots[-1] - spots[0] > 3: raise Skip("no single line there")
    if p.page.cropbox != p.page.mediabox: raise Skip("page with a crop box")
    at = sum(spots) / len(spots); top = float(p.page.mediabox.y1); tol = 1.6 + (spots[-1] - spots[0]) / 2
    mid = top - at if way == "row" else at + p.page.mediabox.x0               # in the page's own coordinates, upwards
    highest, lowest = min(float(g["y0"]) for g in mine) - 120, max(float(g["y1"]) for g in mine) + 120

    def inside(x0, y0, x1, y1):
        if way == "row": return x1 - x0 > LINE and y1 - y0 < LINE and abs((y0 + y1) / 2 - mid) < tol
        return y1 - y0 > LINE and x1 - x0 < LINE and abs((x0 + x1) / 2 - mid) < tol and top - y1 < lowest and top - y0 > highest
    with pikepdf.open(d.path) as pdf:
        page = pdf.pages[p.index]
        content, taken = remove_lines(page, inside)
        if not taken: raise Skip("line is not in the page's own content")
        page.Contents = pdf.make_stream(content); out = io.BytesIO(); pdf.save(out)
    wide = p.page.rect
    area = fitz.Rect(0, at - 3, wide.width, at + 3) if way == "row" else fitz.Rect(at - 3, 0, at + 3, wide.height)
    return Change(out.getvalue(), f"the {way} line at {at:.1f} pt beside {f['value_text']} taken out ({taken} pieces)", f, picture=(p.index, area))


def row_line_removed(d, rnd): return line_removed(d, rnd, "row")
def column_line_removed(d, rnd): return line_removed(d, rnd, "column")


def code_head_blank(d, rnd):
    coded = lambda f: f["function_code"] or f["department_economic_code"] or f["government_economic_code"]
    p, f, r = d.pick(rnd, coded)
    first = min(float(g["y0"]) for g in d.by_page[p.index + 1] if g["table_id"] == f["table_id"])
    heads = [w for w, t in p.words() if w.y1 < first + 3 and first - w.y0 < 110 and re.fullmatch(r"(支出)?(功能分类|经济分类)?(科目)?(编码|代码)|[类款项]", t)]
    if not heads: raise Skip("no head of a code column")
    p.erase(*heads)
    area = heads[0]
    for h in heads: area = area | h
    return Change(p.bytes(), f"{len(heads)} heads of code columns blanked", f, labels=False, picture=(p.index, grown(area, 2)))


def amount_head_blank(d, rnd):
    p, f, r = d.pick(rnd, lambda f: f["column_path"]); head = f["column_path"].split("/")[-1]
    found = [w for w, t in p.words() if t == head and w.y1 < r.y0 and w.x0 < r.x1 + 3 and w.x1 > r.x0 - 3]
    if len(found) != 1: raise Skip("head is not one word above the figure")
    p.erase(found[0])
    return Change(p.bytes(), f"head {head} over {f['value_text']} blanked", f, labels=False, picture=(p.index, grown(found[0], 2)))


def one_table_page(d, rnd):
    """a page that holds exactly one whole table, with the one place where the unit is said"""
    pages = collections.defaultdict(set); tables = collections.defaultdict(set)
    for f in d.facts: pages[f["page"]].add(f["table_id"]); tables[f["table_id"]].add(f["page"])
    p, f, r = d.pick(rnd, lambda f: f["unit_source"] == "table" and len(pages[f["page"]]) == 1 and len(tables[f["table_id"]]) == 1)
    said = [(w, t) for w, t in p.words() if re.search(r"[（(：:]?(万元|元)[）)]?$", t) and w.y1 < r.y0]
    if len(said) != 1 or "单位" not in said[0][1]: raise Skip("the unit is not said once")
    return p, f, said[0]


def unit_added(d, rnd):
    p, f, (w, t) = one_table_page(d, rnd); s = p.size(w); other = "元" if f["unit"] == "万元" else "万元"
    text = "单位：" + other; place = fitz.Rect(w.x0 - s * (len(text) + 2), w.y0, w.x0 - s, w.y1)
    if not p.free(place): raise Skip("no room beside the caption")
    p.write(place.x0, p.base(w), text, s, CHINESE)
    return Change(p.bytes(), f"second caption {text} beside {t}", f, unread=[g for g in d.by_page[p.index + 1]], labels=False, picture=(p.index, grown(place, 4)))


def unit_replaced(d, rnd):
    p, f, (w, t) = one_table_page(d, rnd); s = p.size(w); wan = f["unit"] == "万元"
    new = re.sub("万元|元", "元" if wan else "万元", t); y = p.base(w); p.erase(w); p.write(w.x1 - s * len(new), y, new, s, CHINESE)
    here = d.by_page[p.index + 1]; k = Decimal("0.0001") if wan else Decimal(10000)
    return Change(p.bytes(), f"caption {t} became {new}", f, gone=here, need=[(g["page"], Decimal(g["value"]) * k) for g in here], labels=False, picture=(p.index, grown(w, s * 2)))


# --------------------------------------------------------------------------------------------- kinds: things over a page
def watermark(d, rnd):
    p, f, r = d.pick(rnd); text = rnd.choice(["内部资料 严禁外传", "征求意见稿", "2024-11-28 仅供审阅 13800", "样张 1234.56"])
    angle = rnd.choice([30, 45, -30, 52, 17]); s = rnd.choice([28, 36, 48])
    half = sum(s if ord(ch) > 255 else s / 2 for ch in text) / 2; turn = math.radians(angle + p.page.rotation); mid = fitz.Point((r.x0 + r.x1) / 2, r.y1) * p.back
    at = fitz.Point(mid.x - half * math.cos(turn), mid.y + half * math.sin(turn))      # the text's middle lies on the figure
    p.page.insert_text(at, text, fontname=CHINESE, fontsize=s, color=(.75, .75, .75), fill_opacity=.45, morph=(at, fitz.Matrix(-math.degrees(turn))))
    return Change(p.bytes(), f"watermark {text} at {angle}°", f, picture=(p.index, p.page.rect))


def stamp(d, rnd):
    p, f, r = d.pick(rnd); c = fitz.Point((r.x0 + r.x1) / 2, (r.y0 + r.y1) / 2) * p.back; red = (.85, .1, .1); rad = 44
    p.page.draw_circle(c, rad, color=red, width=2, stroke_opacity=.6)
    for i, ch in enumerate("某某市某某区财政局"):
        a = math.radians(-200 + i * 27.5); q = fitz.Point(c.x + (rad - 13) * math.cos(a), c.y + (rad - 13) * math.sin(a))
        p.page.insert_text(q, ch, fontname=CHINESE, fontsize=10, color=red, fill_opacity=.6, morph=(q, fitz.Matrix(-math.degrees(a) - 90)))
    for i, ch in enumerate("3101070012345"):
        a = math.radians(130 - i * 6.5); q = fitz.Point(c.x + (rad - 5) * math.cos(a), c.y + (rad - 5) * math.sin(a))
        p.page.insert_text(q, ch, fontname="helv", fontsize=5, color=red, fill_opacity=.6, morph=(q, fitz.Matrix(-math.degrees(a) + 90)))
    return Change(p.bytes(), f"red seal with a number over {f['value_text']}", f, picture=(p.index, fitz.Rect(r.x0 - 70, r.y0 - 70, r.x1 + 70, r.y1 + 70)))


def skewed(d, rnd):
    n = d.page_with_facts(rnd); a = math.radians(rnd.choice([1, -1, .6, 1.5])); c, s = math.cos(a), math.sin(a)
    with pikepdf.open(d.path) as pdf:
        page = pdf.pages[n - 1]; x0, y0, x1, y1 = (float(v) for v in page.mediabox); mx, my = (x0 + x1) / 2, (y0 + y1) / 2
        page.contents_add(b"q %f %f %f %f %f %f cm\n" % (c, s, -s, c, mx - c * mx + s * my, my - s * mx - c * my), prepend=True)
        page.contents_add(b"\nQ"); out = io.BytesIO(); pdf.save(out)
    return Change(out.getvalue(), f"page {n} skewed by {math.degrees(a):.1f}°", d.by_page[n][0], picture=(n - 1, "any"))


def page_rotated(d, rnd):
    n = d.page_with_facts(rnd); by = rnd.choice([90, 180, 270])
    with pikepdf.open(d.path) as pdf:
        page = pdf.pages[n - 1]; page.rotate(by, relative=True); out = io.BytesIO(); pdf.save(out)
    return Change(out.getvalue(), f"page {n} turned by {by}", d.by_page[n][0])


# ------------------------------------------------------------------------------------------------ kinds: inside the file
def plain(path):
    """the file's bytes with every object in the open, and the pages' object numbers"""
    with pikepdf.open(path) as pdf:
        out = io.BytesIO(); pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, encryption=False)
    data = out.getvalue()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return data, [p.objgen[0] for p in pdf.pages]


def body(data, num):
    """start and end of object `num` in the file"""
    m = re.search(rb"(?<![0-9])%d 0 obj" % num, data)
    if not m: raise Skip("object not found")
    return m.start(), data.index(b"endobj", m.start()) + 6


def page_object_zeroed(d, rnd):
    n = d.page_with_facts(rnd); data, nums = plain(d.path); a, b = body(data, nums[n - 1]); fill = rnd.choice([b"\0", b" ", b"x"])
    if rnd.random() < .4: b = min(b, a + 40)
    return Change(data[:a] + fill * (b - a) + data[b:], f"{b - a} bytes of page {n}'s object overwritten with {fill!r}", d.by_page[n][0], anypage=True)


def page_kid_null(d, rnd):
    n = d.page_with_facts(rnd); data, nums = plain(d.path); ref = b"%d 0 R" % nums[n - 1]
    # only in the page tree: /Kids [ … ], written there with the same length
    for m in re.finditer(rb"/Kids\s*\[[^\]]*\]", data):
        i = re.search(rb"(?<![0-9])" + ref, m.group())
        if i:
            at = m.start() + i.start(); what = rnd.choice([b"null", b"%d 0 R" % (10 ** (len(str(nums[n - 1]))) - 1)])
            return Change(data[:at] + what[:len(ref)].ljust(len(ref)) + data[at + len(ref):], f"kid of page {n} is {what.decode()}", d.by_page[n][0], anypage=True)
    raise Skip("page not in /Kids")


def page_duplicated(d, rnd):
    n = d.page_with_facts(rnd)
    with pikepdf.open(d.path) as pdf:
        at = rnd.choice([n, len(pdf.pages)]); pdf.pages.insert(at, pdf.pages[n - 1]); out = io.BytesIO(); pdf.save(out)
    return Change(out.getvalue(), f"page {n} bound in again as page {at + 1}", d.by_page[n][0], anypage=True, labels=False)


def pages_swapped(d, rnd):
    pairs = [n for n in d.by_page if n + 1 in d.by_page]
    if not pairs: raise Skip("no two pages in a row")
    n = rnd.choice(sorted(pairs))
    with pikepdf.open(d.path) as pdf:
        order = list(range(len(pdf.pages))); order[n - 1], order[n] = n, n - 1
        out, other = io.BytesIO(), pikepdf.Pdf.new()
        for i in order: other.pages.append(pdf.pages[i])
        other.save(out)
    return Change(out.getvalue(), f"pages {n} and {n + 1} swapped", d.by_page[n][0], anypage=True)


def stream_damaged(d, rnd):
    n = d.page_with_facts(rnd); data, nums = plain(d.path)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        c = pdf.pages[n - 1].obj.get("/Contents"); c = max(c, key=lambda s: len(s.read_raw_bytes())) if isinstance(c, pikepdf.Array) else c
        num = c.objgen[0]
        if str(c.get("/Filter", "")) != "/FlateDecode": raise Skip("stream is not deflated")
    a, _ = body(data, num); at = data.index(b"stream", a) + 8; end = data.index(b"endstream", at)
    how = rnd.choice(["bytes", "bytes", "bit"]); i = at + int((end - at) * rnd.uniform(.3, .7))
    junk = bytes(rnd.randrange(256) for _ in range(30)) if how == "bytes" else bytes([data[i] ^ 1 << rnd.randrange(8)])
    return Change(data[:i] + junk + data[i + len(junk):], f"{len(junk)} byte(s) of page {n}'s content damaged ({how})", d.by_page[n][0], labels=False)


def flip(data, at, rnd):
    """one bit of the byte at `at` changed"""
    return data[:at] + bytes([data[at] ^ 1 << rnd.randrange(8)]) + data[at + 1:]


def object_stream_bit(d, rnd):
    with pikepdf.open(d.path) as pdf:
        out = io.BytesIO(); pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, encryption=False)
    data = out.getvalue(); found = [m.start() for m in re.finditer(rb"/Type /ObjStm", data)]
    if not found: raise Skip("no object stream")
    at = data.index(b"stream", rnd.choice(found)) + 8; end = data.index(b"endstream", at)
    return Change(flip(data, at + int((end - at) * rnd.uniform(.2, .9)), rnd), "one bit of an object stream changed", anypage=True)


def map_bit(d, rnd):
    p, f, r = d.pick(rnd); data, nums = plain(d.path)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        maps = [font.ToUnicode.objgen[0] for font in (pdf.pages[p.index].resources.get("/Font") or {}).values() if "/ToUnicode" in font and font.ToUnicode.get("/Filter") == "/FlateDecode"]
    if not maps: raise Skip("no deflated ToUnicode map")
    num = rnd.choice(maps); a, _ = body(data, num); at = data.index(b"stream", a) + 8; end = data.index(b"endstream", at)
    return Change(flip(data, at + int((end - at) * rnd.uniform(.15, .9)), rnd), f"one bit of a ToUnicode stream of page {p.index + 1} changed", f, picture=(p.index, None))


def second_file(d, rnd):
    data = open(d.path, "rb").read(); other = fitz.open(); q = other.new_page()
    for i, t in enumerate(["一般公共预算支出表", "单位：万元", "合计 1234.56", "基本支出 1000.00", "项目支出 234.56"]): q.insert_text((80, 90 + 24 * i), t, fontname=CHINESE, fontsize=12)
    return Change(data + b"\n" + other.tobytes(), "another file's bytes behind %%EOF", rule="must_say")


def cmap_of(stream):
    """(code length, {code: text}) of a ToUnicode map"""
    text = stream.read_bytes().decode("latin-1"); out, length = {}, 2
    uni = lambda h: bytes.fromhex(h if len(h) % 4 == 0 else h.zfill((len(h) + 3) // 4 * 4)).decode("utf-16-be", "replace")
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.S):
        for a, b in re.findall(r"<\s*([0-9A-Fa-f]+)\s*>\s*<\s*([0-9A-Fa-f]*)\s*>", block): out[int(a, 16)] = uni(b); length = len(a) // 2
    for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.S):
        for a, b, one, many in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|\[(.*?)\])", block, re.S):
            lo, hi, length = int(a, 16), int(b, 16), len(a) // 2; list_ = re.findall(r"<([0-9A-Fa-f]*)>", many)
            for i in range(min(hi - lo + 1, 65536)):
                if one: t = uni(one); out[lo + i] = t[:-1] + chr(ord(t[-1]) + i)
                elif i < len(list_): out[lo + i] = uni(list_[i])
    return length, out


def cmap_text(length, codes):
    head = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def\n1 begincodespacerange <%s> <%s> endcodespacerange\n" % ("00" * length, "FF" * length)
    items = ["<%0*X> <%s>" % (length * 2, c, t.encode("utf-16-be").hex().upper()) for c, t in sorted(codes.items())]
    parts = ["%d beginbfchar\n%s\nendbfchar\n" % (len(items[i:i + 100]), "\n".join(items[i:i + 100])) for i in range(0, len(items), 100)]
    return (head + "".join(parts) + "endcmap CMapName currentdict /CMap defineresource pop end end").encode()


def map_changed(d, rnd, old, new, rule):
    p, f, r = d.pick(rnd, lambda f: old in f["value_text"])
    with pikepdf.open(d.path) as pdf:
        done = 0
        for page in pdf.pages:
            if page.index != p.index: continue
            for font in (page.resources.get("/Font") or {}).values():
                if "/ToUnicode" not in font: continue
                length, codes = cmap_of(font.ToUnicode); hit = [c for c, t in codes.items() if t == old]
                if not hit: continue
                for c in hit: codes[c] = new
                font.ToUnicode = pdf.make_stream(cmap_text(length, codes)); done += 1
        if not done: raise Skip("no map with this glyph")
        out = io.BytesIO(); pdf.save(out)
    after = Page(fitz.open("pdf", out.getvalue()), p.index)
    if any(t == f["value_text"] and abs(w.x0 - r.x0) < 1 and abs(w.y0 - r.y0) < 1 for w, t in after.words()): raise Skip("figure's font was not hit")
    return Change(out.getvalue(), f"ToUnicode: {old!r} became {new!r}, as in {f['value_text']}", f, labels=False, rule=rule, picture=(p.index, None))


def map_digit(d, rnd):
    a, b = rnd.sample("123456789", 2); change = map_changed(d, rnd, a, b, "sums"); change.swap = (a, b); return change


def map_point_blank(d, rnd): return map_changed(d, rnd, ".", " ", "amounts")
def map_point_nothing(d, rnd): return map_changed(d, rnd, ".", rnd.choice(["\u200b", ""]), "amounts")


# ---------------------------------------------------------------------------------------------------- kinds: sheets
class Book:
    """One original .xlsx and its facts; `open` gives its parts for change."""
    form = "xlsx"

    def __init__(self, path, name, facts):
        self.path, self.name, self.facts = path, name, facts

    def open(self):
        z = zipfile.ZipFile(self.path); self.parts = {n: z.read(n) for n in z.namelist()}
        rels = etree.fromstring(self.parts["xl/_rels/workbook.xml.rels"]); where = {r.get("Id"): r.get("Target") for r in rels}
        book = etree.fromstring(self.parts["xl/workbook.xml"])
        self.sheets = {s.get("name"): "xl/" + where[s.get(REL)].lstrip("/").removeprefix("xl/") for s in book.iter(M + "sheet")}
        shared = etree.fromstring(self.parts["xl/sharedStrings.xml"]) if "xl/sharedStrings.xml" in self.parts else []
        self.shared = ["".join(t.text or "" for t in s.iter(M + "t")) for s in shared]
        return self

    def tree(self, sheet):
        if sheet not in self.sheets: raise Skip("no such sheet part")
        self.sheet, self.root = sheet, etree.fromstring(self.parts[self.sheets[sheet]]); return self.root

    def cell(self, fact):
        ref = column(int(fact["col"])) + fact["row"]
        for c in self.root.iter(M + "c"):
            if c.get("r") == ref: return c
        raise Skip("cell not found")

    def text(self, c):
        v = c.find("m:v", NS)
        if c.get("t") == "s": return self.shared[int(v.text)]
        if c.get("t") == "inlineStr": return "".join(t.text or "" for t in c.iter(M + "t"))
        return v.text if v is not None else None

    def pick(self, rnd, numeric=False, fits=lambda f: True):
        """the tree of a sheet, a fact in it and its cell"""
        some = [f for f in self.facts if f["sheet"] and f["value"] and not f["flags"] and FIGURE.match(f["value_text"]) and len(f["value_text"]) > 2 and number(f["value_text"]) and fits(f)]
        if not some: raise Skip("no fitting fact")
        self.open(); sheet = rnd.choice(sorted({f["sheet"] for f in some})); f = rnd.choice([f for f in some if f["sheet"] == sheet])
        self.tree(sheet); c = self.cell(f)
        if c.find("m:f", NS) is not None: raise Skip("a formula")
        if numeric and c.get("t", "n") != "n": raise Skip("a number typed as text")
        return f, c

    def style(self, c, code=None, white=False, strike=False, fill=None):
        """gives the cell a copy of its style with another number format or font"""
        st = etree.fromstring(self.parts["xl/styles.xml"]); xfs = st.find("m:cellXfs", NS)
        xf = etree.fromstring(etree.tostring(xfs[int(c.get("s", 0))]))
        if code:
            fm = st.find("m:numFmts", NS)
            if fm is None: fm = etree.Element(M + "numFmts"); st.insert(0, fm)
            etree.SubElement(fm, M + "numFmt", numFmtId="901", formatCode=code); fm.set("count", str(len(fm)))
            xf.set("numFmtId", "901"); xf.set("applyNumberFormat", "1")
        if fill:
            fills = st.find("m:fills", NS); pattern = etree.SubElement(etree.SubElement(fills, M + "fill"), M + "patternFill", patternType="solid")
            etree.SubElement(pattern, M + "fgColor", rgb=fill); fills.set("count", str(len(fills))); xf.set("fillId", str(len(fills) - 1)); xf.set("applyFill", "1")
        if white or strike:
            fonts = st.find("m:fonts", NS); font = etree.fromstring(etree.tostring(fonts[int(xf.get("fontId", 0))]))
            if white:
                for old in font.findall("m:color", NS): font.remove(old)
                at = next((i for i, e in enumerate(font) if e.tag in (M + "sz", M + "name", M + "family")), len(font)); font.insert(at, etree.Element(M + "color", rgb="FFFFFFFF"))
            if strike: font.insert(0, etree.Element(M + "strike"))
            fonts.append(font); fonts.set("count", str(len(fonts))); xf.set("fontId", str(len(fonts) - 1)); xf.set("applyFont", "1")
        xfs.append(xf); xfs.set("count", str(len(xfs))); c.set("s", str(len(xfs) - 1))
        self.parts["xl/styles.xml"] = etree.tostring(st, xml_declaration=True, encoding="UTF-8", standalone=True)

    def put_text(self, c, text):
        for k in list(c): c.remove(k)
        c.set("t", "inlineStr"); t = etree.SubElement(etree.SubElement(c, M + "is"), M + "t"); t.text = text
        t.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    def bytes(self, edit=lambda raw: raw):
        self.parts[self.sheets[self.sheet]] = edit(etree.tostring(self.root, xml_declaration=True, encoding="UTF-8", standalone=True))
        return self.pack()

    def pack(self):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
            for n, data in self.parts.items(): z.writestr(n, data)
        return out.getvalue()


def column(n):
    out = ""
    while n: n, r = divmod(n - 1, 26); out = chr(65 + r) + out
    return out


def cell_format(code, what, result="need"):
    def kind(d, rnd):
        f, c = d.pick(rnd, numeric=True, fits=(lambda f: f["unit"] == "万元") if "万" in code else lambda f: True)
        d.style(c, code=code)
        extra = dict(gone=[f], need=[("", Decimal(f["value"]) / 1000)]) if result == "thousandth" else dict(unread=[f]) if result == "unread" else {}
        return Change(d.bytes(), f"{f['value_text']} shown {what}", f, **extra)
    return kind


def cell_font(what, **kw):
    def kind(d, rnd):
        f, c = d.pick(rnd); d.style(c, **kw); return Change(d.bytes(), f"{f['value_text']} {what}", f, gone=[f])
    return kind


def white_on_dark(d, rnd):
    f, c = d.pick(rnd); d.style(c, white=True, fill="FF1F4E79"); return Change(d.bytes(), f"{f['value_text']} in white on dark blue", f)


def cell_text(make, what, result="need"):
    def kind(d, rnd):
        f, c = d.pick(rnd); new = make(f["value_text"])
        if new is None: raise Skip("figure has no such digit")
        d.put_text(c, new); return Change(d.bytes(), f"{f['value_text']} {what}: {new!r}", f, unread=[f] if result == "unread" else [])
    return kind


def two_figures(d, rnd):
    f, c = d.pick(rnd); new = like(f["value_text"], rnd); d.put_text(c, f["value_text"] + "\n" + new)
    return Change(d.bytes(), f"{f['value_text']} and {new} in one cell", f, gone=[f], need=[("", Decimal(f["value"])), ("", scaled(f, new))])


def formula_without_value(d, rnd):
    f, c = d.pick(rnd, numeric=True); v = c.find("m:v", NS); c.remove(v); etree.SubElement(c, M + "f").text = v.text + "+0"
    return Change(d.bytes(), f"{f['value_text']} is the formula {v.text}+0 without a stored value", f)


def total_zero(d, rnd):
    f, c = d.pick(rnd, numeric=True, fits=lambda f: f["row_kind"] in ("total", "subtotal")); c.find("m:v", NS).text = "0"
    return Change(d.bytes(), f"total {f['value_text']} of {f['row_label']} became 0", f, gone=[f], need=[("", Decimal(0))])


def row_inserted(d, rnd):
    f, c = d.pick(rnd); n = int(f["row"])
    if any(True for _ in d.root.iter(M + "f")): raise Skip("formulas would have to move")
    move = lambda ref: re.sub(r"([A-Z]+)(\d+)", lambda m: m[1] + str(int(m[2]) + (int(m[2]) >= n)), ref)
    for row in d.root.iter(M + "row"):
        if int(row.get("r")) >= n:
            row.set("r", str(int(row.get("r")) + 1))
            for x in row: x.set("r", move(x.get("r")))
    for m in d.root.iter(M + "mergeCell"): m.set("ref", move(m.get("ref")))
    for m in d.root.iter(M + "dimension"): m.set("ref", move(m.get("ref")))
    return Change(d.bytes(), f"blank row put in above row {n}", f)


def column_width_0(d, rnd):
    f, c = d.pick(rnd, fits=lambda f: f["column_path"]); n = int(f["col"])
    if len({g["table_id"] for g in d.facts if g["sheet"] == f["sheet"]}) > 1: raise Skip("several tables on the sheet")
    if any(re.match(r"[A-Z]+", x.get("r"))[0] == column(n) and "单位" in (d.text(x) or "") for x in d.root.iter(M + "c")): raise Skip("the unit stands in the column")
    for m in d.root.iter(M + "mergeCell"):       # a merged cell over the column is partly seen: leave these alone
        a, b = (re.match(r"([A-Z]+)", x)[1] for x in m.get("ref").split(":"))
        low, high = (sum((ord(ch) - 64) * 26 ** i for i, ch in enumerate(reversed(x))) for x in (a, b))
        if low == n < high: raise Skip("a merged cell begins in the column")
    cols = d.root.find("m:cols", NS)
    if cols is None:
        cols = etree.Element(M + "cols"); d.root.insert(list(d.root).index(d.root.find("m:sheetData", NS)), cols)
    for old in list(cols):
        lo, hi = int(old.get("min")), int(old.get("max"))
        if not lo <= n <= hi: continue
        cols.remove(old)
        for a, b in ((lo, n - 1), (n + 1, hi)):
            if a <= b: e = etree.fromstring(etree.tostring(old)); e.set("min", str(a)); e.set("max", str(b)); cols.append(e)
    cols.append(etree.Element(M + "col", min=str(n), max=str(n), width="0", customWidth="1"))
    cols[:] = sorted(cols, key=lambda e: int(e.get("min")))
    return Change(d.bytes(), f"column {column(n)} of width 0", f, gone=[g for g in d.facts if g["sheet"] == f["sheet"] and g["col"] == f["col"]], labels=False)


def sheet_head_blank(d, rnd):
    f, c = d.pick(rnd, fits=lambda f: f["column_path"]); head = f["column_path"].split("/")[-1]
    found = [x for x in d.root.iter(M + "c") if re.match(r"[A-Z]+", x.get("r"))[0] == column(int(f["col"])) and re.sub(r"\s", "", d.text(x) or "") == head]
    if len(found) != 1: raise Skip("head is not one cell above")
    for k in list(found[0]): found[0].remove(k)
    found[0].attrib.pop("t", None)
    return Change(d.bytes(), f"head {head} over {f['value_text']} blanked", f, labels=False)


def sheet_unit_changed(d, rnd):
    f, c = d.pick(rnd, fits=lambda f: f["unit_source"] == "table"); here = [g for g in d.facts if g["sheet"] == f["sheet"] and g["value"]]
    if len({g["table_id"] for g in here}) != 1: raise Skip("several tables on the sheet")
    said = [x for x in d.root.iter(M + "c") if "元" in (d.text(x) or "") and ("单位" in d.text(x) or "（" in d.text(x) or "(" in d.text(x))]
    if len(said) != 1: raise Skip("the unit is not said once")
    old = d.text(said[0]); wan = "万元" in old; new = re.sub("万元|元", "元" if wan else "万元", old); d.put_text(said[0], new); k = Decimal("0.0001") if wan else Decimal(10000)
    return Change(d.bytes(), f"caption {old.strip()} became {new.strip()}", f, gone=here, need=[("", Decimal(g["value"]) * k) for g in here], labels=False)


def sheet_part_removed(d, rnd):
    f, c = d.pick(rnd); del d.parts[d.sheets[f["sheet"]]]
    return Change(d.pack(), f"the part of sheet {f['sheet']} is missing", f)


def xml_in_value(d, rnd):
    f, c = d.pick(rnd, numeric=True); v = c.find("m:v", NS); t = v.text; v.text = "@@VALUE@@"; i = rnd.randrange(1, len(t)); ch = t[i]
    new = rnd.choice([f"{t[:i]}<!-- x -->{t[i:]}", f"{t[:i]}&#{ord(ch)};{t[i + 1:]}", f"<![CDATA[{t}]]>", f"{t[:i]}<![CDATA[{t[i:]}]]>", f"{t[:i]}<?x y?>{t[i:]}"])
    return Change(d.bytes(lambda raw: raw.replace(b"@@VALUE@@", new.encode())), f"{f['value_text']} stored as {new}", f)


PDF_KINDS = [
    control_resaved, control_set_anew, control_incremental, corner_note, box_beneath, highlighted, underlined, row_line_removed, column_line_removed,
    white_box, white_box_new_figure, black_box, over_a_line, too_large, map_digit, map_point_blank, map_point_nothing, page_object_zeroed,
    page_kid_null, page_duplicated, pages_swapped, stream_damaged, object_stream_bit, map_bit, watermark, stamp, freetext_note,
    struck_through, not_seen, note_mark, stacked, minus_dash, unit_added, unit_replaced, skewed, code_head_blank, amount_head_blank,
    page_rotated, second_file, drawn_twice, wrapped]
SHEET_KINDS = dict(
    cell_date=cell_format("yyyy-mm-dd", "as a date"), cell_percent=cell_format("0.00%", "as a percentage"), cell_wan=cell_format('#,##0.00"万"', "with 万 behind it"),
    cell_thousands=cell_format("#,##0.000000,", "in thousands", "thousandth"), cell_dollar=cell_format('"$"#,##0.00', "in dollars", "unread"),
    white_on_dark=white_on_dark, cell_white=cell_font("in white", white=True), cell_struck=cell_font("struck out", strike=True), column_width_0=column_width_0,
    invisible_marks=cell_text(lambda t: "\u202d" + t[:2] + "\u200b" + t[2:] + "\u202c", "with invisible marks"), circled_mark=cell_text(lambda t: t + "①", "with ① behind"),
    about=cell_text(lambda t: "约" + t, "with 约 before", "unread"), letter_o=cell_text(lambda t: t.replace("0", "O", 1) if "0" in t else None, "with the letter O"),
    two_figures=two_figures, formula_without_value=formula_without_value, total_zero=total_zero, row_inserted=row_inserted, sheet_head_blank=sheet_head_blank,
    sheet_unit_changed=sheet_unit_changed, sheet_part_removed=sheet_part_removed, xml_in_value=xml_in_value)
CONTROLS = {"control_resaved", "control_set_anew", "control_incremental", "corner_note", "box_beneath", "highlighted", "underlined", "white_on_dark", "row_inserted"}    # nothing is to be said
KINDS = {**{k.__name__: (Pdf, k) for k in PDF_KINDS}, **{n: (Book, k) for n, k in SHEET_KINDS.items()}}


# ------------------------------------------------------------------------------------------------------- the picture
def picture_differs(before, after, index, dpi=96):
    """the box in points in which page `index` of two PDFs looks different; None: nowhere"""
    shots = []
    for src in (before, after):
        doc = fitz.open("pdf", src)
        if index >= len(doc): return fitz.Rect(0, 0, 1e6, 1e6)
        px = doc[index].get_pixmap(dpi=dpi, annots=True); shots.append(Image.frombytes("RGB", (px.width, px.height), px.samples))
    if shots[0].size != shots[1].size: return fitz.Rect(0, 0, 1e6, 1e6)
    box = ImageChops.difference(*shots).convert("L").point(lambda v: 255 if v > 24 else 0).getbbox()
    return box and fitz.Rect(*box) * (72 / dpi)


def picture_fits(path, change):
    """raises Skip where the picture did not change as the kind means it to"""
    if not change.picture: return
    index, area = change.picture
    box = picture_differs(open(path, "rb").read(), change.data, index)
    if area is None:
        if box is not None: raise Skip("the picture changed")
    elif box is None: raise Skip("nothing changed in the picture")
    elif area != "any" and not grown(area, SLACK).contains(box):
        raise Skip(f"the picture changed elsewhere: {tuple(round(v) for v in box)}")


# --------------------------------------------------------------------------------------------------------- the judge
def rows(folder, name):
    path = os.path.join(folder, name)
    return list(csv.DictReader(open(path, encoding="utf-8-sig", newline=""))) if os.path.exists(path) else []


class Result:
    """What one conversion gave, by source."""
    def __init__(self, folder):
        self.facts, self.checks, self.document = collections.defaultdict(list), collections.defaultdict(list), {}
        for i, f in enumerate(rows(folder, "facts.csv")):
            f["_id"] = len(self.facts[f["source"]]); self.facts[f["source"]].append(f)
        for c in rows(folder, "checks.csv"): self.checks[c["source"]].append(c)
        for r in rows(folder, "documents.csv"): self.document[r["source"]] = r


def doubts(f):
    return set(f["flags"].split(";")) - NO_DOUBT - {""}


def cells_of(check):
    """(table, row, col) of every cell that takes part in a check"""
    found = {(m[1], m[2], m[3]) for m in re.finditer(r"(t\d+)!R(\d+)C(\d+)", check["where"] + ";" + check["suspects"])}
    return found | {(check["table_id"], check["row"], check["col"])}


def label(f):
    return tuple(f.get(k, "") for k in ("table_type", "row_label", "column_path", "function_code", "department_economic_code", "government_economic_code", "revenue_code", "unit"))


def near(a, b):
    """whether two facts stand in one row"""
    if a["sheet"] != b["sheet"]: return False
    if a["page"]:
        return a["page"] == b["page"] and abs(float(a["y0"]) + float(a["y1"]) - float(b["y0"]) - float(b["y1"])) < 12
    return abs(int(a["row"]) - int(b["row"])) <= 1


def judge(rec, old, new, name, original):
    """(verdict, note) of one changed copy"""
    was, now, doc0, doc = old.facts[original], new.facts[name], old.document[original], new.document.get(name, {})
    if not doc: return "SILENT", "the file is not in documents.csv"
    partial = doc["status"] in ("partial", "failed", "unsupported", "duplicate") and bool(doc["error"] or doc["flags"]) and (doc["status"], doc["error"]) != (doc0["status"], doc0["error"])
    said_by = f'{doc["status"]}: {doc["error"] or doc["flags"]}' if partial else ""
    if rec["rule"] == "must_say": return ("said", said_by) if partial else ("SILENT", f'status {doc["status"]}, {len(now)} facts of {len(was)}')
    gone, unread = set(rec["gone"]), set(rec["unread"])
    old_flags = collections.Counter((f["page"] if not rec["anypage"] else "", f["row_label"], f["column_path"], f["value_text"], g) for f in was for g in doubts(f))
    fresh = []                                  # facts with a doubt that the original's fact did not carry
    for f in now:
        for g in doubts(f):
            k = (f["page"] if not rec["anypage"] else "", f["row_label"], f["column_path"], f["value_text"], g)
            if old_flags[k]: old_flags[k] -= 1
            elif not fresh or fresh[-1] is not f: fresh.append(f)
    was_failed = {(c["rule"], c["statement"]) for c in old.checks[original] if c["status"] == "failed"}
    failed = [c for c in new.checks[name] if c["status"] == "failed" and (c["rule"], c["statement"]) not in was_failed]
    touched = set().union(*map(cells_of, failed)) if failed else set()
    fails = {(c["rule"], c["statement"]) for c in failed} | {(c["rule"], c["table_id"], c["row"], c["col"]) for c in failed}
    parts = collections.defaultdict(set)        # the original's checks in which a cell took part, by their words and by the cell of their total
    for c in old.checks[original]:
        for cell in cells_of(c): parts[cell] |= {(c["rule"], c["statement"]), (c["rule"], c["table_id"], c["row"], c["col"])}
    page = lambda p: "" if rec["anypage"] else p
    # what must be there, what is there
    have = collections.defaultdict(list)
    for f in now:
        if f["value"]: have[page(f["page"]), Decimal(f["value"])].append(f)
    wants = [(f["page"], Decimal(f["value"]), f) for i, f in enumerate(was) if f["value"] and i not in gone and i not in unread]
    target = was[rec["target"]] if rec["target"] is not None else None
    wants += [(p, Decimal(v), target) for p, v in rec["need"]]
    missing, kept = [], []
    for p, v, f in sorted(wants, key=lambda w: w[2] is not None and w[2] is target):     # untouched ones take theirs first
        pool = have[page(p), v]
        if not pool: missing.append((p, v, f)); continue
        best = next((g for g in pool if f and label(g) == label(f)), pool[0]); pool.remove(best); kept.append((f, best))
    extra = [f for fs in have.values() for f in fs if Decimal(f["value"]) not in {Decimal(m) for m in rec["may"]}]
    lost = [(was[i]["page"], Decimal(was[i]["value"]), was[i]) for i in unread if was[i]["value"]]      # must be said, whether or not anything stands there

    def missing_is_said(f):
        if partial: return True
        if f is None: return False
        if any((near(f, g) or (f["row_label"] and f["row_label"] == g["row_label"] and f["table_type"] == g["table_type"])) for g in fresh): return True
        cell = (f["table_id"], f["row"], f["col"])
        return cell in touched or bool(parts[cell] & fails)

    def wrong_is_said(f):
        return bool(doubts(f)) or partial or any(near(f, g) for g in fresh) or (f["table_id"], f["row"], f["col"]) in touched
    show = lambda vs: ", ".join(f"{v:f}" for v in vs[:4]) + (" …" if len(vs) > 4 else "")
    note = f'missing {len(missing)} ({show([m[1] for m in missing])}), wrong {len(extra)} ({show([Decimal(f["value"]) for f in extra])}); {said_by or doc["status"]}'
    if rec["rule"] == "sums":                  # only sums can tell; tables without any can't
        wrong = {f["table_id"] for f in extra} | {m[2]["table_id"] for m in missing if m[2]}
        if not wrong: return "right", note
        told = {f["table_id"] for f in fresh} | {t for t, _, _ in touched}
        silent = (wrong - told) & telling_tables(old, original, rec["swap"], {m[2]["_id"] for m in missing if m[2]})
        if partial or told and not silent: return "said", note
        return ("SILENT", f"nothing said in {sorted(silent)}: " + note) if silent else ("skipped", "no sum could tell: " + note)
    if not missing and not extra and not lost:
        moved = [(f, g) for f, g in kept if f and f is not target and label(f) != label(g) and not doubts(g)] if rec["labels"] else []
        if moved and not partial:
            a, b = moved[0]; parts = [f"{x} → {y}" for x, y in zip(label(a), label(b)) if x != y]
            return "meaning", f"{len(moved)} of {len(kept)} stand otherwise: {a['value_text']} p{a['page']}{a['sheet']}: " + "; ".join(parts)[:150]
        return "right", f'{doc["status"]}, flags {len(fresh)}'
    flagged = {Decimal(f["value"]) for f in extra if doubts(f)}
    silent_missing = [m for m in missing if not missing_is_said(m[2])] + [m for m in lost if m[1] not in flagged and not missing_is_said(m[2])]
    silent_wrong = [f for f in extra if not wrong_is_said(f)]
    bare = [f for f in extra if not doubts(f)]
    if silent_missing or silent_wrong: return "SILENT", note + f'; unsaid: missing {len(silent_missing)}, wrong {len(silent_wrong)}'
    return "said", note + (f"; bare {len(bare)}" if bare else "")


def telling_tables(old, original, swap, changed):
    """tables of the original with a sum that held and cannot hold any more once the `changed` facts read one digit as another"""
    at, out = {(f["table_id"], f["row"], f["col"]): f for f in old.facts[original] if f["value"]}, set()
    other = lambda f: scaled(f, f["value_text"].replace(*swap)) if f["_id"] in changed and FIGURE.match(f["value_text"]) and number(f["value_text"]) else Decimal(f["value"])
    for c in old.checks[original]:
        cells = re.findall(r"(t\d+)!R(\d+)C(\d+)", c["where"])
        if c["status"] != "passed" or len(cells) < 2 or any(x not in at for x in cells): continue
        total, *parts = (at[x] for x in cells); slack = Decimal(c["tolerance"] or 0)
        held = abs(Decimal(total["value"]) - sum(Decimal(x["value"]) for x in parts)) <= slack
        if held and abs(other(total) - sum(map(other, parts))) > slack: out |= {x[0] for x in cells}
    return out


# ------------------------------------------------------------------------------------------------------------ the run
def convert(binary, inputs, out, jobs):
    shutil.rmtree(out, ignore_errors=True)
    run = subprocess.run([binary, "convert", inputs, "-o", out, "-f", "csv", "-q", *(["-j", str(jobs)] if jobs else [])], capture_output=True, text=True)
    if run.returncode not in (0, 3): sys.exit(f"convert {inputs}: exit {run.returncode}\n{run.stderr[-2000:]}")
    return Result(out)


def copy_originals(folders, sheets, to, cut, rnd):
    """copies under short, distinct names; a long PDF is cut to `cut` pages, and that cut is its original"""
    os.makedirs(to, exist_ok=True); names = {}
    paths = [os.path.join(d, n) for d in folders for n in sorted(os.listdir(d)) if n.lower().endswith((".pdf", ".xlsx"))]
    paths += [os.path.join(d, n) for d in sheets for n in sorted(os.listdir(d)) if n.lower().endswith(".xlsx")]
    for i, path in enumerate(paths):
        stem, ext = os.path.splitext(os.path.basename(path)); name = f"{i:02}-{stem[:18]}{ext.lower()}"; names[name] = path; to_path = os.path.join(to, name)
        shutil.copyfile(path, to_path); os.chmod(to_path, 0o644)
        if ext.lower() == ".pdf":
            with pikepdf.open(path) as pdf:
                n = len(pdf.pages)
                if n > cut or pdf.is_encrypted:
                    start = rnd.randrange(0, max(1, n - cut)); part = pikepdf.Pdf.new(); part.pages.extend(pdf.pages[start:start + cut]); part.save(to_path)
    return names


def make_changes(docs, kinds, count, rnd, out):
    """writes the changed copies; the records of what was done, by file name"""
    os.makedirs(out, exist_ok=True); records, use = {}, collections.Counter()
    for i in range(count):
        kind = kinds[i % len(kinds)]; form, make = KINDS[kind]; fitting = [d for d in docs if isinstance(d, form) and any(f["value"] for f in d.facts)]
        why, done = "no document of this form", False
        # those used least by this kind first, then by chance
        for d in sorted(fitting, key=lambda d: (use[kind, d.name], rnd.random()))[:12]:
            for _ in range(3):
                try:
                    change = make(d, rnd); picture_fits(d.path, change)
                except Skip as e: why = str(e); continue
                except (ValueError, RuntimeError, KeyError, AttributeError, TypeError, pikepdf.PdfError) as e: why = f"{type(e).__name__}: {e}"; continue
                done = True; break
            if done: break
        name = f"{i:04}-{kind}"
        if not done: records[name] = dict(kind=kind, skipped=why); continue
        use[kind, d.name] += 1; name += "." + d.form
        open(os.path.join(out, name), "wb").write(change.data)
        records[name] = dict(kind=kind, original=d.name, **change.record())
    return records


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n\n")[0]); a = p.add_argument
    a("folders", nargs="*"); a("--sheets", nargs="*", default=[]); need = "--list" not in sys.argv; a("--bin", required=need); a("--out", required=need); a("--seed", type=int, default=1); a("--count", type=int, default=200)
    a("--kind", nargs="*"); a("--cut", type=int, default=60); a("--jobs", type=int); a("--strict", action="store_true"); a("--judge-only", action="store_true"); a("--list", action="store_true")
    args = p.parse_args(); rnd = random.Random(args.seed); path = lambda *x: os.path.join(args.out, *x)
    if args.list: print("\n".join(KINDS)); return 0
    if args.judge_only:
        records = json.load(open(path("records.json"), encoding="utf-8")); old = convert(args.bin, path("original"), path("result-original"), args.jobs)
        stale = [r for r in records.values() if "original" in r and len(old.facts[r["original"]]) != r["facts"]]
        if stale: print(f"note: {len(stale)} records name facts of another reading of the originals; they are found again by page and value", file=sys.stderr)
        find_again(records, old)
    else:
        for sub in ("original", "changed"): shutil.rmtree(path(sub), ignore_errors=True)
        copy_originals(args.folders, args.sheets, path("original"), args.cut, rnd)
        old = convert(args.bin, path("original"), path("result-original"), args.jobs)
        docs = [(Pdf if n.endswith(".pdf") else Book)(path("original", n), n, old.facts[n]) for n in sorted(os.listdir(path("original")))]
        kinds = [k for k in KINDS if not args.kind or any(w in k for w in args.kind)]
        if not any(isinstance(d, Book) for d in docs): kinds = [k for k in kinds if KINDS[k][0] is Pdf]
        if not any(isinstance(d, Pdf) for d in docs): kinds = [k for k in kinds if KINDS[k][0] is Book]
        records = make_changes(docs, kinds, args.count, rnd, path("changed"))
        for r in records.values():
            if "original" in r:
                fs = old.facts[r["original"]]; r["facts"] = len(fs)
                r["names"] = {str(i): [fs[i][k] for k in ("page", "sheet", "row", "value", "x0", "y0", "col")] for i in {*r["gone"], *r["unread"], *([r["target"]] if r["target"] is not None else [])}}
        json.dump(records, open(path("records.json"), "w", encoding="utf-8"), ensure_ascii=False, indent=0)
    new = convert(args.bin, path("changed"), path("result-changed"), args.jobs)
    table, total = [], collections.defaultdict(collections.Counter)
    for name, r in sorted(records.items()):
        verdict, note = ("skipped", r["skipped"]) if "skipped" in r else judge(r, old, new, name, r["original"])
        if verdict == "right" and r["kind"] in CONTROLS and new.document[name]["status"] != old.document[r["original"]]["status"]: verdict = "alarm"
        if args.strict and (verdict == "meaning" or verdict == "said" and "; bare" in note): note, verdict = f"{verdict}: {note}", "SILENT"
        total[r["kind"]][verdict] += 1; target = r.get("names", {}).get(str(r.get("target")), [""] * 7)
        table.append([name, r["kind"], verdict, r.get("original", ""), target[0] or target[1], r.get("text", ""), note])
    with open(path("attack.tsv"), "w", encoding="utf-8") as f:
        f.write("file\tkind\tverdict\toriginal\tpage_or_sheet\tchange\tnote\n")
        for row in table: f.write("\t".join(re.sub(r"\s+", " ", c) for c in row) + "\n")
    order = ("right", "said", "meaning", "alarm", "SILENT", "skipped"); print(f'{"kind":24}' + "".join(f"{v:>9}" for v in order))
    for k in KINDS:
        if k in total: print(f"{k:24}" + "".join(f"{total[k][v] or '·':>9}" for v in order))
    whole = sum(total.values(), collections.Counter()); print(f'{"all":24}' + "".join(f"{whole[v]:>9}" for v in order))
    for row in table:
        if row[2] == "SILENT": print("SILENT", row[0], row[3], "p" + row[4], row[5], "|", row[6])
    return 1 if whole["SILENT"] else 0


def find_again(records, old):
    """the records name facts by number; another binary may number them otherwise: found by page, value and place"""
    for r in records.values():
        if "original" not in r: continue
        fs, new, taken = old.facts[r["original"]], {}, set()
        for i, (page, sheet, row, value, x0, y0, col) in r["names"].items():
            like_it = [f for f in fs if f["_id"] not in taken and (f["page"], f["sheet"]) == (page, sheet) and f["value"] and Decimal(f["value"]) == Decimal(value)]
            far = lambda f: abs(float(f["x0"] or 0) - float(x0 or 0)) + abs(float(f["y0"] or 0) - float(y0 or 0)) + abs(int(f["row"]) - int(row)) / 100 + abs(int(f["col"]) - int(col)) / 100
            new[int(i)] = min(like_it, key=far)["_id"] if like_it else None; taken.add(new[int(i)])
        r["gone"], r["unread"] = ([new[i] for i in r[k] if new[i] is not None] for k in ("gone", "unread"))
        r["target"] = new.get(r["target"]) if r["target"] is not None else None
        r["names"] = {str(new[int(i)]): v for i, v in r["names"].items() if new[int(i)] is not None}


if __name__ == "__main__":
    sys.exit(main())
