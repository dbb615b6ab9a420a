// A number in front of the tab's title; nothing on the page itself.
import { useTitleCount } from "./title_count.js";

export function TitleCount({ count }) {
  useTitleCount(count);
  return null;
}
