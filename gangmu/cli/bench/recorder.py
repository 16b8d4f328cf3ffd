"""A person at a real browser, and what the browser saw of hands: trusted events only, so nothing is counted that was not done.

``Worker`` presses keys and buttons through Playwright, which sends them as a keyboard and a mouse do. What is counted
comes from the page's own listeners, not from the script that drives it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from gangmu.cli.bench.klm import Seen, Tally, tally

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

LISTEN = """
(() => {
  const FREE = ["text", "search", ""];
  const name = (el) => el && el.nodeType === 1 ? [location.pathname, el.tagName, el.name || el.id || (el.textContent || "").trim().slice(0, 24)].join(" ") : "page";
  const free = (el) => el.tagName === "TEXTAREA" || (el.tagName === "INPUT" && FREE.includes(el.type));
  const say = (seen) => window.gangmuSeen(seen);
  const on = (type, make) => addEventListener(type, (e) => { if (e.isTrusted) say(make(e)); }, true);
  on("keydown", (e) => ({
    what: "key", key: e.key, where: name(e.target),
    text: e.key.length === 1 && !e.ctrlKey && !e.altKey && free(e.target),
    entry: e.key.length === 1 && !free(e.target) && ["INPUT", "SELECT"].includes(e.target.tagName) && !["radio", "checkbox"].includes(e.target.type),
  }));
  on("pointerdown", (e) => ({ what: "down", where: name(e.target) }));
  on("pointerup", (e) => ({ what: "up", where: name(e.target) }));
  on("wheel", (e) => ({ what: "wheel" }));
  on("change", (e) => ({ what: "field", where: name(e.target) }));
})();
"""


class Worker:
    """Somebody signed in. ``seen`` is everything counted since the last :meth:`begin`."""

    def __init__(
        self, browser: Browser, base: str, username: str, password: str, *, width: int = 1440
    ) -> None:
        self.base, self.seen, self.fields = base, list[Seen](), set[str]()
        self.context = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN")
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.context.expose_binding("gangmuSeen", lambda _source, seen: self._see(seen))
        self.context.add_init_script(LISTEN)
        self.page.goto(base + "/sign-in/")
        self.page.fill("input[name=username]", username)
        self.page.fill("input[name=password]", password)
        self.page.get_by_role("button").first.click()
        self.page.wait_for_url(base + "/")
        self.begin()

    def _see(self, seen: dict[str, Any]) -> None:
        if seen["what"] == "field":
            self.fields.add(f"{seen['where']} {len(self.seen)}")
        else:
            self.seen.append(Seen(**seen))

    def begin(self) -> None:
        """Forget what was counted; what is opened by address from here on is not counted either."""
        self.seen.clear()
        self.fields.clear()

    def click(self, what: Locator, *, left: bool = False) -> None:
        """Turn the wheel until it is in sight, point (``left``: at its very beginning), press."""
        self._bring(what)
        box = what.bounding_box()
        assert box is not None  # noqa: S101 - _bring waits for it
        self.page.mouse.move(
            box["x"] + (14 if left else min(box["width"] / 2, 60)), box["y"] + box["height"] / 2
        )
        self.page.mouse.down()
        self.page.mouse.up()
        self.page.wait_for_load_state()

    def _bring(self, what: Locator) -> None:
        what.wait_for(state="visible")
        for _turn in range(60):
            box = what.bounding_box()
            if box and box["y"] >= 0 and box["y"] + min(box["height"], 200) <= 900:
                return
            self.page.mouse.wheel(0, 300 if box and box["y"] > 0 else -300)
            self.page.wait_for_timeout(30)

    def home(self) -> None:
        """By the mark at the top, as everybody goes home."""
        self.click(self.page.locator(".gm-brand"))
        self.page.wait_for_url(self.base + "/")

    def fill(self, name: str, words: str) -> None:
        """Point into a field and type own words."""
        self.click(self.page.locator(f"[name='{name}']:visible").first)
        self.write(words)

    def set_date(self, name: str, days: int) -> None:
        self.date_into(self.page.locator(f"[name='{name}']:visible").first, days)

    def date_into(self, field: Locator, days: int) -> None:
        """So many days from today, as eight figures. Clicking beside the first part of the field begins there."""
        self.click(field, left=True)
        day = date.fromordinal(date.today().toordinal() + days)  # noqa: DTZ011 - the local day of the one at the desk
        self.write(day.strftime("%m%d%Y"))

    def choose(self, name: str, label: str) -> None:
        """An option of a list or one of several chips."""
        field = self.page.locator(f"[name='{name}']:visible").first
        if field.evaluate("el => el.tagName") != "SELECT":
            self.click(self.page.get_by_text(label, exact=True).first)
            return
        labels = [text.strip() for text in field.locator("option").all_inner_texts()]
        self.select(field, labels.index(label))

    def select(self, field: Locator, index: int) -> None:
        """Point at the list, open it, go down to the option by arrows. A native list draws outside the page."""
        self.click(field)
        at = int(field.evaluate("el => el.selectedIndex"))
        self.page.keyboard.press("Escape")
        field.focus()
        self.press("ArrowDown" if index > at else "ArrowUp", abs(index - at))

    def press(self, key: str, times: int = 1) -> None:
        for _n in range(times):
            self.page.keyboard.press(key)
        self.page.wait_for_load_state()

    def write(self, words: str) -> None:
        """Own words, or figures, into what has the focus: one key a character."""
        self.page.keyboard.type(words)

    def tally(self) -> Tally:
        """What was done since ``begin``."""
        self.page.wait_for_timeout(50)  # the last event is still on its way
        found = tally(self.seen)
        found.fields = set(self.fields)
        return found


@contextmanager
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()
