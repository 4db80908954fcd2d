// The reading of a text as an amount: as convert reads it; tests/vectors/amounts.json holds both to the same.
"use strict";

(function (page) {
  // White space as producers print it, the kinds that show nothing too.
  const SPACE = /[\p{White_Space}\u200b-\u200d\u2060\ufeff]/gu;
  // The raised number of a note stands behind the figure: 123⁴ is 123.
  const RAISED = /[²³¹⁰⁴-⁹]/u;
  const NOTE = /[²³¹⁰⁴-⁹]+$/u;
  const END = /\p{White_Space}+$/u;
  const QUOTES = /[“”"'‘’「」]/gu;
  const DASHES = /[\u2212\u2010\u2011\u2013]/gu;
  const DOTS = /[・•‧∙⋅]/gu;
  /** Marks that stand for "no amount". */
  const NOTHING = new Set(["", "-", "--", "---", "—", "——", "/", "\\", "*", "**", "***", "无", "×", "x", "X", "·", "."]);
  // Groups of three digits, or none; a figure with other groups was cut or glued.
  const DIGITS = "(\\d{1,3}(?:,\\d{3})+|\\d*)(?:\\.(\\d*))?";
  const BRACKETED = new RegExp(`^¥*\\(¥*\\+?¥*${DIGITS}\\)$`, "u");
  const SIGNED = new RegExp(`^¥*([-△▲+]?)¥*${DIGITS}$`, "u");
  // Amounts are exact: a whole number of 96 bits, and how many of its digits stand behind the point.
  const LARGEST = 2n ** 96n - 1n;
  const MOST_DECIMALS = 28;
  const OTHER = { kind: "other" };

  const folded = (text) => text.normalize("NFKC").replace(SPACE, "").replace(QUOTES, "").replace(DASHES, "-").replace(DOTS, "·");

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
    const bare = text.replace(END, "").replace(NOTE, "");
    if (RAISED.test(bare)) return OTHER;
    const whole = folded(bare);
    if (NOTHING.has(whole)) return { kind: "nothing" };
    const units = page.words.units.filter((unit) => whole.endsWith(unit));
    const unit = units.sort((a, b) => b.length - a.length)[0] ?? "";
    const value = figure(whole.slice(0, whole.length - unit.length));
    return value === null ? OTHER : { kind: "amount", value, unit };
  };

  /** White space says nothing when two texts are compared. */
  page.sameText = (a, b) => a.replace(SPACE, "") === b.replace(SPACE, "");

  /** The same text or the same amount: a spreadsheet may have written 1,234.50 as 1234.5. */
  page.readsTheSame = (a, b) => {
    if (page.sameText(a, b)) return true;
    const [left, right] = [page.readAmount(a), page.readAmount(b)];
    return left.kind === "amount" && right.kind === "amount" && left.value === right.value && left.unit === right.unit;
  };
})(window.yusuanReview);
