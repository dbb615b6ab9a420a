// Leaves for an address that the browser itself must ask for: a route of the API, which the pages' own router doesn't know.
import { useEffect } from "react";

export function LeaveFor({ to }) {
  useEffect(() => {
    if (to) window.location.replace(to);
  }, [to]);
  return null;
}
