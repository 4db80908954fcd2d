// How are texts, amounts and places shown? Text of a file only ever becomes a text node, never markup.
"use strict";

window.yusuanReview = {};

(function (page) {
  /** Takes the words that vocabulary.js calls with, in both languages: what the page says, and ids with their labels. */
  page.openWords = (catalogue) => {
    page.catalogue = catalogue;
  };

  /** Takes the sentences of the program that english.js calls with, Chinese and English. */
  page.openEnglish = (sentences) => {
    page.english = sentences;
  };

  const SVG = "http://www.w3.org/2000/svg";

  const set = (node, properties, children) => {
    for (const [name, value] of Object.entries(properties || {})) {
      if (value === undefined || value === null || value === false) continue;
      if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else node.setAttribute(name, value === true ? "" : value);
    }
    node.append(...children.filter((child) => child !== null && child !== undefined));
    return node;
  };

  /** An element with attributes (on… are listeners) and children; strings become text. */
  page.el = (tag, properties, ...children) => set(document.createElement(tag), properties, children);

  /** The same for drawings. */
  page.svg = (tag, properties, ...children) => set(document.createElementNS(SVG, tag), properties, children);

  /** Groups the digits of an exact decimal: 1234567.5 → 1,234,567.5 */
  page.grouped = (decimal) => {
    const [whole, fraction] = decimal.split(".");
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
    return fraction === undefined ? grouped : grouped + "." + fraction;
  };

  /** Yuan to 万元 by moving the point: no binary fraction comes near an amount. */
  page.inTenThousands = (yuan) => {
    const negative = yuan.startsWith("-");
    const [whole, fraction = ""] = yuan.replace("-", "").split(".");
    const digits = whole.padStart(5, "0");
    const shifted = digits.slice(0, -4) + "." + digits.slice(-4) + fraction;
    const short = shifted.replace(/0+$/, "").replace(/\.$/, "");
    return page.grouped((negative ? "-" : "") + short);
  };

  /** The letters of a worksheet's column, the first being 1. */
  page.letters = (column) => {
    let letters = "";
    for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
      letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
    }
    return letters;
  };

  // Other programs than this page open the file of corrections: a text that they would run as a formula gets an
  // apostrophe, which yusuan takes off again.
  const isNumber = (text) => /^[-+]?\d[\d,]*(\.[\d,]*)?%?$/.test(text);
  const neutral = (text) => {
    const signAlone = /^[=+\-@]$/.test(text);
    const risky = /^[=+\-@\t\r]/.test(text) && !signAlone && !isNumber(text) && !/^-+$/.test(text);
    return risky ? "'" + text : text;
  };

  /** Rows as CSV (RFC 4180). */
  page.csv = (rows) => {
    const field = (value) => {
      const text = neutral(String(value));
      return /[",\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
    };
    return rows.map((row) => row.map(field).join(",") + "\n").join("");
  };
})(window.yusuanReview);
