#!/usr/bin/env python3
"""bbox_balance.py OUT INPUT... --bin yusuan [--tsv FILE] [--worst 20] [--limit 0.001]: is no figure that is printed in a table lost?

OUT is a finished `yusuan convert INPUT... -o OUT -f csv`; INPUT are the files and folders it was made from. A second program, poppler's
`pdftotext -bbox`, gives every word of a PDF with its box. On each page with tables the words that are figures (digits, separators, sign;
pieces that stand close together joined) and lie in a table's area are looked for in the texts of the cells that `yusuan tables` prints,
then in the facts of the page (value_text). The areas are those of `tables --no-join`, page by page; the texts those of the joined tables,
so a figure that is only in the unjoined ones stood in a repeated head, or was lost in joining, and is counted by itself.

Per document and in all:
  figures   printed figures in table areas
  cell      found as a figure of its own in a cell
  joined    found as a part of a longer figure of a cell: a wrapped figure, or several glued together (see `glued` in the list)
  fact      in no cell, but in a fact
  unjoined  only in the tables before pages were joined
  unseen    not found, and where it should stand the picture of the page is of one colour: covered or white, a person does not see it
  lost      in no cell and no fact, and there is ink (text that is cut off by a clipping path counts as lost where other ink lies there)
  said      of these, reported: figures_unread of tables.csv (a program without that column reports none)
  silent    lost - said, document by document
  partial   silent ones in documents that are partial with a reason
  nofact    in a cell, but in no fact of the page, though it has the form of an amount (a separator, two decimals) or shares its cell with
            other figures; right for targets, codes and the like, so it is for looking, not for judging
  extra     figures in cells that print does not have there
  outside   figures with a point or a separator on pages with tables, outside every area (a table cut short, or a page's text)
Exit status 1 when silent / figures is above --limit."""
import argparse, collections, csv, html, json, os, re, subprocess, sys, unicodedata

csv.field_size_limit(10 ** 9)
SIGNS = "-−—–‐‑‒―\u00ad△+"
WORD = re.compile(rf"^[(（]?[{SIGNS}]?\d[\d,，.．]*%?[)）]?$")       # a word that is a figure
RUN = re.compile(r"\d[\d,，.．]*")                                  # a figure within a text
MARGIN = 2.0        # pt: how far a word's middle may lie outside the area
GAP = .18           # of the height: pieces nearer than this are one word


def plain(text):
    """a figure reduced to its digits and point, so that 1,234.50 and １２３４.50 are one"""
    return re.sub(r"[^\d.]", "", unicodedata.normalize("NFKC", text)).strip(".")


def words(path):
    """per page [(x0, y0, x1, y1, text)]"""
    run = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True)
    pages = []
    for line in run.stdout.decode("utf-8", "replace").splitlines():
        if "<page " in line: pages.append([])
        elif m := re.search(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*)</word>', line):
            pages[-1].append((*(float(v) for v in m.groups()[:4]), html.unescape(m[5])))
    return pages


def joined(found):
    """words with the pieces of one figure put together: 1, | 234.50 on one line without white between them"""
    out = []
    for w in sorted(found, key=lambda w: (round(w[1] + w[3]), w[0])):
        if out:
            a = out[-1]; h = w[3] - w[1]
            level = abs(a[1] + a[3] - w[1] - w[3]) < h * .4 and a[2] - a[0] > 0
            if level and -h * .3 < w[0] - a[2] < h * GAP and re.fullmatch(rf"[{SIGNS}\d,，.．]+", a[4] + w[4]) and WORD.match(a[4] + w[4]):
                out[-1] = (a[0], min(a[1], w[1]), w[2], max(a[3], w[3]), a[4] + w[4]); continue
        out.append(w)
    return out


def tables(binary, path, *options):
    run = subprocess.run([binary, "tables", path, "--format", "json", "-q", *options], capture_output=True)
    try: return json.loads(run.stdout.decode("utf-8") or "[]")
    except ValueError: return []


class Cells:
    """The figures of all cells, by page, each to be taken once."""
    def __init__(self, found):
        self.crowded = False                                  # the cell taken from last holds several figures
        self.by_page = collections.defaultdict(list)          # [box, {figure: how often}, all digits, text]
        for t in found:
            for c in t["cells"]:
                text = t["rows"][c["row"]][c["col"]] or ""
                runs = [plain(m) for m in RUN.findall(unicodedata.normalize("NFKC", text))]
                if runs: self.by_page[c["page"]].append([c["bbox"], collections.Counter(runs), runs, text])

    def take(self, page, word):
        """takes the word's figure from the cell under it, else from the nearest that has it; "cell", "joined" or None"""
        x, y, fig = (word[0] + word[2]) / 2, (word[1] + word[3]) / 2, plain(word[4]); best = None
        for cell in self.by_page[page]:
            (x0, y0, x1, y1), left, *_ = cell
            off = max(x0 - x, x - x1, 0) + max(y0 - y, y - y1, 0)
            if left[fig] and (best is None or off < best[0]): best = (off, cell)
        if best: best[1][1][fig] -= 1; self.crowded = len(best[1][2]) > 1; return "cell"
        for cell in self.by_page[page]:
            (x0, y0, x1, y1), _, runs, *_ = cell
            if x0 - 3 <= x <= x1 + 3 and y0 - 3 <= y <= y1 + 3 and any(fig in r and fig != r for r in runs):
                cell.append(word[4]); return "joined"
        return None


def facts_of(out):
    """{source: {page: Counter of figures}}"""
    got = collections.defaultdict(lambda: collections.defaultdict(collections.Counter))
    for f in read(out, "facts.csv"):
        if f["page"]: got[f["source"]][int(f["page"])].update(plain(m) for m in RUN.findall(unicodedata.normalize("NFKC", f["value_text"])))
    return got


def read(out, name):
    return list(csv.DictReader(open(os.path.join(out, name), encoding="utf-8-sig", newline="")))


def unread_of(out):
    """{source: figures that tables.csv says are unread}, or None where the program has no such column"""
    got = collections.Counter(); rows = read(out, "tables.csv")
    if rows and "figures_unread" not in rows[0]: return None
    for r in rows: got[r["source"]] += int(r["figures_unread"] or 0)
    return got


def seen(path, page, word, dpi=144):
    """whether there is ink of more than one shade in the word's box (pdftoppm draws it in grey)"""
    k = dpi / 72; x, y, w, h = int(word[0] * k), int(word[1] * k), max(2, int((word[2] - word[0]) * k)), max(2, int((word[3] - word[1]) * k))
    run = subprocess.run(["pdftoppm", "-gray", "-r", str(dpi), "-f", str(page), "-l", str(page), "-x", str(x), "-y", str(y), "-W", str(w), "-H", str(h), path], capture_output=True)
    grey = run.stdout[-w * h:]
    return not grey or max(grey) - min(grey) > 60


def inside(word, boxes):
    x, y = (word[0] + word[2]) / 2, (word[1] + word[3]) / 2
    return any(b[0] - MARGIN <= x <= b[2] + MARGIN and b[1] - MARGIN <= y <= b[3] + MARGIN for b in boxes)


def balance(binary, path, facts):
    """(counts, [places]) of one PDF"""
    apart, whole = tables(binary, path, "--no-join"), tables(binary, path)
    areas = collections.defaultdict(list)
    for t in apart: areas[t["page"]].append(t["bbox"])
    cells, before, n, places = Cells(whole), Cells(apart), collections.Counter(), []
    for page, found in enumerate(words(path), 1):
        if page not in areas: continue
        loose = collections.Counter(); rest = []
        for w in joined(found):
            if not WORD.match(w[4]):
                if inside(w, areas[page]): loose.update(plain(m) for m in RUN.findall(unicodedata.normalize("NFKC", w[4])))
                continue
            if not inside(w, areas[page]):
                if re.search(r"\d[.,]\d", w[4]) and "%" not in w[4]: n["outside"] += 1; places.append((page, "outside", w))
                continue
            n["figures"] += 1; rest.append(w)
        amounts = collections.Counter(facts[page])            # each fact's figure may be printed once
        for w in rest:
            how = cells.take(page, w)
            if how is None:
                if facts[page][plain(w[4])] > 0: facts[page][plain(w[4])] -= 1; how = "fact"
                else: how = "unjoined" if before.take(page, w) else "lost" if seen(path, page, w) else "unseen"
            n[how] += 1
            if how in ("cell", "joined"):
                if amounts[plain(w[4])] > 0: amounts[plain(w[4])] -= 1
                elif "%" not in w[4] and (re.search(r",\d{3}|\.\d\d$", w[4]) or how == "joined" or cells.crowded): n["nofact"] += 1; places.append((page, "nofact", w))
            if how in ("lost", "unseen", "unjoined"): places.append((page, how, w))
        for box, left, runs, text, *parts in cells.by_page[page]:
            for fig, times in left.items():
                more = times - loose[fig]; loose[fig] -= min(times, loose[fig])
                pieces = [p for p in parts if plain(p) in fig]
                if more > 0 and pieces:                       # a longer figure made of printed pieces: glued if each piece is a whole figure
                    if sum(bool(re.fullmatch(r"-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?", p)) for p in pieces) > 1: n["glued"] += 1; places.append((page, "glued", (*box, text)))
                elif more > 0 and not inside_text(fig, found, box): n["extra"] += more; places.append((page, "extra", (*box, text)))
    return n, places


def inside_text(fig, found, box):
    """whether the words in the cell's box, written together, hold the figure (12 | ,345 apart, or beside Chinese)"""
    mid = lambda w: ((w[0] + w[2]) / 2, (w[1] + w[3]) / 2)
    near = [w for w in found if box[0] - 3 <= mid(w)[0] <= box[2] + 3 and box[1] - 3 <= mid(w)[1] <= box[3] + 3]
    for key in (lambda w: (round(w[1]), w[0]), lambda w: (w[0], w[1])):
        if fig.replace(".", "") in re.sub(r"\D", "", unicodedata.normalize("NFKC", "".join(w[4] for w in sorted(near, key=key)))): return True
    return False


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n\n")[0]); a = p.add_argument
    a("out"); a("inputs", nargs="+"); a("--bin", required=True); a("--tsv"); a("--worst", type=int, default=20); a("--limit", type=float, default=.001)
    args = p.parse_args(); facts, unread = facts_of(args.out), unread_of(args.out)
    if unread is None: print("this program has no figures_unread: every loss counts as silent"); unread = collections.Counter()
    names = ("figures", "cell", "joined", "glued", "fact", "unjoined", "unseen", "lost", "said", "silent", "partial", "extra", "nofact", "outside"); total, everything = collections.Counter(), []
    print("".join(f"{n:>9}" for n in names) + "  document")
    for d in read(args.out, "documents.csv"):
        if d["format"] != "pdf": continue
        path = next((q for i in args.inputs for q in ([i] if os.path.basename(i) == d["source"] else [os.path.join(i, d["source"])]) if os.path.isfile(q)), None)
        if not path: print(f"not found: {d['source']}", file=sys.stderr); continue
        n, places = balance(args.bin, path, facts[d["source"]])
        n["said"] = min(unread[d["source"]], n["lost"]); n["silent"] = n["lost"] - n["said"]
        n["partial"] = n["silent"] if d["status"] != "ok" else 0
        total += n; everything += [(d["source"], *x) for x in places]
        print("".join(f"{n[k]:>9}" for k in names) + "  " + d["source"] + ("" if d["status"] == "ok" else f" ({d['status']})"))
    print("".join(f"{total[k]:>9}" for k in names) + "  all")
    share = total["silent"] / max(1, total["figures"]); print(f"printed figures silently missing: {total['silent']} of {total['figures']} ({share:.3%})")
    groups = collections.defaultdict(list)
    for source, page, how, w in everything: groups[source, page, how].append(w)
    order = ("lost", "glued", "extra", "nofact", "unjoined", "unseen", "outside")
    for (source, page, how), ws in sorted(groups.items(), key=lambda g: (order.index(g[0][2]) > 2, -len(g[1]), g[0]))[:args.worst]:
        print(f"{len(ws):4} {how:8} {source} p{page}: " + " | ".join(re.sub(r"\s+", "⏎", w[4])[:60] for w in ws[:6]))
    if args.tsv:
        with open(args.tsv, "w", encoding="utf-8") as f:
            f.write("source\tpage\thow\tx0\ty0\tx1\ty1\ttext\n")
            for source, page, how, w in everything: f.write(f"{source}\t{page}\t{how}\t" + "\t".join(f"{v:.1f}" for v in w[:4]) + "\t" + re.sub(r"\s+", "⏎", w[4]) + "\n")
    return 1 if share > args.limit else 0


if __name__ == "__main__":
    sys.exit(main())
