// What is known of one cell: as printed, in yuan, where, what is doubtful and why, and what the reviewer says it is.
"use strict";

(function (page) {
  const { label, say } = page;
  const words = (list) => page.words[list];

  const yuan = (value) => (value === undefined ? "—" : say("yuan", page.grouped(value)));

  const term = (name, ...value) => [page.el("dt", {}, name), page.el("dd", {}, ...value)];

  const cellLink = (model, name, actions) => {
    const cell = model.cells.get(name);
    const text = cell ? say("inBrackets", model.labelOf(cell), cell.text || say("nothingPrinted")) : name;
    if (!cell) return page.el("span", {}, text);
    return page.el("button", { type: "button", class: "link", title: name, onclick: () => actions.go(cell) }, text);
  };

  /** A check in words, with links to the cells that took part. */
  page.checkInWords = (model, check, actions) => {
    const parts = [
      page.el("p", { class: `verdict ${check.status}` },
        page.el("strong", {}, `${words("verdicts")[check.status]} \u00a0${check.rule} ${page.told(check.title)}`), page.el("br"),
        page.el("button", { type: "button", class: "link statement", onclick: () => actions.showCheck(check) }, page.statement(check.statement))),
    ];
    if (check.left !== undefined) {
      parts.push(page.el("p", {}, say("sides", yuan(check.left), yuan(check.right), yuan(check.difference), yuan(check.tolerance))));
    }
    if (check.cause || check.reason) parts.push(page.el("p", {}, [say("cause", label(check.cause) || say("causeUnknown")), page.told(check.reason)].filter(Boolean).join(say("comma"))));
    const list = (title, names) => page.el("p", { class: "cells" }, title, ...names.flatMap((name) => [cellLink(model, name, actions), " "]));
    if (check.suspects?.length) parts.push(list(say("suspects"), check.suspects));
    if (check.cells.length) parts.push(list(say("partners"), check.cells));
    if (check.page) {
      const turn = () => actions.turnTo(check.page);
      parts.push(page.el("button", { type: "button", class: "link", onclick: turn }, say("seePage", check.page)));
    }
    return page.el("div", { class: "check" }, ...parts);
  };

  const checksOf = (model, cell, actions) => {
    const of = (status) => cell.checks.filter((check) => check.status === status);
    const told = [...of("failed"), ...of("rounding")].map((check) => page.checkInWords(model, check, actions));
    const passed = of("passed");
    if (passed.length) {
      told.push(page.el("details", {}, page.el("summary", {}, say("checksPassed", passed.length)),
        ...passed.map((check) => page.el("p", {}, say("with", `${check.rule} ${page.told(check.title)}`, page.statement(check.statement))))));
    }
    return told;
  };

  const factTerms = (cell) => {
    const { fact } = cell;
    if (!fact) return cell.unread ? term(words("cell").flags, page.el("span", { class: "flag unread" }, words("cell").unread)) : [];
    const value = fact.value === undefined
      ? [fact.unit ? words("cell").undecided : words("cell").unitless]
      : [page.el("strong", { class: "yuan" }, yuan(fact.value)), ` \u00a0${say("tenThousands", page.inTenThousands(fact.value))}`];
    const flags = fact.flags.map((flag) => page.el("span", { class: `flag ${flag}` }, words("flags")[flag] || flag));
    return [
      ...term(words("cell").converted, ...value),
      ...(fact.alternative === undefined ? [] : term(words("cell").alternative, yuan(fact.alternative))),
      ...(fact.readings ? term(say("alsoRead"), fact.readings.join(" \u00a0")) : []),
      ...term(words("cell").unit, fact.unit ? say("inBrackets", label(fact.unit), label(fact.unitSource)) : say("unitNotSaid")),
      ...(fact.path ? term(words("cell").item, fact.path) : []),
      ...(fact.column ? term(words("cell").column, fact.column) : []),
      ...(flags.length ? term(words("cell").flags, ...flags) : []),
    ];
  };

  const form = (cell, correction, actions) => {
    const field = (name, label, value, hint) =>
      page.el("label", {}, label, page.el("input", { name, value, placeholder: hint, autocomplete: "off" }));
    const problem = page.el("p", { class: "problem", role: "alert", hidden: true });
    const unit = cell.fact?.unit ? say("inUnit", label(cell.fact.unit)) : "";
    const submit = (event) => {
      event.preventDefault();
      const value = (name) => event.target.elements[name].value.trim();
      const corrected = value("corrected");
      const wrong = !corrected ? say("needsText")
        : page.sameText(corrected, cell.text) ? say("sameText")
        : cell.fact && page.readAmount(corrected).kind === "other" ? say("noAmount") : "";
      problem.textContent = wrong;
      problem.hidden = !wrong;
      if (!wrong) actions.correct(cell, { corrected, by: value("by"), note: value("note") });
    };
    const buttons = [page.el("button", { type: "submit" }, say(correction ? "update" : "saveCorrection"))];
    if (correction) buttons.push(page.el("button", { type: "button", onclick: () => actions.takeBack(cell) }, say("takeBack")));
    const stale = correction && !page.readsTheSame(correction.printed, cell.text)
      ? page.el("p", { class: "problem" }, say("stale", correction.printed)) : null;
    return page.el("form", { class: "correct", onsubmit: submit },
      field("corrected", say("correctTo"), correction?.corrected ?? "", unit || cell.text),
      field("note", say("note"), correction?.note ?? "", say("optional")),
      field("by", say("by"), correction?.by || page.reviewer(), say("optional")),
      page.el("span", { class: "buttons" }, ...buttons), problem, stale);
  };

  /** What else there is to do with a cell: nothing. */
  page.beside = () => [];

  /** Shows a cell in the container. */
  page.showDetail = (container, model, cell, corrections, actions) => {
    if (!cell) {
      container.replaceChildren(page.el("p", { class: "hint" }, say("pickHint")));
      return;
    }
    const correction = corrections.get(cell.name);
    const said = correction
      ? [page.el("p", { class: "said" }, say("correctedTo", correction.corrected),
        correction.by ? say("comma") + correction.by : "", correction.note ? say("with", "", correction.note) : "",
        page.standing(correction))] : [];
    container.replaceChildren(
      page.el("button", { type: "button", class: "close", "aria-label": say("closeDetail"), "aria-keyshortcuts": "Escape", onclick: actions.close }, "×"),
      page.el("h2", {}, model.labelOf(cell)),
      page.el("dl", {},
        ...term(words("cell").printed, page.el("span", { class: "printed" }, cell.text || say("blank"))),
        ...factTerms(cell),
        ...term(words("cell").place, `${model.placeOf(cell)} \u00a0${cell.name}`)),
      ...said,
      ...checksOf(model, cell, actions),
      ...page.beside(model, cell),
      ...(cell.stray ? [] : [form(cell, correction, actions)]));
  };
})(window.yusuanReview);
