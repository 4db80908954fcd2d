// Which page is this, and which part of it is shown? The address says both.
"use strict";

(function (app) {
  const { $, w } = app;
  const SECTIONS = { files: () => {}, doubts: () => app.showDoubts(), search: () => app.showSearch(), compare: () => app.showCompare(), downloads: () => {} };

  const section = () => {
    const name = window.location.hash.slice(1);
    return name in SECTIONS ? name : "files";
  };

  const help = () => {
    $("help-text").textContent = w("help." + (app.project ? section() : "files"));
  };

  const show = () => {
    const name = section();
    for (const one of document.querySelectorAll(".section")) one.hidden = one.id !== name;
    for (const link of document.querySelectorAll("#sections a")) {
      if (link.hash === `#${name}`) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    help();
    SECTIONS[name]();
  };

  const startProject = async () => {
    $("project").hidden = false;
    app.startDoubts();
    app.startSearch();
    app.startCompare();
    window.addEventListener("hashchange", () => {
      app.problem(null);
      show();
    });
    show();
    const shelf = await app.ask("/api/projects");
    await app.startFiles(shelf.paths);
    if (section() !== "files") SECTIONS[section()]();
  };

  app.redraw.push(help);
  $("help-toggle").addEventListener("click", () => {
    $("help").hidden = !$("help").hidden;
    $("help-toggle").setAttribute("aria-expanded", String(!$("help").hidden));
  });

  const [, kind, id] = window.location.pathname.split("/");
  app.project = kind === "p" ? id : "";
  app.start();
  const started = app.project ? startProject() : app.showShelf();
  started.catch(() => {});
})(window.yusuan);
