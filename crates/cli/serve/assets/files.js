// The files of a project: dropped, uploaded, and what becomes of each while it happens.
"use strict";

(function (app) {
  const { $, el, w } = app;
  const AT_ONCE = 3;
  const COLUMNS = ["file", "whose", "year", "kind", "state", "tables", "facts", "checks", "doubts", "workbook", "remove"];
  const NUMBERS = new Set(["tables", "facts", "checks", "doubts"]);

  let listing = { rows: [], run: {}, now: {}, progress: {} };
  // Uploads by their number: they are in no listing yet.
  const uploads = new Map();
  const queue = [];
  let uploading = 0;
  let number = 0;
  let shown = new Map();
  let waiting = null;

  const address = (path) => `/p/${app.project}/${path}`;

  // ---- The table.

  const stateOf = (row) => {
    const now = listing.now[row.source];
    if (now && now.state === "reading") {
      const seconds = Math.max(0, Math.round(Date.now() / 1000 - now.since));
      // A scan takes seconds a page; what is read in a moment is at no page.
      const words = now.pages ? w("now.reading_page", { n: seconds, page: now.page, pages: now.pages }) : w("now.reading", { n: seconds });
      return { state: "reading", words };
    }
    const state = now ? now.state : row.state;
    // Read from end to end, and nothing was there: that is no success to whoever looks for figures.
    if (row.locked && !now) return { state: "locked", words: w("now.locked") };
    if (state === "ok" && !(now?.tables ?? row.tables) && !(now?.facts ?? row.facts)) return { state: "partial", words: w("now.nothing") };
    return { state, words: state === "waiting" ? w("now.waiting") : w("state." + state) };
  };

  const cell = (row, column) => {
    const now = listing.now[row.source] || {};
    switch (column) {
      case "file": {
        const name = row.opens ? el("a", { href: address(`d/${row.doc_id}/#/${row.doc_id}`), "aria-label": w("open_file", { name: row.source }) }, row.source) : row.source;
        // What became of it last is no news while it is looked at anew.
        const error = app.text(now, "error") || (now.state ? "" : app.text(row, "error"));
        const unlock = row.locked && !now.state ? el("button", { type: "button", class: "unlock", "aria-label": w("unlock_file", { name: row.source }), onclick: () => askPassword(row) }, w("unlock")) : "";
        return [name, error ? el("span", { class: "reason" }, error) : "", unlock];
      }
      // A document of which nobody knows whose it is does not look sound.
      case "whose": return [row.whose || unknown(row)];
      case "year": return [row.year ? String(row.year) : unknown(row)];
      case "kind": return [row.kind ? w("kind." + row.kind) : unknown(row)];
      case "state": {
        const { state, words } = stateOf(row);
        return [el("span", { class: `state ${state}` }, words)];
      }
      case "tables": return [count(now.tables ?? (row.opens ? row.tables : undefined))];
      case "facts": return [count(now.facts ?? (row.opens ? row.facts : undefined))];
      case "checks": {
        const failed = now.checks_failed ?? row.failed;
        return [failed ? el("span", { class: "bad" }, String(failed)) : count(row.opens ? 0 : undefined)];
      }
      case "doubts": return row.all ? [el("span", { class: row.looked < row.all ? "warn" : "" }, `${row.looked} / ${row.all}`)] : [""];
      case "remove": return row.file ? [el("button", { type: "button", class: "quiet", "aria-label": w("remove_file", { name: row.source }), title: w("remove_file", { name: row.source }), onclick: () => question(row) }, "×")] : [""];
      default: return row.opens ? [el("a", { href: address(`get/d/${row.doc_id}/workbook.xlsx`), "aria-label": w("get_workbook", { name: row.source }) }, ".xlsx")] : [""];
    }
  };

  const unknown = (row) => (row.opens ? el("span", { class: "warn" }, w("unknown")) : "");

  const count = (value) => (value === undefined || value === null ? "" : String(value));

  const line = (row) => el("tr", {}, ...COLUMNS.map((column) => {
    const content = cell(row, column);
    return column === "file"
      ? el("th", { scope: "row" }, ...content)
      : el("td", { class: NUMBERS.has(column) ? "number" : null, "data-title": w("column." + column) }, ...content);
  }));

  const wanted = () => {
    const words = $("filter").value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const has = (row) => {
      const text = [row.source, row.whose, row.region, row.year].join(" ").toLowerCase();
      return words.every((word) => text.includes(word));
    };
    return words.length ? listing.rows.filter(has) : listing.rows;
  };

  const uploadLine = (upload) => {
    const why = upload.isTooLarge ? w("too_large", { n: Math.floor(listing.largest / 1048576) }) : upload.why?.error ? app.text(upload.why, "error") : upload.why;
    const words = why ? w("now.refused", { why }) : upload.known ? w("now.known") : w("now.uploading", { n: upload.percent });
    const state = why ? "refused" : upload.known ? "known" : "uploading";
    return el("tr", {}, el("th", { scope: "row" }, upload.label), el("td", { colspan: COLUMNS.length - 1 }, el("span", { class: `state ${state}` }, words)));
  };

  const draw = () => {
    if ($("project").hidden) return;
    const rows = wanted();
    $("rows").tHead.replaceChildren(el("tr", {}, ...COLUMNS.map((column) =>
      el("th", { scope: "col", class: NUMBERS.has(column) ? "number" : null }, w("column." + column)))));
    shown = new Map(rows.map((row) => [row.source, line(row)]));
    $("rows").tBodies[0].replaceChildren(...[...uploads.values()].map(uploadLine), ...shown.values());
    const all = listing.rows.length;
    $("drop").classList.toggle("small", all > 0);
    $("count").textContent = rows.length === all ? w("all_shown", { all }) : w("shown", { all, n: rows.length });
    $("no-files").hidden = all > 0 || uploads.size > 0;
    $("rows").hidden = !$("no-files").hidden;
    drawRemoved();
    drawRun();
  };

  const redrawRow = (source) => {
    const row = listing.rows.find((one) => one.source === source);
    const old = shown.get(source);
    if (!row || !old) return soon();
    const fresh = line(row);
    old.replaceWith(fresh);
    shown.set(source, fresh);
  };

  // ---- Encrypted files.

  /** Asks for what opens a file. A dialog, since rows are drawn anew while one types. */
  const askPassword = (row) => {
    const input = el("input", { type: "password", id: "password-of-file", autocomplete: "off", required: true, maxlength: "1000" });
    const said = el("p", { class: "bad", role: "alert", id: "password-said" });
    const open = el("button", { class: "main", id: "unlock-it" }, w("unlock_it"));
    const form = el("form", {},
      el("h2", { id: "unlock-title" }, w("unlock_file", { name: row.source })),
      el("label", { for: "password-of-file" }, w("unlock_label")),
      input,
      said,
      el("p", { class: "soft" }, w("unlock_note")),
      el("p", { class: "line" }, open, el("button", { type: "button", id: "unlock-not", onclick: () => dialog.close() }, w("cancel"))));
    const dialog = el("dialog", { "aria-labelledby": "unlock-title" }, form);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      open.disabled = true;
      said.textContent = w("unlock_trying");
      const answer = await app.send(address(`api/d/${row.doc_id}/password`), { password: input.value });
      open.disabled = false;
      if (answer.ok) return dialog.close();
      said.textContent = answer.error ? app.text(answer, "error") : w("lost");
      input.select();
    });
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
    input.focus();
  };

  // ---- Taking files out.

  /** Asks first: what was read of the file leaves the results. */
  const question = (row) => {
    const name = row.archive || row.source;
    const others = row.archive ? listing.rows.filter((one) => one.file === row.file).length : 0;
    const form = el("form", { method: "dialog" },
      el("h2", { id: "remove-title" }, w("remove_question", { name })),
      others > 1 ? el("p", {}, w("remove_archive", { n: others })) : null,
      el("p", { class: "soft" }, w("remove_note")),
      el("p", { class: "line" },
        el("button", { value: "remove", class: "main", id: "remove-it" }, w("remove")),
        el("button", { value: "", id: "keep-it" }, w("keep_it"))));
    const dialog = el("dialog", { "aria-labelledby": "remove-title" }, form);
    dialog.addEventListener("close", () => {
      const wanted = dialog.returnValue === "remove";
      dialog.remove();
      if (wanted) remove(row.file, name).catch(() => {});
    });
    document.body.append(dialog);
    dialog.showModal();
    $("keep-it").focus();
  };

  const remove = async (file, name) => {
    const { id } = await app.ask(address("api/remove"), { id: file });
    $("removed-now").hidden = false;
    $("removed-said").textContent = w("removed_said", { name });
    $("undo-remove").onclick = () => putBack(id).catch(() => {});
    await fetchListing();
    $("undo-remove").focus();
  };

  const putBack = async (id) => {
    await app.ask(address("api/put-back"), { id });
    $("removed-now").hidden = true;
    await fetchListing();
    $("filter").focus();
  };

  const drawRemoved = () => {
    const all = listing.removed || [];
    $("removed").hidden = !all.length;
    $("removed-title").textContent = w("removed_files", { n: all.length });
    $("removed-list").replaceChildren(...all.map((one) => el("li", { class: "line" }, el("span", {}, one.name),
      el("button", { type: "button", "aria-label": w("put_back_file", { name: one.name }), onclick: () => putBack(one.id).catch(() => {}) }, w("put_back")))));
    if (!all.length) $("removed-now").hidden = true;
  };

  // ---- The run.

  let ticking = null;

  const drawRun = () => {
    const run = listing.run;
    const state = run.state || "idle";
    const name = state === "running" ? run.phase || "running" : state;
    $("run").textContent = state === "idle" && !listing.rows.length ? "" : w("run." + name, { done: run.done, total: run.total, why: app.text(run, "error") });
    $("run").className = state === "failed" ? "bad" : "";
    $("again").hidden = state !== "failed";
    $("run-progress").hidden = state !== "running";
    if (run.total) {
      $("run-progress").max = run.total;
      $("run-progress").value = run.done;
    } else {
      $("run-progress").removeAttribute("value");
    }
    // Seconds are counted only while something is being read.
    const reading = state === "running" && Object.values(listing.now).some((now) => now.state === "reading");
    if (reading && !ticking) {
      ticking = setInterval(() => {
        for (const [source, now] of Object.entries(listing.now)) if (now.state === "reading") redrawRow(source);
      }, 1000);
    } else if (!reading && ticking) {
      clearInterval(ticking);
      ticking = null;
    }
  };

  const drawProgress = () => {
    const { looked = 0, all = 0 } = listing.progress || {};
    $("doubts-left").hidden = looked >= all;
    $("doubts-left").textContent = String(all - looked);
  };

  const fetchListing = async () => {
    listing = await app.ask(address("api/files"));
    app.reached();
    for (const [key, upload] of uploads) if (upload.done) uploads.delete(key);
    // It is no word of the catalogue any more.
    delete $("title").dataset.word;
    $("title").textContent = listing.name;
    document.title = listing.name;
    $("drop").hidden = !listing.takesFiles;
    $("finished").hidden = listing.takesFiles;
    draw();
    drawProgress();
    app.changed();
  };

  /** Many events at once ask once. */
  const soon = () => {
    if (waiting) return;
    waiting = setTimeout(() => {
      waiting = null;
      fetchListing().catch(() => {});
    }, 120);
  };

  let source = null;

  /** A browser has six connections for all pages of a server, so a page that nobody sees holds none. */
  const listen = () => {
    const follow = () => {
      if (document.hidden) {
        source?.close();
        source = null;
      } else if (!source) {
        hear();
        soon();
      }
    };
    document.addEventListener("visibilitychange", follow);
    if (!document.hidden) hear();
  };

  const hear = () => {
    source = new EventSource(address("api/live"));
    const on = (name, work) => source.addEventListener(name, (event) => work(JSON.parse(event.data)));
    on("list", soon);
    on("run", (run) => {
      listing.run = run;
      drawRun();
    });
    on("file", ({ source: name, now }) => {
      listing.now[name] = now;
      redrawRow(name);
      drawRun();
    });
    on("looked", (looked) => {
      listing.progress = looked.progress;
      drawProgress();
      app.looked(looked);
    });
    source.addEventListener("error", app.lost);
    source.addEventListener("open", app.reached);
  };

  // ---- Uploads.

  const send = (upload) => new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", address(`api/upload?label=${encodeURIComponent(upload.label)}`));
    request.upload.addEventListener("progress", (event) => {
      const percent = Math.floor((event.loaded / Math.max(1, event.total)) * 100);
      if (percent === upload.percent) return;
      upload.percent = percent;
      draw();
    });
    const ended = () => {
      let answer = {};
      try {
        answer = JSON.parse(request.responseText);
      } catch {
        // Nothing came back.
      }
      if (request.status === 200) {
        upload.known = answer.known;
        upload.done = true;
      } else {
        upload.why = answer.error ? answer : w("lost");
      }
      resolve();
    };
    request.addEventListener("load", ended);
    request.addEventListener("error", ended);
    request.send(upload.file);
  });

  const work = async () => {
    while (uploading < AT_ONCE && queue.length) {
      const upload = queue.shift();
      uploading += 1;
      send(upload).then(() => {
        uploading -= 1;
        draw();
        soon();
        work();
      });
    }
  };

  const add = (files) => {
    for (const { file, label } of files) {
      const isTooLarge = file.size > listing.largest;
      const upload = { file, label, percent: 0, isTooLarge };
      number += 1;
      uploads.set(number, upload);
      if (!isTooLarge) queue.push(upload);
    }
    draw();
    work();
  };

  const ofInput = (input) => {
    add([...input.files].map((file) => ({ file, label: file.webkitRelativePath || file.name })));
    input.value = "";
  };

  const entriesOf = (folder) => new Promise((resolve, reject) => {
    const reader = folder.createReader();
    const all = [];
    const next = () => reader.readEntries((part) => {
      if (!part.length) resolve(all);
      else {
        all.push(...part);
        next();
      }
    }, reject);
    next();
  });

  /** The files of what was dropped, those in folders too; hidden ones are nobody's documents. */
  const filesOf = async (entry, path) => {
    if (entry.name.startsWith(".")) return [];
    const label = path + entry.name;
    if (entry.isFile) return [{ file: await new Promise((resolve, reject) => entry.file(resolve, reject)), label }];
    const inside = await entriesOf(entry);
    const all = [];
    for (const one of inside) all.push(...(await filesOf(one, `${label}/`)));
    return all;
  };

  const dropped = async (event) => {
    event.preventDefault();
    $("drop").classList.remove("over");
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    const plain = [...event.dataTransfer.files].map((file) => ({ file, label: file.name }));
    if (!entries.length) return add(plain);
    for (const entry of entries) add(await filesOf(entry, ""));
  };

  const paste = async (event) => {
    event.preventDefault();
    const paths = $("paths").value.split("\n").map((line) => line.trim()).filter(Boolean);
    if (!paths.length) return;
    await app.ask(address("api/paths"), { paths });
    $("paths").value = "";
    soon();
  };

  app.startFiles = async (canPaste) => {
    $("paste").hidden = !canPaste;
    for (const [button, input] of [["choose-files", "picked-files"], ["choose-folder", "picked-folder"]]) {
      $(button).addEventListener("click", () => $(input).click());
      $(input).addEventListener("change", () => ofInput($(input)));
    }
    // What is dropped beside the field must not open in place of the page.
    window.addEventListener("dragover", (event) => {
      event.preventDefault();
      if (!$("files").hidden) $("drop").classList.add("over");
    });
    window.addEventListener("dragleave", (event) => {
      if (!event.relatedTarget) $("drop").classList.remove("over");
    });
    window.addEventListener("drop", (event) => {
      if (listing.takesFiles) dropped(event).catch(() => {});
      else event.preventDefault();
    });
    $("paths-form").addEventListener("submit", (event) => paste(event).catch(() => {}));
    $("filter").addEventListener("input", draw);
    $("again").addEventListener("click", () => app.ask(address("api/run"), {}).catch(() => {}));
    for (const link of document.querySelectorAll("[data-get]")) link.href = address(`get/${link.dataset.get}`);
    await fetchListing();
    listen();
  };
  app.address = address;
  app.redraw.push(draw);
})(window.yusuan);
