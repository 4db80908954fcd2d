// Which language is spoken, and what is said in it? Words by their names, labels and sentences of the program by their Chinese;
// what is printed in a document stays as it is printed.
"use strict";

(function (page) {
  // The pages of a server keep the choice under the same name.
  const KEPT = "yusuan.language";
  const root = document.documentElement;

  /** What was chosen before, where the browser keeps anything. */
  const kept = () => {
    try {
      return window.localStorage.getItem(KEPT);
    } catch {
      return null;
    }
  };

  /** The language of whoever gives the page, else the reader's. */
  const given = () => (root.dataset.served === undefined ? window.navigator.language || "" : root.lang);

  let language = (kept() || given()).startsWith("en") ? "en" : "zh";

  page.language = () => language;

  /** The lists of words in the language of the page. */
  Object.defineProperty(page, "words", { get: () => page.catalogue[language] });

  /** A word or sentence by its name; {0}, {1} … are what is said in it. */
  page.say = (name, ...said) => page.words.said[name].replace(/\{(\d)\}/g, (_, at) => said[Number(at)] ?? "");

  /** A label that stands in the data, as the page says it. */
  page.label = (text) => (language === "en" && page.catalogue.labels[text]) || text;

  // A pattern is the text between its parameters (one more than there are of these), their names, and its English.
  const patternOf = ([chinese, english]) => {
    const pieces = chinese.split(/\{(\w*)\}/);
    const between = pieces.filter((_, at) => at % 2 === 0);
    return { between, names: pieces.filter((_, at) => at % 2 === 1), english, own: [...between.join("")].length };
  };

  /** Those with more words of their own first: what joins sentences comes after the sentences. */
  const ordered = (pairs) => pairs.map(patternOf).sort((a, b) => b.own - a.own);

  /** Parameters that are numbers: 第 3 页、第 5 页 is no page. */
  const NUMBERS = ["page", "count", "row", "col"];

  /** Whether there is something, with as many brackets closed as opened. */
  const isWhole = (text) => {
    let open = 0;
    for (const c of text) {
      if (c === "\uff08") open += 1;
      if (c === "\uff09") open -= 1;
      if (open < 0) return false;
    }
    return open === 0 && text !== "";
  };

  const fits = (name, value) => isWhole(value) && (!NUMBERS.includes(name) || /^[0-9]+$/.test(value));

  /** What stands before each of the parts, of which the last ends the text; the shortest that fit the parameters. */
  const valuesIn = (text, parts, names) => {
    if (!parts.length) return text === "" ? [] : null;
    const [[part, ...later], [name, ...others]] = [parts, names];
    if (!later.length) {
      const value = text.slice(0, text.length - part.length);
      return text.endsWith(part) && fits(name, value) ? [value] : null;
    }
    for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + Math.max(part.length, 1))) {
      const rest = fits(name, text.slice(0, at)) ? valuesIn(text.slice(at + part.length), later, others) : null;
      if (rest) return [text.slice(0, at), ...rest];
    }
    return null;
  };

  const inEnglish = (text, patterns) => {
    if (!/[\u3000-\u9fff\uff00-\uffef]/.test(text)) return text;
    for (const { between: [first, ...parts], names, english } of patterns) {
      const values = text.startsWith(first) ? valuesIn(text.slice(first.length), parts, names) : null;
      if (values) {
        return english.replace(/\{(\w+)\}/g, (_, name) => inEnglish(values[names.indexOf(name)], patterns));
      }
    }
    return text;
  };

  // Made when they are needed first: most readers need none.
  let sentences = null;
  let statements = null;

  /** A sentence that the program stored, as the page says it. One that is not known stays as it is. */
  page.told = (text) => {
    if (language !== "en" || !text) return text;
    sentences ??= ordered(page.english);
    return inEnglish(text, sentences);
  };

  /** What a check states; printed names stay. */
  page.statement = (text) => {
    if (language !== "en" || !text) return text;
    statements ??= ordered(page.catalogue.statements);
    return inEnglish(text, statements);
  };

  const saidIn = (element) => (element.dataset.said ? JSON.parse(element.dataset.said) : []);

  /** An element that says a word, and says it in the other language when that is chosen. */
  page.worded = (tag, properties, name, ...said) =>
    page.el(tag, { ...properties, "data-word": name, "data-said": said.length ? JSON.stringify(said) : null }, page.say(name, ...said));

  /** Puts the words in their places. */
  page.speak = () => {
    root.lang = language === "en" ? "en" : "zh-CN";
    for (const element of document.querySelectorAll("[data-word]")) element.textContent = page.say(element.dataset.word, ...saidIn(element));
    for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", page.say(element.dataset.label, ...saidIn(element)));
    for (const element of document.querySelectorAll("[data-hint]")) element.placeholder = page.say(element.dataset.hint);
    for (const element of document.querySelectorAll("[data-alt]")) element.alt = page.say(element.dataset.alt, ...saidIn(element));
  };

  /** Called when the language has changed. */
  page.redraw = [];

  const turn = () => {
    language = language === "en" ? "zh" : "en";
    try {
      window.localStorage.setItem(KEPT, language);
    } catch {
      // Then the choice lives as long as the page.
    }
    page.speak();
    page.redraw.forEach((draw) => draw());
  };

  for (const button of document.querySelectorAll(".language")) button.addEventListener("click", turn);
  page.speak();
})(window.yusuanReview);
