// Notices that the focus has fallen into the void, and picks it up. Draws nothing.

const NAMED = "[data-keeps-focus]";
const ITEMS = "li, article";
const PLACES = `${NAMED}, ${ITEMS}, [tabindex], section, form, fieldset, ul, ol, nav, header, dialog, main`;

let isLoaded = false;

/** A page that came without a load takes the focus, as a loaded one does: a screen reader says its name. */
export function arrive() {
  if (isLoaded && isNowhere()) take(document.querySelector("main"));
  isLoaded = true;
}

/** Watches this page; answers how to stop it. */
export function watchFocus() {
  let last = null;
  const note = ({ target }) => {
    last = { target, likeness: likenessOf(target), around: placesAround(target) };
  };
  const forget = ({ target }) =>
    setTimeout(() => {
      if (last?.target === target && isThere(target)) last = null; // left by a click beside it
    });
  const mend = () => {
    if (!last || !isNowhere()) return;
    const { target, likeness, around } = last;
    last = null;
    take(isThere(target) ? target : placeOf(likeness, around));
  };
  // A moment later: whoever drew the page anew may know a better place, and goes first.
  const watcher = new MutationObserver(() => last && setTimeout(mend));
  watcher.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["hidden", "disabled"] });
  document.addEventListener("focusin", note);
  document.addEventListener("focusout", forget);
  return () => {
    watcher.disconnect();
    document.removeEventListener("focusin", note);
    document.removeEventListener("focusout", forget);
  };
}

/** Nothing has the focus, or something that can't be seen any more. */
function isNowhere() {
  const at = document.activeElement;
  return !at || at === document.body || !isThere(at);
}

function isThere(element) {
  return element.isConnected && element.checkVisibility() && !element.disabled;
}

function placesAround(target) {
  const around = [];
  for (let each = target.parentElement?.closest(PLACES); each; each = each.parentElement?.closest(PLACES)) around.push(each);
  return around;
}

/** What looks like the one that went, where it stood; else where it stood. What looks like it in another item of the list does
 * something else: whoever presses twice would do it by mistake. */
function placeOf(likeness, around) {
  const standing = around.filter(isThere);
  const [nearest] = standing;
  const isDrawnAnew = nearest && around.every((each) => isThere(each) || !each.matches(ITEMS));
  const alike = isDrawnAnew && [...nearest.querySelectorAll(likeness.tag)].filter((each) => isThere(each) && likenessOf(each).words === likeness.words);
  if (alike && alike.length === 1) return alike[0];
  return standing.find((each) => each.matches(NAMED)) ?? nearest ?? document.querySelector("main");
}

function likenessOf(element) {
  const words = element.getAttribute("aria-label") || element.name || element.textContent.trim();
  return { tag: element.tagName, words: `${element.type ?? ""} ${words}` };
}

/** Surroundings take the focus for this once: they are no stop on the way through the page. */
function take(place) {
  if (!place) return;
  const isLent = place.tabIndex < 0 && !place.hasAttribute("tabindex");
  if (isLent) {
    place.tabIndex = -1;
    place.addEventListener("blur", () => place.removeAttribute("tabindex"), { once: true });
  }
  place.focus({ preventScroll: place.tabIndex < 0 }); // a control must be seen, surroundings may be larger than the window
}
