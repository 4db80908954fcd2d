// Two years of one body side by side.
"use strict";

(function (app) {
  const { $, el, w } = app;
  const AT_ONCE = 300;
  let bodies = [];
  let compared = null;
  let most = AT_ONCE;

  const name = (paper) => [paper.year || "", paper.kind ? w("kind." + paper.kind) : "", paper.source].filter(Boolean).join(" · ");
  const body = () => bodies[Number($("bodies").value)] || { documents: [] };

  const drawPapers = () => {
    const papers = body().documents;
    for (const side of ["left", "right"]) {
      $(side).replaceChildren(...papers.map((paper) => el("option", { value: paper.doc_id }, name(paper))));
    }
    // The last two of one kind, if there are any: a budget is compared with a budget.
    const pairs = papers.flatMap((b, j) => papers.slice(0, j).map((a) => [a, b])).filter(([a, b]) => a.kind === b.kind && a.year !== b.year);
    const [a, b] = pairs.at(-1) || papers.slice(-2);
    $("left").value = a.doc_id;
    $("right").value = b.doc_id;
  };

  /** The papers again, in the language of now. */
  const renamePapers = () => {
    for (const option of [...$("left").options, ...$("right").options]) {
      const paper = body().documents.find((one) => one.doc_id === option.value);
      if (paper) option.textContent = name(paper);
    }
  };

  /** What a paper that was compared is called, in the language of now. */
  const nameOf = (paper) => [paper.year || "", paper.kind ? w("kind." + paper.kind) : ""].filter(Boolean).join(" ") || paper.source || paper.doc_id;

  const amount = (line, side) => {
    const doc = compared[side];
    const text = line[side];
    if (text === null) return el("td", { class: "number soft", "data-title": nameOf(compared[side + "Paper"]) }, w("absent"));
    const link = el("a", { href: app.address(`d/${doc}/#/${doc}/${line[side + "_cell"]}`) }, app.wan(text));
    return el("td", { class: "number", "data-title": nameOf(compared[side + "Paper"]) }, link);
  };

  const row = (line) => {
    const tone = !line.change ? "" : line.change.startsWith("-") ? "fall" : "rise";
    const sign = line.change && !line.change.startsWith("-") ? "+" : "";
    return el("tr", {},
      el("th", { scope: "row" }, line.label, el("span", { class: "reason" }, [line.table, line.column].filter(Boolean).join(" · "))),
      amount(line, "left"), amount(line, "right"),
      el("td", { class: `number ${tone}`, "data-title": w("change") }, line.change ? sign + app.wan(line.change) : ""),
      el("td", { class: `number ${tone}`, "data-title": w("percent") }, line.percent !== null ? `${sign}${line.percent.replace("-", "−")} %` : ""));
  };

  const draw = () => {
    $("nothing-to-compare").hidden = bodies.length > 0;
    $("compare-form").hidden = !bodies.length;
    renamePapers();
    if (!compared) return;
    const names = [nameOf(compared.leftPaper), nameOf(compared.rightPaper)];
    const titles = [w("line"), ...names.map((one) => w("in_wan", { name: one })), w("change"), w("percent")];
    $("lines").tHead.replaceChildren(el("tr", {}, ...titles.map((title, index) => el("th", { scope: "col", class: index ? "number" : null }, title))));
    $("lines").tBodies[0].replaceChildren(...compared.lines.slice(0, most).map(row));
    const empty = names.filter((_, side) => !compared.amounts[side]);
    $("lines").hidden = !compared.lines.length || empty.length > 0;
    $("compared").textContent = empty.length
      ? w("without_amounts", { name: empty.join("、") })
      : w("changed_lines", { n: compared.lines.length + compared.more, same: compared.same });
    $("more-lines").hidden = empty.length > 0 || compared.lines.length <= most;
    $("more-lines").textContent = w("more", { n: Math.min(AT_ONCE, compared.lines.length - most) });
  };

  app.showCompare = async () => {
    const fresh = await app.ask(app.address("api/bodies")).catch(() => []);
    // Chosen by now: somebody may have done so meanwhile.
    const chosen = body().name;
    bodies = fresh;
    $("bodies").replaceChildren(...bodies.map((one, index) => el("option", { value: String(index) }, one.name)));
    const again = bodies.findIndex((one) => one.name === chosen);
    if (bodies.length) {
      $("bodies").value = String(Math.max(0, again));
      if (again < 0) drawPapers();
    }
    draw();
  };

  app.startCompare = () => {
    $("bodies").addEventListener("change", drawPapers);
    $("more-lines").addEventListener("click", () => {
      most += AT_ONCE;
      draw();
    });
    $("compare-form").addEventListener("submit", async (event) => {
      event.preventDefault();
      const [left, right, papers] = [$("left").value, $("right").value, body().documents];
      const answer = await app.ask(app.address(`api/compare?a=${left}&b=${right}`)).catch(() => null);
      if (!answer) return;
      const paperOf = (doc) => papers.find((one) => one.doc_id === doc) || { doc_id: doc };
      compared = { ...answer, left, right, leftPaper: paperOf(left), rightPaper: paperOf(right) };
      most = AT_ONCE;
      draw();
    });
  };
  app.redraw.push(draw);
})(window.yusuan);
