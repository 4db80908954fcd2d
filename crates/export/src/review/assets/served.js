// The page as a server gives it: a correction is applied at once, for everybody, and can be undone; who changed what is told.
"use strict";

(function (page) {
  const $ = (id) => document.getElementById(id);
  const base = document.documentElement.dataset.served;
  const UNDO = "yusuan.served.undo.";
  const MOST_UNDONE = 50;

  const { say } = page;
  page.served = {};

  page.home = base.split("/").pop();
  // The file is there; it is the server that does not answer, or does not know this browser any more.
  page.whyNot = () => say("lost");
  page.leave = () => window.location.assign("../../");

  /** The address of a document, below which it is changed. */
  const addressOf = (docId) => base.replace(/[^/]+$/, docId);

  const ask = async (docId, what, body) => {
    const how = body === undefined ? {} : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
    const answer = await fetch(`${addressOf(docId)}/${what}`, { credentials: "same-origin", ...how }).catch(() => {
      throw new Error(say("lost"));
    });
    const came = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error(answer.status === 403 ? say("notLetIn") : (page.language() === "en" && came.error_en) || came.error || say("requestFailed", answer.status));
    return came;
  };

  // What was changed here and can be undone, kept until the window is closed.
  const kept = (docId) => {
    try {
      return JSON.parse(window.sessionStorage.getItem(UNDO + docId) || "[]");
    } catch {
      return [];
    }
  };

  const keep = (docId, steps) => {
    try {
      window.sessionStorage.setItem(UNDO + docId, JSON.stringify(steps.slice(-MOST_UNDONE)));
    } catch {
      // Without room for them older steps can't be undone.
    }
  };

  /** The corrections of the open document as the server has them. */
  const listOf = (model) => model.corrections.map(({ refusal: _, ...one }) => one);

  page.corrections = (docId) => {
    const { model } = page.shown();
    const mine = model?.docId === docId ? model.corrections : [];
    return new Map(mine.map((one) => [`${one.table_id}!R${one.row}C${one.col}`, { ...one, applied: !one.refusal }]));
  };

  page.standing = (correction) => say(correction.applied ? "applied" : "refused", correction.refusal);

  // One change after the other: the second begins with what the first gave.
  let last = Promise.resolve();
  const inTurn = (work) => {
    last = last.then(work).catch((error) => page.problem(error.message));
    return last;
  };

  const tell = (text) => {
    $("told").textContent = text;
  };

  /** Shows what a change gave, and says what became of the checks. */
  const show = (answer, before, said) => {
    page.problem("");
    page.renew(answer.document);
    const { model } = page.shown();
    const moved = ["passed", "failed"].map((status) => model[status].length - before[status]);
    const signed = (number) => (number > 0 ? `+${number}` : String(number));
    tell(`${said} ${moved.some(Boolean) ? say("checksMoved", signed(moved[0]), signed(moved[1])) : say("checksStay")} ${say("took", answer.took_ms)}`);
    showUndo();
    if ($("log").open) showLog();
    readDoubts();
  };

  const counted = (model) => ({ passed: model.passed.length, failed: model.failed.length });

  const change = (what, list, said, undone) => inTurn(async () => {
    const { model } = page.shown();
    const who = await nameOnce();
    const before = counted(model);
    const known = what === "corrections" ? listOf(model) : await hints(model.docId);
    document.body.setAttribute("aria-busy", "true");
    try {
      const next = typeof list === "function" ? list(known) : list;
      const answer = await ask(model.docId, what, { [what]: next, known, who });
      if (!undone) keep(model.docId, [...kept(model.docId), { what, before: known, after: next }]);
      show(answer, before, answer.not_taken ? say("notTaken", answer.not_taken) : said);
    } finally {
      document.body.removeAttribute("aria-busy");
    }
  });

  /** The hints that are kept of a document. */
  const hints = async (docId) => (await ask(docId, "hints")).hints;

  page.served.hints = hints;

  /** Changes the hints: `next` gives the new list from the one of now. */
  page.served.changeHints = (next, said) => change("hints", next, said);

  const nameOf = (one) => `${one.table_id}!R${one.row}C${one.col}`;

  page.correct = (_, name, correction) => {
    if (correction.by) page.nameReviewer(correction.by);
    change("corrections", (known) => [...known.filter((one) => nameOf(one) !== name), correction], say("corrected"));
  };

  page.takeBack = (_, name) => {
    change("corrections", (known) => known.filter((one) => nameOf(one) !== name), say("takenBack"));
  };

  /** The corrections without what a step changed; what others changed since stays. */
  const without = (step, known) => {
    const textIn = (list, name) => list.find((one) => nameOf(one) === name)?.corrected;
    const names = [...step.before, ...step.after].map(nameOf);
    const changed = new Set(names.filter((name) => textIn(step.before, name) !== textIn(step.after, name)));
    return [...known, ...step.before].filter((one) => changed.has(nameOf(one)) === step.before.includes(one));
  };

  const undo = () => {
    const { model } = page.shown();
    const steps = kept(model.docId);
    const step = steps.pop();
    if (!step) return;
    keep(model.docId, steps);
    change(step.what, step.what === "corrections" && step.after ? (known) => without(step, known) : step.before, say("undone"), true);
  };

  const showUndo = () => {
    const { model } = page.shown();
    const count = model ? kept(model.docId).length : 0;
    $("undo").disabled = !count;
    $("undo").textContent = count ? say("undoCount", count) : say("undo");
  };

  /** Asks for the reader's name, once. Nobody need give one. */
  let asked = false;
  const nameOnce = () => {
    if (page.reviewer() || asked) return Promise.resolve(page.reviewer());
    asked = true;
    return new Promise((resolve) => {
      const input = page.el("input", { id: "name", autocomplete: "name", maxlength: 60 });
      const dialog = page.el("dialog", { id: "who", "aria-labelledby": "whoTitle" },
        page.el("form", { method: "dialog" },
          page.el("h2", { id: "whoTitle" }, say("whoTitle")), page.el("p", { class: "hint" }, say("whoWhy")),
          page.el("label", {}, say("name"), input),
          page.el("p", { class: "buttons" }, page.el("button", { type: "submit" }, say("keepName")))));
      dialog.addEventListener("close", () => {
        page.nameReviewer(input.value.trim());
        dialog.remove();
        resolve(page.reviewer());
      });
      document.body.append(dialog);
      dialog.showModal();
    });
  };

  /** When, on the reader's clock. */
  const when = (at) => {
    const time = new Date(at);
    return Number.isNaN(time.getTime()) ? at : time.toLocaleString(document.documentElement.lang);
  };

  const hintInWords = (text) => {
    if (!text) return say("nothing");
    try {
      const hint = JSON.parse(text);
      return `${say(`kind_${hint.kind}`)} ${hint.page ? say("page", hint.page) : say("tableNumber", hint.table)}`;
    } catch {
      return text;
    }
  };

  const changeInWords = (one) => {
    const inWords = one.what === "hint" ? hintInWords : (text) => text || say("blank");
    const place = one.place ? page.el("button", { type: "button", class: "link", onclick: () => page.pick(one.place) }, one.place) : say("table");
    return page.el("li", {}, page.el("time", { datetime: one.at }, when(one.at)), "\u00a0", page.el("strong", {}, one.who || say("nobody")), "\u00a0", place, "\u00a0",
      page.el("del", {}, inWords(one.before)), " → ", page.el("ins", {}, inWords(one.after)));
  };

  const showLog = async () => {
    try {
      const { changes } = await ask(page.shown().model.docId, "log");
      $("log").querySelector("ol").replaceChildren(...changes.map(changeInWords));
      $("log").querySelector(".note").hidden = changes.length > 0;
    } catch (error) {
      page.problem(error.message);
    }
  };

  // The doubts of the document, as the project's list has them.
  let doubts = [];
  const readDoubts = async () => {
    const { model } = page.shown();
    try {
      const answer = await fetch(base.replace(/d\/[^/]+$/, "doubts"), { credentials: "same-origin" });
      const all = answer.ok ? (await answer.json()).doubts : [];
      doubts = all.filter(({ doubt }) => doubt.doc_id === model.docId);
      const { cell } = page.shown();
      if (cell && page.shown().model === model) $("detail").querySelector("#looking")?.replaceWith(...page.beside(model, cell));
    } catch {
      // Without the list nothing can be ticked off here; the project's page has it too.
    }
  };

  /** What is doubted of a cell: its own figure, or a check that it takes part in. */
  const doubtsOf = (cell) => doubts.filter(({ doubt }) => {
    const inCheck = (check) => check.status === "failed" && doubt.place.startsWith(`${check.rule}@`) && [...check.cells, ...(check.suspects || [])].includes(doubt.cell);
    return doubt.cell === cell.name || doubt.place === cell.name || cell.checks.some(inCheck);
  });

  /** A doubt that somebody looked at and found right is done with. */
  page.beside = (model, cell) => {
    const mine = doubtsOf(cell);
    const look = (event) => inTurn(async () => {
      const looked = event.target.checked;
      const who = await nameOnce();
      for (const one of mine) {
        await ask(model.docId, "looked", { place: one.doubt.place, looked, who });
        one.looked = looked;
      }
      tell(say(looked ? "lookedSaid" : "notLookedSaid"));
    });
    const box = page.el("label", { class: "tick" }, page.el("input", { type: "checkbox", id: "looked", checked: mine.every((one) => one.looked), onchange: look }), ` ${say("looked")}`);
    return [page.el("p", { id: "looking" }, mine.length ? box : null)];
  };

  /** What a served page shows besides. */
  const furnish = () => {
    const { bar, back, onward } = { bar: $("title").parentNode, back: document.querySelector(".back"), onward: $("onward") };
    back.href = "../../";
    back.dataset.word = "project";
    bar.insertBefore(page.el("button", { type: "button", id: "undo", "aria-keyshortcuts": "Control+Z", disabled: true, onclick: undo }, say("undo")), onward);
    $("summary").after(page.el("p", { id: "told", role: "status", "aria-live": "polite" }));
    $("notes").after(page.el("details", { id: "log", class: "told" }, page.worded("summary", {}, "log"), page.worded("p", { class: "note" }, "logEmpty"), page.el("ol", {})));
    $("log").addEventListener("toggle", () => $("log").open && showLog());
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest("input, textarea") && event.target.type !== "checkbox";
      if (typing || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.key.toLowerCase() !== "z") return;
      event.preventDefault();
      undo();
    });
  };

  const showDocument = page.showDocument;
  page.showDocument = (...all) => {
    showDocument(...all);
    tell("");
    showUndo();
    if ($("log").open) showLog();
    page.served.opened?.();
    readDoubts();
  };

  // The pages of the server are made for the language that it hears of.
  const tellServer = () => {
    document.cookie = `yusuan-${window.location.port || 80}-language=${page.language()}; Path=/; SameSite=Strict`;
  };

  page.redraw.push(() => {
    tellServer();
    tell("");
    showUndo();
    if ($("log").open) showLog();
  });
  furnish();
  page.speak();
})(window.yusuanReview);
