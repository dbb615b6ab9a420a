// What scripts say, in the language that the pages were built for (docs/languages.md). A message is known by its English text.
import { language, messages } from "./catalogue.js";

export const LANGUAGE = language;

const numbers = new Intl.PluralRules(language);

/** The message, `{name}` replaced by the value of that name: say("Sent to {name}", { name }). */
export function say(message, values) {
  return put(messages[message] ?? message, values);
}

/** Of two messages the one that fits the number, which stands in them as `{n}`: sayN("{n} file", "{n} files", count). */
export function sayN(one, many, n, values) {
  const forms = messages[one] ?? [one, many];
  return put(forms[numbers.select(n) === "one" ? 0 : 1], { n, ...values });
}

function put(words, values) {
  return values ? words.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole)) : words;
}

/** By which dates, times and numbers are written: the pages' language, as it is used where the reader is. */
export function locale() {
  return (globalThis.navigator?.languages ?? []).find((each) => each.split("-")[0] === language) ?? language;
}
