// Search over all rows and sentences.
"use strict";

(function (app) {
  const { $, el, w } = app;
  let found = null;
  let wanted = "";

  /** A text with what was searched for marked in it. */
  const marked = (text) => {
    const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
    const parts = [];
    let rest = text;
    while (rest) {
      const lower = rest.toLowerCase();
      const places = words.map((word) => [lower.indexOf(word), word.length]).filter(([at]) => at >= 0);
      if (!places.length) break;
      const [at, length] = places.reduce((a, b) => (b[0] < a[0] ? b : a));
      parts.push(rest.slice(0, at), el("mark", {}, rest.slice(at, at + length)));
      rest = rest.slice(at + length);
    }
    return [...parts, rest];
  };

  const line = (hit) => el("li", { class: "hit" },
    el("a", { href: app.address(`d/${hit.doc_id}/#/${hit.doc_id}${hit.place ? `/${hit.place}` : ""}`) }, ...marked(hit.text || hit.title)),
    " ", el("span", { class: "printed" }, hit.printed),
    el("div", { class: "soft" }, [hit.kind === "row" ? w("in_row") : w("in_sentence"), hit.title, hit.whose, hit.year, hit.source, hit.page ? w("on_page", { n: hit.page }) : ""].filter(Boolean).join(" · ")));

  const draw = () => {
    if (!found) return;
    const { hits, all } = found;
    $("found").textContent = !all ? w("nothing_found") : hits.length < all ? w("found_most", { all, n: hits.length }) : w("found", { n: all });
    $("hits").replaceChildren(...hits.map(line));
  };

  app.startSearch = () => $("search-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    wanted = $("wanted").value.trim();
    if (!wanted) return;
    found = await app.ask(app.address(`api/search?q=${encodeURIComponent(wanted)}`)).catch(() => null);
    draw();
  });
  app.showSearch = () => $("wanted").focus();
  app.redraw.push(draw);
})(window.yusuan);
