"""With a thumb on a phone: taps, and a keyboard on the screen that takes half of it while something is written."""

from __future__ import annotations

from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.walking import Walker

WIDTH, HEIGHT, HEIGHT_ABOVE_KEYBOARD = 360, 740, 400


class ByTouch(Walker):
    """Whatever is tapped is as large as a thumb and lies open; what is written into stays in sight."""

    def window(self, browser: Browser) -> Page:
        self._has_keyboard = False
        screen = {"width": WIDTH, "height": HEIGHT}
        context = browser.new_context(base_url=self.server.url, viewport=screen, has_touch=True, is_mobile=True)  # type: ignore[arg-type]
        return context.new_page()

    def press(self, control: Locator) -> None:
        self._keyboard(shown=False)
        self._tap(control)

    def write(self, field: Locator, text: str) -> None:
        self._tap(field)
        self._keyboard(shown=True)
        field.scroll_into_view_if_needed()  # phones do so when their keyboard comes
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)
        expect(field).to_have_value(text)
        if cover := field.evaluate(COVER):
            self.note(f"{field.get_attribute('aria-label') or field.get_attribute('name')} is covered by {cover} while it is written into")

    def choose(self, field: Locator, words: str) -> None:
        self._keyboard(shown=False)
        self._can_be_tapped(field)
        field.select_option(words)  # in the phone's own list, which is no part of the page

    def dismiss(self) -> None:
        self.press(self.page.get_by_role("dialog").get_by_role("button", name="Close", exact=True))
        expect(self.page.locator("dialog[open]")).to_have_count(0)

    def look(self) -> None:
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        if wide > WIDTH:
            self.note(f"is {wide} px wide")
        for small in self.page.evaluate(SMALL):
            self.note(small)

    def _tap(self, control: Locator) -> None:
        expect(control).to_be_enabled()
        self._can_be_tapped(control)
        control.tap()

    def _can_be_tapped(self, control: Locator) -> None:
        control.scroll_into_view_if_needed()
        for fault in control.evaluate(FAULTS):
            self.note(fault)

    def _keyboard(self, *, shown: bool) -> None:
        if shown != self._has_keyboard:
            self._has_keyboard = shown
            self.page.set_viewport_size({"width": WIDTH, "height": HEIGHT_ABOVE_KEYBOARD if shown else HEIGHT})


_SIZES = """
  const THUMB = 43.5;
  /** Where a tap reaches it: itself, and its label. */
  function areaOf(it) {
    const boxes = [it, ...(it.labels ?? [])].map((each) => each.getBoundingClientRect());
    const [left, top] = [Math.min(...boxes.map((box) => box.left)), Math.min(...boxes.map((box) => box.top))];
    return { width: Math.max(...boxes.map((box) => box.right)) - left, height: Math.max(...boxes.map((box) => box.bottom)) - top };
  }
  /** A link in a sentence is as high as its line. */
  function isInSentence(it) {
    return it.matches("a") && getComputedStyle(it).display === "inline";
  }
  function nameOf(it) {
    const picture = it.querySelector("img")?.alt;
    return (it.getAttribute("aria-label") || picture || it.labels?.[0]?.textContent || it.textContent || it.name).trim().slice(0, 80);
  }
  function isSmall(it) {
    const { width, height } = areaOf(it);
    return !isInSentence(it) && (width < THUMB || height < THUMB);
  }
  function sizeOf(it) {
    const { width, height } = areaOf(it);
    return `${Math.round(width)} x ${Math.round(height)}`;
  }
"""

FAULTS = f"""(control) => {{
  {_SIZES}
  const faults = isSmall(control) ? [`${{nameOf(control)}} is ${{sizeOf(control)}}`] : [];
  const box = control.getBoundingClientRect();
  const middle = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  const own = [control, ...(control.labels ?? [])];
  if (!own.some((each) => each.contains(middle))) faults.push(`${{nameOf(control)}} is covered by ${{middle?.className}}`);
  return faults;
}}"""

SMALL = f"""() => {{
  {_SIZES}
  const controls = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")];
  const shown = controls.filter((each) => each.checkVisibility() && !each.closest("[aria-hidden=true]") && !each.matches(".skip"));
  return shown.filter(isSmall).map((each) => `${{nameOf(each)}} is ${{sizeOf(each)}}`);
}}"""

COVER = """(field) => {
  const box = field.getBoundingClientRect();
  const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, window.innerHeight)];
  if (bottom - top < Math.min(box.height, 40)) return "the keyboard";
  const onTop = document.elementFromPoint(box.x + box.width / 2, (top + bottom) / 2);
  return onTop === field ? "" : onTop?.className || onTop?.tagName;
}"""
