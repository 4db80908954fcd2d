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

  const BROWSERS = [["Edg", "Edge"], ["OPR", "Opera"], ["Firefox", "Firefox"], ["Chrome", "Chrome"], ["Safari", "Safari"]];
  const SYSTEMS = [["Windows", "Windows"], ["Android", "Android"], ["iPhone", "iPhone"], ["iPad", "iPad"], ["Mac OS", "macOS"], ["Linux", "Linux"]];
  let sessions = [];

  /** What a browser says that it is, in two words. */
  const agentOf = (text) => [BROWSERS, SYSTEMS].map((all) => all.find(([part]) => text.includes(part))?.[1]).filter(Boolean).join(", ");

  const when = (seconds) => new Date(seconds * 1000).toLocaleString(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });

  const session = (one) => el("li", {},
    el("span", {}, [agentOf(one.agent) || w("some_browser"), one.from].join(" · ")),
    el("span", { class: "soft" }, w("session_times", { began: when(one.began), seen: when(one.seen) })),
    one.own ? el("strong", {}, w("this_browser"))
      : el("button", { type: "button", "aria-label": w("end_session_of", { name: `${agentOf(one.agent)} ${one.from}` }), onclick: () => end(one.id).catch(() => {}) }, w("end_session")));

  const end = async (id) => {
    await app.ask("/api/sessions/end", { id });
    await drawSessions();
  };

  const drawSessions = async () => {
    ({ sessions } = await app.ask("/api/sessions"));
    $("sessions").replaceChildren(...sessions.map(session));
  };

  const draw = () => {
    if ($("shelf").hidden) return;
    $("make").hidden = !shelf.canAdd;
    $("no-projects").hidden = shelf.projects.length > 0;
    $("projects").replaceChildren(...shelf.projects.map(line));
    $("sessions").replaceChildren(...sessions.map(session));
  };

  app.showShelf = async () => {
    $("shelf").hidden = false;
    document.querySelector(".home").hidden = true;
    document.title = w("app");
    shelf = await app.ask("/api/projects");
    draw();
    drawSessions().catch(() => {});
    $("make").addEventListener("submit", async (event) => {
      event.preventDefault();
      const made = await app.ask("/api/projects", { name: $("name").value });
      window.location.assign(`/p/${made.id}/`);
    });
    $("name").focus();
  };
  app.redraw.push(draw);
})(window.yusuan);
