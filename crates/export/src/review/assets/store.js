// What did the reviewer type? Kept in the browser, document by document, until it is exported.
"use strict";

(function (page) {
  const PREFIX = "yusuan.review.";
  const NAME = PREFIX + "by";
  const COLUMNS = page.words.corrections;

  // A browser may forbid storing (private windows): then what was typed lives as long as the page.
  const memory = new Map();
  page.storeFails = false;

  const read = (key) => {
    if (memory.has(key)) return memory.get(key);
    try {
      return window.localStorage.getItem(key);
    } catch {
      page.storeFails = true;
      return null;
    }
  };

  const write = (key, text) => {
    memory.set(key, text);
    try {
      if (text === null) window.localStorage.removeItem(key);
      else window.localStorage.setItem(key, text);
    } catch {
      page.storeFails = true;
    }
  };

  const parsed = (text) => {
    try {
      const value = JSON.parse(text || "{}");
      return value && typeof value === "object" ? value : {};
    } catch {
      return {};
    }
  };

  // Another window may have written meanwhile.
  window.addEventListener("storage", () => memory.clear());

  /** The reviewer's name. */
  page.reviewer = () => read(NAME) || "";

  /** Keeps the reviewer's name. */
  page.nameReviewer = (name) => write(NAME, name);

  /** What was typed for a document: cell name → correction, or {removed: true} for one that is taken back. */
  const typed = (docId) => parsed(read(PREFIX + docId));

  const keep = (docId, all) => write(PREFIX + docId, Object.keys(all).length ? JSON.stringify(all) : null);

  /** The corrections that the results of a document were made with. */
  const appliedTo = (docId) => {
    const named = (one) => [`${one.table_id}!R${one.row}C${one.col}`, { ...one, applied: true }];
    return new Map(page.applied(docId).map(named));
  };

  /** The corrections of a document by cell name: those that this result was made with, and those typed since. */
  page.corrections = (docId) => {
    const all = appliedTo(docId);
    for (const [name, one] of Object.entries(typed(docId))) {
      if (one.removed) all.delete(name);
      else all.set(name, { ...one, applied: all.get(name)?.corrected === one.corrected });
    }
    return all;
  };

  /** Words for what became of a correction. */
  page.standing = (correction) => page.say(correction.applied ? "appliedInRun" : "notYetApplied");

  /** Keeps a correction. */
  page.correct = (docId, name, correction) => {
    write(NAME, correction.by);
    keep(docId, { ...typed(docId), [name]: correction });
  };

  /** Takes a correction back. */
  page.takeBack = (docId, name) => {
    const { [name]: _, ...rest } = typed(docId);
    keep(docId, appliedTo(docId).has(name) ? { ...rest, [name]: { removed: true } } : rest);
  };

  /** All corrections of the listed documents as corrections.csv. */
  page.correctionsCsv = (docIds) => {
    const rows = [COLUMNS];
    for (const docId of docIds) {
      for (const one of page.corrections(docId).values()) {
        rows.push(COLUMNS.map((column) => (column === "doc_id" ? docId : one[column] ?? "")));
      }
    }
    return rows;
  };
})(window.yusuanReview);
