// What all pages need: words, elements, questions to the server. Texts become text and never markup.
"use strict";

window.yusuan = {};

(function (app) {
  const LANGUAGE = "yusuan.language";
  const BY = "yusuan.review.by";
  const $ = (id) => document.getElementById(id);
  app.$ = $;

  // A browser may forbid storing (private windows): then a choice lives as long as the page.
  const memory = new Map();
  const kept = (key) => {
    try {
      return memory.get(key) ?? window.localStorage.getItem(key);
    } catch {
      return memory.get(key) ?? null;
    }
  };
  const keep = (key, text) => {
    memory.set(key, text);
    try {
      window.localStorage.setItem(key, text);
    } catch {
      // It is in memory.
    }
  };

  app.language = () => (kept(LANGUAGE) || window.yusuanLanguage) === "en" ? "en" : "zh";

  /** A word of the catalogue, with what belongs into it. */
  app.w = (name, values = {}) => {
    const words = window.yusuanWords[app.language()];
    return (words[name] ?? name).replace(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ""));
  };

  /** A text that comes in Chinese, and in English where that is another. */
  app.text = (one, name) => (app.language() === "en" && one[`${name}_en`]) || one[name];

  /** The name of who looks and corrects; the review page has the same. */
  app.by = () => kept(BY) || "";
  app.setBy = (name) => keep(BY, name);

  /** An element with its attributes and what is in it; texts stay texts. */
  app.el = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null || value === undefined || value === false) continue;
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return element;
  };

  /** Says what went wrong: a word of the catalogue, or what the server answered, in both languages. */
  const LOST = { word: "lost" };
  let wrong = null;
  const sayProblem = () => {
    const text = wrong?.word ? app.w(wrong.word) : wrong ? app.text(wrong, "error") : "";
    $("problem").textContent = text;
    $("problem").hidden = !text;
  };
  app.problem = (what) => {
    wrong = what;
    sayProblem();
  };
  app.lost = () => app.problem(LOST);

  /** The server answers: that it did not is over. What it refused is said until somebody asks for something else. */
  app.reached = () => {
    if (wrong === LOST) app.problem(null);
  };

  /** Sends something to the server; gives what it answered, and whether it did as it was asked. */
  app.send = async (address, body) => {
    const options = body === undefined ? {} : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
    try {
      const answer = await fetch(address, options);
      const value = await answer.json().catch(() => ({}));
      return { value, ok: answer.ok, error: value.error, error_en: value.error_en };
    } catch {
      return { value: {}, ok: false };
    }
  };

  /** Asks the server; what goes wrong is said and thrown. */
  app.ask = async (address, body) => {
    const answer = await app.send(address, body);
    if (!answer.ok) {
      app.problem(answer.error ? answer : LOST);
      throw new Error(address);
    }
    if (body !== undefined) app.problem(null);
    return answer.value;
  };

  /** Puts the words in their places. */
  app.speak = () => {
    document.documentElement.lang = app.language() === "en" ? "en" : "zh-CN";
    for (const element of document.querySelectorAll("[data-word]")) element.textContent = app.w(element.dataset.word);
    for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", app.w(element.dataset.label));
    for (const element of document.querySelectorAll("[data-hint]")) element.placeholder = app.w(element.dataset.hint);
  };

  /** An amount in yuan as an exact text, in 万元 with two places, grouped. */
  app.wan = (text) => {
    const negative = text.startsWith("-");
    const [whole, part = ""] = text.replace("-", "").split(".");
    const digits = whole.padStart(5, "0") + part.padEnd(2, "0");
    const point = whole.padStart(5, "0").length - 4;
    let cents = BigInt(digits.slice(0, point + 2));
    if (Number(digits[point + 2] || "0") >= 5) cents += 1n;
    const all = cents.toString().padStart(3, "0");
    const grouped = all.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ",");
    return `${negative && cents ? "−" : ""}${grouped}.${all.slice(-2)}`;
  };

  /** An amount as an exact text without its sign, grouped, without zeros behind the point. */
  app.yuan = (text) => {
    const [whole, part = ""] = text.replace("-", "").split(".");
    const rest = part.replace(/0+$/, "");
    return whole.replace(/\B(?=(\d{3})+$)/g, ",") + (rest ? `.${rest}` : "");
  };

  /** Called again when the language changes. */
  app.redraw = [];

  app.start = () => {
    app.redraw.push(sayProblem);
    const chosen = () => {
      // The review page is made by the server, which does not see what a browser stores.
      document.cookie = `yusuan-${window.location.port || 80}-language=${app.language()}; Path=/; SameSite=Strict`;
      app.speak();
      app.redraw.forEach((draw) => draw());
    };
    $("language").addEventListener("click", () => {
      keep(LANGUAGE, app.language() === "en" ? "zh" : "en");
      chosen();
    });
    chosen();
  };
})(window.yusuan);
