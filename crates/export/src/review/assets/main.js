// Which view is shown? The part of the address behind # says it, so that a cell can be linked to and Back works.
"use strict";

(function (page) {
  const $ = (id) => document.getElementById(id);
  const NO_PICTURES = { pages: [], fontsMissing: false };
  const models = new Map();
  const pictures = new Map();
  const waiting = new Map();

  /** Tells the user what went wrong. */
  page.problem = (text) => {
    $("problem").textContent = text;
    $("problem").hidden = !text;
  };

  /** Why a script did not come. */
  page.whyNot = (path) => page.say("cannotOpen", path);

  /** The document that is shown where the address names none: none, but the list. */
  page.home = "";

  /** Called by a document's data.js. */
  page.openDocument = (data) => models.set(data.docId, page.model(data));

  /** Called by a document's pages.js. */
  page.openPages = (list) => pictures.set(list.docId, list);

  /** Loads a script once; a page on the disk can't load data in any other way. */
  const load = (path) => {
    if (!waiting.has(path)) {
      waiting.set(path, new Promise((resolve, reject) => {
        const failed = () => {
          waiting.delete(path);
          reject(new Error(path));
        };
        document.head.append(page.el("script", { src: path, onload: resolve, onerror: failed }));
      }));
    }
    return waiting.get(path);
  };

  const show = (id) => {
    for (const view of document.querySelectorAll(".view")) view.hidden = view.id !== id;
  };

  const showTitle = () => {
    const { docId } = route();
    document.title = docId && page.listed(docId) ? page.say("reviewOf", models.get(docId)?.source ?? "") : page.say("app");
  };

  const openDocument = async (docId, name) => {
    try {
      await load(`${docId}/data.js`);
      if (models.get(docId).pictures) await load(`${docId}/pages.js`);
    } catch (error) {
      page.problem(page.whyNot(error.message));
      show("list");
      return;
    }
    if (route().docId !== docId) return;
    page.problem("");
    show("document");
    showTitle();
    page.showDocument(models.get(docId), pictures.get(docId) || NO_PICTURES, name);
    $("title").focus({ preventScroll: true });
  };

  /** Shows an open document anew, whose data are others now. */
  page.renew = (data) => {
    page.openDocument(data);
    if (route().docId === data.docId) page.renewDocument(models.get(data.docId));
  };

  const route = () => {
    // Ids and names of cells are plain letters, digits and !, which browsers may write as %21.
    const [, docId = "", name = ""] = window.location.hash.replace("%21", "!").split("/");
    return { docId: docId || page.home, name };
  };

  const go = () => {
    const { docId, name } = route();
    if (docId && page.listed(docId)) {
      openDocument(docId, name);
      return;
    }
    showTitle();
    page.problem(docId ? page.say("notListed") : "");
    show("list");
    page.showList();
  };

  /** The file of corrections, as a download. */
  const exportCorrections = () => {
    const text = "\ufeff" + page.csv(page.correctionsCsv(page.docIds()));
    const url = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
    page.el("a", { href: url, download: "corrections.csv" }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  };

  /** Says on the buttons how many corrections there are to export. */
  page.showExport = () => {
    const count = page.docIds().reduce((sum, docId) => sum + page.corrections(docId).size, 0);
    for (const button of document.querySelectorAll(".export")) {
      button.textContent = count ? page.say("exportCorrections", count) : page.say("noCorrections");
      button.disabled = !count;
    }
  };

  /** Begins, once the list is there. */
  page.start = () => {
    document.querySelectorAll(".export").forEach((button) => button.addEventListener("click", exportCorrections));
    window.addEventListener("hashchange", go);
    page.redraw.push(() => {
      const typed = [...$("detail").querySelectorAll("input[name]")].map((input) => [input.name, input.value]);
      showTitle();
      page.problem("");
      page.showChoices();
      if ($("document").hidden) page.showList();
      else page.renewDocument(models.get(route().docId));
      // What is being typed stays.
      for (const [name, value] of typed) {
        const input = $("detail").querySelector(`input[name="${name}"]`);
        if (input) input.value = value;
      }
    });
    go();
  };
})(window.yusuanReview);
