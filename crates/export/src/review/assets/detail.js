// What is known of one cell: as printed, in yuan, where, what is doubtful and why, and what the reviewer says it is.
"use strict";

(function (page) {
  const { cell: LABELS, flags: FLAGS, verdicts: VERDICTS } = page.words;

  const yuan = (value) => (value === undefined ? "—" : `${page.grouped(value)} 元`);

  const term = (name, ...value) => [page.el("dt", {}, name), page.el("dd", {}, ...value)];

  const cellLink = (model, name, actions) => {
    const cell = model.cells.get(name);
    const text = cell ? `${model.labelOf(cell)}（${cell.text || "空白"}）` : name;
    if (!cell) return page.el("span", {}, text);
    return page.el("button", { type: "button", class: "link", title: name, onclick: () => actions.go(cell) }, text);
  };

  /** A check in words, with links to the cells that took part. */
  page.checkInWords = (model, check, actions) => {
    const parts = [
      page.el("p", { class: `verdict ${check.status}` },
        page.el("strong", {}, `${VERDICTS[check.status]}　${check.rule} ${check.title}`), page.el("br"),
        page.el("button", { type: "button", class: "link statement", onclick: () => actions.showCheck(check) }, check.statement)),
    ];
    if (check.left !== undefined) {
      parts.push(page.el("p", {}, `左边 ${yuan(check.left)}，右边 ${yuan(check.right)}，差 ${yuan(check.difference)}（允许 ${yuan(check.tolerance)}）`));
    }
    if (check.cause || check.reason) parts.push(page.el("p", {}, ["原因：" + (check.cause || "不明"), check.reason].filter(Boolean).join("，")));
    const list = (title, names) => page.el("p", { class: "cells" }, title, ...names.flatMap((name) => [cellLink(model, name, actions), " "]));
    if (check.suspects?.length) parts.push(list("最可疑：", check.suspects));
    if (check.cells.length) parts.push(list("参与：", check.cells));
    if (check.page) {
      const turn = () => actions.turnTo(check.page);
      parts.push(page.el("button", { type: "button", class: "link", onclick: turn }, `看第 ${check.page} 页`));
    }
    return page.el("div", { class: "check" }, ...parts);
  };

  const checksOf = (model, cell, actions) => {
    const of = (status) => cell.checks.filter((check) => check.status === status);
    const told = [...of("failed"), ...of("rounding")].map((check) => page.checkInWords(model, check, actions));
    const passed = of("passed");
    if (passed.length) {
      told.push(page.el("details", {}, page.el("summary", {}, `${passed.length} 个勾稽关系${VERDICTS.passed}`),
        ...passed.map((check) => page.el("p", {}, `${check.rule} ${check.title}：${check.statement}`))));
    }
    return told;
  };

  const factTerms = (cell) => {
    const { fact } = cell;
    if (!fact) return cell.unread ? term(LABELS.flags, page.el("span", { class: "flag unread" }, LABELS.unread)) : [];
    const value = fact.value === undefined
      ? [fact.unit ? LABELS.undecided : LABELS.unitless]
      : [page.el("strong", { class: "yuan" }, yuan(fact.value)), `　合 ${page.inTenThousands(fact.value)} 万元`];
    const flags = fact.flags.map((flag) => page.el("span", { class: `flag ${flag}` }, FLAGS[flag] || flag));
    return [
      ...term(LABELS.converted, ...value),
      ...(fact.alternative === undefined ? [] : term(LABELS.alternative, yuan(fact.alternative))),
      ...(fact.readings ? term("也可读作", fact.readings.join("　")) : []),
      ...term(LABELS.unit, fact.unit ? `${fact.unit}（${fact.unitSource}）` : "未注明"),
      ...(fact.path ? term(LABELS.item, fact.path) : []),
      ...(fact.column ? term(LABELS.column, fact.column) : []),
      ...(flags.length ? term(LABELS.flags, ...flags) : []),
    ];
  };

  const form = (cell, correction, actions) => {
    const field = (name, label, value, hint) =>
      page.el("label", {}, label, page.el("input", { name, value, placeholder: hint, autocomplete: "off" }));
    const problem = page.el("p", { class: "problem", role: "alert", hidden: true });
    const unit = cell.fact?.unit ? `按原表单位（${cell.fact.unit}）` : "";
    const submit = (event) => {
      event.preventDefault();
      const value = (name) => event.target.elements[name].value.trim();
      const corrected = value("corrected");
      const wrong = !corrected ? "请填写更正后的内容；如果此处没有印数字，请填“—”。"
        : page.sameText(corrected, cell.text) ? "与识别结果相同，不需要更正。"
        : cell.fact && page.readAmount(corrected).kind === "other" ? "读不成金额：请像原表那样填写数字，例如 1,234.50。" : "";
      problem.textContent = wrong;
      problem.hidden = !wrong;
      if (!wrong) actions.correct(cell, { corrected, by: value("by"), note: value("note") });
    };
    const buttons = [page.el("button", { type: "submit" }, correction ? "更新" : "保存更正")];
    if (correction) buttons.push(page.el("button", { type: "button", onclick: () => actions.takeBack(cell) }, "撤销更正"));
    const stale = correction && !page.readsTheSame(correction.printed, cell.text)
      ? page.el("p", { class: "problem" }, `更正时读到的是“${correction.printed}”，与现在不同，转换时不会采用。`) : null;
    return page.el("form", { class: "correct", onsubmit: submit },
      field("corrected", "更正为", correction?.corrected ?? "", unit || cell.text),
      field("note", "说明", correction?.note ?? "", "可不填"),
      field("by", "更正人", correction?.by || page.reviewer(), "可不填"),
      page.el("span", { class: "buttons" }, ...buttons), problem, stale);
  };

  /** What else there is to do with a cell: nothing. */
  page.beside = () => [];

  /** Shows a cell in the container. */
  page.showDetail = (container, model, cell, corrections, actions) => {
    if (!cell) {
      container.replaceChildren(page.el("p", { class: "hint" }, "点击表中的数，或页面上的数，两边会互相指出位置。"));
      return;
    }
    const correction = corrections.get(cell.name);
    const said = correction
      ? [page.el("p", { class: "said" }, `更正为 ${correction.corrected}`,
        correction.by ? `，${correction.by}` : "", correction.note ? `：${correction.note}` : "",
        page.standing(correction))] : [];
    container.replaceChildren(
      page.el("button", { type: "button", class: "close", "aria-label": "关闭", "aria-keyshortcuts": "Escape", onclick: actions.close }, "×"),
      page.el("h2", {}, model.labelOf(cell)),
      page.el("dl", {},
        ...term(LABELS.printed, page.el("span", { class: "printed" }, cell.text || "（空白）")),
        ...factTerms(cell),
        ...term(LABELS.place, `${model.placeOf(cell)}　${cell.name}`)),
      ...said,
      ...checksOf(model, cell, actions),
      ...page.beside(model, cell),
      ...(cell.stray ? [] : [form(cell, correction, actions)]));
  };
})(window.yusuanReview);
