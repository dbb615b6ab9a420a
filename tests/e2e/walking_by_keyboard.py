"""By keyboard alone: Tab and Shift+Tab, arrows inside tabs and stars, Enter, Space, Escape, and letters."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect
from playwright.sync_api import TimeoutError as TooLate

from tests.e2e.walking import Walker

MOST_PRESSES = 120
MOST_STOPS_INSIDE = 6
"""A date has four: day, month, year, and its calendar."""
FOCUS_WITHIN_MS = 2000
ON_A_DESK = {"width": 1440, "height": 900}


class ByKeyboard(Walker):
    """Whatever has the focus on the way must be seen, and the focus never falls into the void."""

    last = "the page was opened"

    def window(self, browser: Browser) -> Page:
        context = browser.new_context(base_url=self.server.url, viewport=ON_A_DESK)  # type: ignore[arg-type]
        return context.new_page()

    def press(self, control: Locator) -> None:
        self.tab_to(control)
        self.page.keyboard.press("Space" if control.evaluate(TURNED_BY_SPACE) else "Enter")

    def write(self, field: Locator, text: str) -> None:
        self.tab_to(field)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)
        expect(field).to_have_value(text)

    def choose(self, field: Locator, words: str) -> None:
        self.tab_to(field)
        self.page.keyboard.type(words)
        assert field.evaluate("select => select.selectedOptions[0].text") == words

    def dismiss(self) -> None:
        self.page.keyboard.press("Escape")
        expect(self.page.locator("dialog[open]")).to_have_count(0)
        self.look()

    def look(self) -> None:
        """The focus is somewhere; on a page that has just been loaded the browser begins at its top, with the way past the navigation."""
        if self.page.evaluate(IS_LOADED_ANEW):
            self._begin()
        try:
            self.page.wait_for_function(HAS_FOCUS, timeout=FOCUS_WITHIN_MS)
        except TooLate:
            self.note(f"the focus is lost after {self.last}")

    def _begin(self) -> None:
        self.page.keyboard.press("Tab")
        first = self.page.evaluate(WHERE, None)
        self._note(first)
        if self.page.locator(".skip").count() and first["what"] != "Skip to the content":
            self.note(f"the first thing is {first['what']}")

    def _note(self, at: Any) -> None:
        for fault in at["faults"]:
            self.note(f"{at['what']} {fault}")

    def tab_to(self, wanted: Locator) -> None:
        """From where the focus is to `wanted`, forwards or backwards as the page is read."""
        expect(wanted).to_be_visible()
        expect(wanted).to_be_enabled()
        passed: list[str] = []
        while len(passed) < MOST_PRESSES:
            at = wanted.evaluate(WHERE)
            self._note(at)
            if at["there"]:
                self.last = at["what"]
                return
            assert passed.count(at["key"]) < MOST_STOPS_INSIDE, f"the focus turns in a circle and never comes to {wanted}: {passed}"
            passed.append(at["key"])
            self.page.keyboard.press(at["next"])
        raise AssertionError(f"{wanted} can't be reached by the keyboard; passed {passed}")


TURNED_BY_SPACE = "control => control.matches('input[type=checkbox], input[type=radio], [role=switch]')"
IS_LOADED_ANEW = """() => {
  const isAnew = !document.walked;
  document.walked = true;
  return isAnew && (!document.activeElement || document.activeElement === document.body);
}"""
HAS_FOCUS = "() => document.activeElement && document.activeElement !== document.body"

WHERE = """(wanted) => {
  const at = document.activeElement;
  const isNowhere = !at || at === document.body;
  const next = nextKey();
  if (isNowhere) return { there: false, what: "nothing", key: "nothing", faults: [], next };
  return { there: at === wanted, what: nameOf(at), key: keyOf(at), faults: isPlace(at) ? [] : faultsOf(at), next };

  function nextKey() {
    if (!wanted || isNowhere) return "Tab";
    const group = wanted.closest("[role=tablist], [role=radiogroup]");
    if (group?.contains(at)) return "ArrowRight";
    const isBehind = at.compareDocumentPosition(wanted) & Node.DOCUMENT_POSITION_PRECEDING;
    return isBehind && !at.contains(wanted) && !wanted.contains(at) ? "Shift+Tab" : "Tab";
  }

  function nameOf(it) {
    const picture = it.querySelector("img")?.alt;
    const words = it.getAttribute("aria-label") || picture || it.labels?.[0]?.textContent || it.textContent || it.name;
    return words.trim().slice(0, 80);
  }

  function keyOf(it) {
    window.walkedBy ??= new Map();
    if (!window.walkedBy.has(it)) window.walkedBy.set(it, window.walkedBy.size);
    return `${window.walkedBy.get(it)}: ${nameOf(it)}`;
  }

  /** What only takes the focus for lack of anything better is no control, and shows nothing. */
  function isPlace(it) {
    return it.getAttribute("tabindex") === "-1" && !it.matches("a, button, input, select, textarea, summary, [role=tab]");
  }

  function faultsOf(it) {
    const drawn = it.matches("input[type=radio]") ? (it.closest("label") ?? it) : it;
    const box = drawn.getBoundingClientRect();
    const faults = [];
    if (it.closest("[aria-hidden=true], [inert]")) faults.push("is hidden from screen readers");
    if (!nameOf(it)) faults.push("has no name");
    faults.push(...seenFaults(drawn, box), ...ringFaults(drawn, box));
    return faults;
  }

  function seenFaults(drawn, box) {
    const [left, right] = [Math.max(box.left, 0), Math.min(box.right, window.innerWidth)];
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, window.innerHeight)];
    if (right - left < Math.min(box.width, 8) || bottom - top < Math.min(box.height, 8)) return ["is outside of the window"];
    const at = (across, down) => document.elementFromPoint(left + (right - left) * across, top + (bottom - top) * down);
    const hits = [0.1, 0.5, 0.9].flatMap((across) => [0.1, 0.5, 0.9].map((down) => at(across, down)));
    return hits.some((hit) => hit && drawn.contains(hit)) ? [] : [`is covered by ${hits[4]?.className || hits[4]?.tagName}`];
  }

  function ringFaults(drawn, box) {
    const style = getComputedStyle(drawn);
    const isDrawn = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && !/, 0\\)$|transparent/.test(style.outlineColor);
    if (!isDrawn) return ["shows no ring"];
    const reach = parseFloat(style.outlineOffset) + 1;
    for (let around = drawn.parentElement; around && around !== document.documentElement; around = around.parentElement) {
      if (getComputedStyle(around).overflow !== "visible" && around !== document.body) {
        const frame = around.getBoundingClientRect();
        const cut = [frame.left - box.left, frame.top - box.top, box.right - frame.right, box.bottom - frame.bottom];
        if (cut.filter((over) => over + reach > 0.5).length > 1) return [`has a ring that ${around.className} cuts off`];
      }
      if (around.matches("dialog")) break;
    }
    return [];
  }
}"""
