// A sentence with elements in it, which every language puts where it wants them.
import { Fragment } from "react";

/** filled(say("Read {terms}."), { terms: <a href="/terms">{say("the terms")}</a> }) */
export function filled(words, parts) {
  return words.split(/\{(\w+)\}/).map((piece, place) => (place % 2 ? <Fragment key={place}>{parts[piece]}</Fragment> : piece));
}
