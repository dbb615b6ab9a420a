// Finding web addresses in what people write.
const ADDRESS = /\b(?:https?:\/\/|www\.)[^\s<>"'`\\]+/gi;
const CLOSING = { ")": "(", "]": "[", "}": "{" };

/** The text in parts: {words} for what is only read, {words, href} for an address that can be followed. */
export function partsOf(text) {
  const parts = [];
  let at = 0;
  for (const found of text.matchAll(ADDRESS)) {
    const words = withoutPunctuation(found[0]);
    const href = hrefOf(words);
    if (!href) continue;
    if (found.index > at) parts.push({ words: text.slice(at, found.index) });
    parts.push({ words, href });
    at = found.index + words.length;
  }
  if (at < text.length) parts.push({ words: text.slice(at) });
  return parts;
}

/** "see https://a.example/b." ends before the full stop, "(https://a.example/b)" before the bracket that it didn't open. */
function withoutPunctuation(address) {
  let words = address;
  for (;;) {
    const last = words.at(-1);
    const opening = CLOSING[last];
    if (!/[.,;:!?*_~]/.test(last) && !(opening && count(words, opening) < count(words, last))) return words;
    words = words.slice(0, -1);
  }
}

function count(words, letter) {
  return words.split(letter).length - 1;
}

/** Only http and https, with a host that has a dot, and no name before an @ that passes for the host. */
function hrefOf(words) {
  let address;
  try {
    address = new URL(/^www\./i.test(words) ? `https://${words}` : words);
  } catch {
    return "";
  }
  const isWeb = address.protocol === "http:" || address.protocol === "https:";
  return isWeb && address.hostname.includes(".") && !address.username && !address.password ? address.href : "";
}
