// What the document says of itself, for pages whose address says what they are about only when they are open.
import { useEffect } from "react";

/** The window's title, and what search engines show; with `hidden` they are asked to leave the page out. All of it goes with the page,
 * unless the next page has already said its own. */
export function PageHead({ title, description = "", hidden = false }) {
  useEffect(() => {
    if (!title) return undefined;
    const before = document.title;
    document.title = title;
    const taken = [named("description", description), named("robots", hidden ? "noindex" : "")];
    return () => {
      if (document.title === title) document.title = before;
      taken.forEach((giveBack) => giveBack());
    };
  }, [title, description, hidden]);
  return null;
}

/** Sets a `<meta>` of the head; answers how to put back what was there. */
function named(name, content) {
  const found = document.head.querySelector(`meta[name="${name}"]`);
  if (!content) return () => {};
  const before = found?.content;
  const meta = found ?? document.head.appendChild(Object.assign(document.createElement("meta"), { name }));
  meta.content = content;
  return () => {
    if (!found) meta.remove();
    else if (found.content === content) found.content = before;
  };
}
