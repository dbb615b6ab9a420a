// US dollars as the reader's language writes them; the server's pages say them likewise (ui/amounts.py).
import { LANGUAGE } from "./words.js";

const NAMES = { en: "en-US" };
const dollars = { style: "currency", currency: "USD" };
const exact = new Intl.NumberFormat(NAMES[LANGUAGE] ?? LANGUAGE, dollars);
const whole = new Intl.NumberFormat(NAMES[LANGUAGE] ?? LANGUAGE, { ...dollars, maximumFractionDigits: 0 });

/** Cents with their currency: 999 → "$9.99". */
export function moneyOf(cents) {
  return exact.format(cents / 100);
}

/** Whole dollars, without the cents: 500 → "$5". */
export function wholeMoneyOf(cents) {
  return whole.format(cents / 100);
}
