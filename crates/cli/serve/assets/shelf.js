// The first page: the projects, and a new one.
"use strict";

(function (app) {
  const { $, el, w } = app;
  let shelf = { projects: [], canAdd: true };

  const line = (project) => {
    const at = project.run.state && project.run.state !== "idle" && project.run.state !== "failed";
    return el("li", {},
      el("a", { href: `/p/${project.id}/` }, project.name),
      el("span", { class: "soft" }, w("files_count", { n: project.files })),
      at ? el("span", { class: "state reading" }, w("at_work")) : null);
  };

  const draw = () => {
    if ($("shelf").hidden) return;
    $("make").hidden = !shelf.canAdd;
    $("no-projects").hidden = shelf.projects.length > 0;
    $("projects").replaceChildren(...shelf.projects.map(line));
  };

  app.showShelf = async () => {
    $("shelf").hidden = false;
    document.querySelector(".home").hidden = true;
    document.title = w("app");
    shelf = await app.ask("/api/projects");
    draw();
    $("make").addEventListener("submit", async (event) => {
      event.preventDefault();
      const made = await app.ask("/api/projects", { name: $("name").value });
      window.location.assign(`/p/${made.id}/`);
    });
    $("name").focus();
  };
  app.redraw.push(draw);
})(window.yusuan);
