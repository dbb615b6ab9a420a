// The header's links, the one of this page marked, and the way out.
import { useEffect, useState } from "react";
import { Link, useLocation } from "react-router";
import { aboutToLeave, leaveFor } from "./forms.js";
import { call } from "./http.js";
import { say } from "./words.js";

let loaded = false;

export function NavLinks({ links }) {
  const here = useLocation().pathname.replace(/\/+$/, "") || "/";
  useArrival();
  return links.map((link) => (
    <Link key={link.href} to={link.href} aria-current={link.href === here ? "page" : undefined}>
      {link.label}
    </Link>
  ));
}

/** A page that came without a load takes the focus, as a loaded one does: a screen reader says its name. */
function useArrival() {
  useEffect(() => {
    if (loaded) document.getElementById("main")?.focus({ preventScroll: true });
    loaded = true;
  }, []);
}

/** Logs out by a post to the API, then loads `after` anew: the websocket still knows the old cookie. */
export function LogOut({ url, after }) {
  const [words, setWords] = useState(say("Log out"));
  const leave = async () => {
    setWords(say("Logging out…"));
    aboutToLeave(true);
    const answer = await call("POST", url, {});
    const isOut = answer.ok || answer.status === 401;
    aboutToLeave(isOut);
    if (isOut) leaveFor(after);
    else setWords(say("Try again to log out"));
  };
  return (
    <button type="button" onClick={leave} aria-live="polite">
      {words}
    </button>
  );
}
