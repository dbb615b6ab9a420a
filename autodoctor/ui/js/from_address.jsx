// What a page's address says (`?verified=1`, `?token=…`): read in the browser, because built pages are the same for everybody.
import { useEffect, useRef, useState } from "react";
import { loadAnew, ownPath } from "./forms.js";
import { recall, remember } from "./http.js";

const KEPT = "autodoctor.onward";
const KEPT_FOR_MS = 24 * 60 * 60 * 1000;

function asked(name) {
  return new URLSearchParams(window.location.search).get(name);
}

/** The words for the value of `name` in the address: `cases` maps values to words, `*` stands for any other. */
export function AddressNotice({ name, cases, tone = "info" }) {
  const [words, setWords] = useState("");
  useEffect(() => {
    const value = asked(name);
    if (value !== null) setWords(Object.hasOwn(cases, value) ? cases[value] : (cases["*"] ?? ""));
  }, [name]); // eslint-disable-line react-hooks/exhaustive-deps -- the words don't change while the page stands
  return (
    <div role="status" className="address-notice">
      {words && (
        <p className="notice" data-tone={tone}>
          {words}
        </p>
      )}
    </div>
  );
}

/** A hidden field with the value of `name` in the address. */
export function AddressField({ name }) {
  const field = useRef(null);
  useEffect(() => {
    field.current.value = asked(name) ?? "";
  }, [name]);
  return <input ref={field} type="hidden" name={name} defaultValue="" />;
}

/** A hidden field with the reader's time zone. */
export function TimeZoneField({ name }) {
  const field = useRef(null);
  useEffect(() => {
    field.current.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
  }, []);
  return <input ref={field} type="hidden" name={name} defaultValue="" />;
}

/** A link that hands on where the reader wanted to go (`?next=`). */
export function OnwardLink({ href, label }) {
  const [next, setNext] = useState("");
  useEffect(() => setNext(ownPath(asked("next"), window.location.origin)), []);
  return (
    <a className="link" href={next ? `${href}?next=${encodeURIComponent(next)}` : href}>
      {label}
    </a>
  );
}

/** Keeps `?next=` in this browser for a day: between signing up and logging in lies a mail. */
export function KeepOnward() {
  useEffect(() => {
    const next = ownPath(asked("next"), window.location.origin);
    if (next) remember(KEPT, [next, Date.now()]);
  }, []);
  return null;
}

/** On a login that follows a verification: puts what was kept into the address, where the form looks for it. */
export function TakeOnward() {
  useEffect(() => {
    if (asked("verified") === null || asked("next") !== null) return;
    const [path, at] = recall(KEPT, ["", 0]);
    remember(KEPT, []);
    const next = ownPath(path, window.location.origin);
    if (!next || Date.now() - at > KEPT_FOR_MS) return;
    const address = new URL(window.location.href);
    address.searchParams.set("next", next);
    window.history.replaceState(window.history.state, "", address);
  }, []);
  return null;
}

/** A login that the page of an ended login led to is loaded anew once: in another tab somebody may have logged in since, which this
 * tab's socket doesn't know. */
export function FreshDoor() {
  useEffect(() => {
    const [loaded] = performance.getEntriesByType("navigation");
    if (asked("ended") !== null && loaded && loaded.name !== window.location.href) loadAnew();
  }, []);
  return null;
}
