// A paragraph that somebody else wrote: its web addresses can be followed, and nothing in it is ever markup.
import { memo } from "react";
import { partsOf } from "./links.js";

export const LinkedText = memo(function LinkedText({ text = "", className }) {
  const parts = partsOf(text);
  return (
    <p className={className}>
      {parts.map(({ words, href }, index) =>
        href ? (
          <a key={index} href={href} target="_blank" rel="noopener noreferrer nofollow ugc">
            {words}
          </a>
        ) : (
          words
        ),
      )}
    </p>
  );
});
