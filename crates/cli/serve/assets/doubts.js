// The doubts of the whole project, to be worked through.
"use strict";

(function (app) {
  const { $, el, w } = app;
  const AT_ONCE = 200;
  let all = [];
  let beyond = 0;
  let most = AT_ONCE;
  let loaded = false;

  const id = (one) => `${one.doubt.doc_id} ${one.doubt.place}`;

  const wanted = () => all.filter((one) => (!$("unseen").checked || !one.looked) && (!$("kinds").value || one.doubt.kind === $("kinds").value));

  const look = async (one, looked) => {
    one.looked = looked;
    one.by = app.by();
    await app.ask(app.address(`api/d/${one.doubt.doc_id}/looked`), { place: one.doubt.place, looked, who: app.by() });
  };

  const line = (one) => {
    const { doubt } = one;
    const [title, why] = [app.text(doubt, "title"), app.text(doubt, "why")];
    const box = el("input", { type: "checkbox", "aria-label": `${w("looked")} ${title} ${doubt.printed}`, onchange: () => look(one, box.checked).then(draw).catch(() => {}) });
    box.checked = one.looked;
    const place = doubt.cell || (doubt.page ? `p${doubt.page}` : "");
    const printed = doubt.kind === "check" && doubt.printed ? w("difference", { n: app.yuan(doubt.printed) }) : doubt.printed;
    const open = doubt.doc_id && doubt.opens ? el("a", { class: "open", href: app.address(`d/${doubt.doc_id}/#/${doubt.doc_id}${place ? `/${place}` : ""}`) }, w("look")) : "";
    return el("li", { class: one.looked ? "doubt done" : "doubt" },
      box,
      el("div", { class: "what" },
        el("span", { class: `kind ${doubt.kind}` }, w("doubt." + doubt.kind)),
        title, " ", el("span", { class: "printed" }, printed),
        el("div", { class: "why" }, why),
        el("div", { class: "soft" }, doubt.source, doubt.page ? ` · ${w("on_page", { n: doubt.page })}` : "", one.looked && one.by ? ` · ${w("looked_by", { name: one.by })}` : "")),
      open);
  };

  const draw = () => {
    if (!loaded) return;
    const chosen = $("kinds").value;
    $("kinds").replaceChildren(el("option", { value: "" }, w("all_kinds")), ...["file", "check", "figure"].map((kind) => el("option", { value: kind }, w("doubt." + kind))));
    $("kinds").value = chosen;
    const focused = [...$("doubt-list").children].findIndex((item) => item.contains(document.activeElement));
    const looked = all.filter((one) => one.looked).length;
    const total = all.length + beyond;
    $("looked").textContent = w("looked_at", { n: looked, all: total });
    $("looked-progress").max = Math.max(1, total);
    $("looked-progress").value = looked;
    const rows = wanted();
    $("doubt-list").replaceChildren(...rows.slice(0, most).map(line));
    if (focused >= 0) $("doubt-list").children[Math.min(focused, rows.length - 1)]?.querySelector("input").focus();
    $("more-doubts").hidden = rows.length <= most;
    $("more-doubts").textContent = w("more", { n: Math.min(AT_ONCE, rows.length - most) });
    $("no-doubts").hidden = rows.length > 0;
    $("no-doubts").textContent = all.length ? w("none_left") : w("no_doubts");
    $("beyond").hidden = !beyond;
    $("beyond").textContent = w("beyond", { n: beyond });
  };

  const load = async () => {
    const answer = await app.ask(app.address("api/doubts"));
    all = answer.doubts;
    beyond = answer.more;
    loaded = true;
    draw();
  };

  app.showDoubts = () => load().catch(() => {});

  /** Another page looked at something. */
  app.looked = ({ doc_id, place, looked, by }) => {
    const one = all.find((other) => id(other) === `${doc_id} ${place}`);
    if (!one || one.looked === looked) return;
    one.looked = looked;
    one.by = by;
    draw();
  };

  /** The results changed. */
  app.changed = () => {
    if (!$("doubts").hidden) load().catch(() => {});
  };

  app.startDoubts = () => {
    for (const control of ["unseen", "kinds"]) $(control).addEventListener("change", () => {
      most = AT_ONCE;
      draw();
    });
    $("more-doubts").addEventListener("click", () => {
      most += AT_ONCE;
      draw();
    });
    $("by").value = app.by();
    $("by").addEventListener("change", () => app.setBy($("by").value.trim()));
  };
  app.redraw.push(draw);
})(window.yusuan);
