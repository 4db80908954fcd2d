// The reading of a text as an amount: as convert reads it; tests/vectors/amounts.json holds both to the same.
"use strict";

(function (page) {
  // White space as producers print it.
  const SPACE = /[\p{White_Space}\u200b-\u200d\u2060\ufeff]/gu;
  // Marks that nobody sees: zero-width ones, those that turn the direction of writing, variation selectors.
  const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\u061c\ufeff\u180e\ufe00-\ufe0f]/gu;
  // Numbers of notes and lists in one sign: they look like digits and are part of no figure.
  const RINGED = "\u2460-\u2487\u24ea-\u24ff\u2776-\u2793\u3251-\u325f\u32b1-\u32bf";
  const MARKS = RINGED + "²³¹\u2070\u2074-\u2079\u207d\u207e\u2080-\u2089\u208d\u208e\u2488-\u24e9\u2160-\u217f\u3220-\u3229\u3280-\u3289\u{1f100}-\u{1f10c}";
  const MARK = new RegExp(`[${MARKS}]`, "u");
  const NOTES_BEFORE = new RegExp(`^[${RINGED} ]+`, "u");
  const NOTES_BEHIND = new RegExp(`(?:[${MARKS} ]+|\\s*(?:\\[注?[0-9${MARKS}]{0,3}\\]|\\([⁰-⁹①-⑳]{1,3}\\)|\\(?注\\s*[0-9一二三四五六七八九十${MARKS}]{0,2}\\)?:?|[*†‡§※]+))$`, "u");
  const QUOTES = /[“”"'‘’「」]/gu;
  const DASHES = /[\u00ad\u2010-\u2015\u2212\u2500\u2501\u30fc]/gu;
  const DOTS = /[・•‧∙⋅]/gu;
  const OPENED = /[〔【]/gu;
  const CLOSED = /[〕】]/gu;
  /** Marks that stand for "no amount"; any number of dashes is one too. */
  const NOTHING = new Set(["", "/", "\\", "*", "**", "***", "无", "×", "x", "X", "·", "."]);
  /** Units behind a figure where 元 is left out. */
  const shortUnits = () => page.words.units.filter((unit) => /[万亿]元$/u.test(unit)).map((unit) => [unit.slice(0, -1), unit]);
  const OWN_CURRENCY = /^(?:人民币|RMB|CNY)/u;
  // So many single characters with blanks between are one figure set wide.
  const SPACED_LEAST = 4;
  // Groups of three digits, or none; a figure with other groups was cut or glued.
  const DIGITS = "(\\d{1,3}(?:,\\d{3})+|\\d*)(?:\\.(\\d*))?";
  const BRACKETED = new RegExp(`^¥*\\(¥*\\+?¥*${DIGITS}\\)$`, "u");
  const SIGNED = new RegExp(`^¥*([-△▲+]?)¥*${DIGITS}$`, "u");
  // Amounts are exact: a whole number of 96 bits, and how many of its digits stand behind the point.
  const LARGEST = 2n ** 96n - 1n;
  const MOST_DECIMALS = 28;
  const OTHER = { kind: "other" };

  /** One sign for each minus, point, bracket and blank; what looks like a digit and is none stays as it is. */
  const plain = (text) => [...text].map((c) => (MARK.test(c) ? c : c.normalize("NFKC"))).join("")
    .replace(INVISIBLE, "").replace(/\p{White_Space}/gu, " ").replace(QUOTES, "").replace(DASHES, "-").replace(DOTS, "·")
    .replace(OPENED, "[").replace(CLOSED, "]").trim();

  const withoutNotes = (text) => {
    let rest = text.replace(NOTES_BEFORE, "");
    for (;;) {
      const shorter = rest.replace(NOTES_BEHIND, "");
      if (shorter === rest) return rest;
      rest = shorter;
    }
  };

  const isSign = (c) => "-+(¥△▲$".includes(c);
  const isDigit = (c) => c >= "0" && c <= "9";
  const leading = (text) => /^[0-9]*/.exec(text)[0].length;

  /** Whether two neighbouring pieces are parts of one figure: a comma and three digits, a point and two, a sign or a word. */
  const isOne = (left, right) => {
    const [last, first] = [left.at(-1), right[0]];
    if (last === "," && isDigit(first)) return leading(right) === 3;
    if (isDigit(last) && first === ",") return leading(right.slice(1)) === 3;
    if (last === "." && isDigit(first)) return leading(right) === 2 && right.length === 2 && !left.replace(/\.+$/, "").includes(".");
    if (isDigit(last) && first === ".") return leading(right.slice(1)) === 2 && !left.includes(".");
    if (isDigit(last) || last === "." || last === ")") return !(isDigit(first) || (/[0-9]/.test(right) && isSign(first)));
    return isSign(last) || !(/[0-9]/.test(left) && /[0-9]/.test(right));
  };

  /** The texts that blanks part, those put together that can only be one figure. */
  const figures = (text) => {
    const pieces = text.split(" ").filter(Boolean);
    const single = pieces.length > 1 && pieces.every((piece) => [...piece].length === 1);
    if (single && (pieces.length > SPACED_LEAST || /[.,]/.test(text))) return [pieces.join("")];
    const found = [];
    for (const piece of pieces) {
      if (found.length && isOne(found.at(-1), piece)) found.push(found.pop() + piece);
      else found.push(piece);
    }
    return found;
  };

  /** The decimal as it is written shortest; decimals that do not fit are rounded, and a number that does not fit is none. */
  const exact = (negative, whole, fraction) => {
    const fits = (decimals) => BigInt(whole + fraction.slice(0, decimals)) <= LARGEST;
    let decimals = Math.min(fraction.length, MOST_DECIMALS);
    while (decimals > 0 && !fits(decimals)) decimals -= 1;
    const up = fraction.length > decimals && fraction[decimals] >= "5" ? 1n : 0n;
    const number = BigInt(whole + fraction.slice(0, decimals)) + up;
    if (number > LARGEST) return null;
    const digits = number.toString().padStart(decimals + 1, "0");
    const [left, right] = [digits.slice(0, digits.length - decimals), digits.slice(digits.length - decimals)];
    const short = right.replace(/0+$/, "");
    const sign = negative && number > 0n ? "-" : "";
    return sign + left + (short ? "." + short : "");
  };

  const figure = (text) => {
    const bracketed = BRACKETED.exec(text);
    const signed = bracketed ? ["", "-", ...bracketed.slice(1)] : SIGNED.exec(text);
    if (!signed) return null;
    const [, sign, whole, fraction = ""] = signed;
    if (!whole && !fraction) return null;
    return exact(sign !== "" && sign !== "+", whole.replace(/,/g, "") || "0", fraction);
  };

  /** What a text says: {kind: "amount", value, unit}, {kind: "nothing"} or {kind: "other"}. */
  page.readAmount = (text) => {
    const shown = plain(text);
    const squashed = shown.replace(/ /g, "");
    if (/^-*$/.test(squashed) || NOTHING.has(squashed)) return { kind: "nothing" };
    const [only, another] = figures(withoutNotes(shown));
    if (only === undefined || another !== undefined) return OTHER;
    const units = [...page.words.units.map((unit) => [unit, unit]), ...shortUnits()].filter(([suffix]) => only.endsWith(suffix));
    const [suffix, unit] = units.sort((a, b) => b[0].length - a[0].length)[0] ?? ["", ""];
    const value = figure(only.slice(0, only.length - suffix.length).replace(OWN_CURRENCY, ""));
    return value === null ? OTHER : { kind: "amount", value, unit };
  };

  /** What a line above a table says behind the word for its unit. */
  page.unitIn = (line) => line.replace(/^(金额)?单位[:：]/, "");

  /** White space says nothing when two texts are compared. */
  page.sameText = (a, b) => a.replace(SPACE, "") === b.replace(SPACE, "");

  /** The same text or the same amount: a spreadsheet may have written 1,234.50 as 1234.5. */
  page.readsTheSame = (a, b) => {
    if (page.sameText(a, b)) return true;
    const [left, right] = [page.readAmount(a), page.readAmount(b)];
    return left.kind === "amount" && right.kind === "amount" && left.value === right.value && left.unit === right.unit;
  };
})(window.yusuanReview);
