"""Every kind of page at a desk and on a phone: axe finds nothing serious, nothing scrolls sideways, nothing is foreign."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, Request

from tests.browser.conftest import Visitor

AXE = (Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js").read_text()
DESK, PHONE = (1440, 900), (390, 844)
YEAR = datetime.now(ZoneInfo("Asia/Shanghai")).year + 1
PAPER = f"""云泽市人民检察院{YEAR}年调研要点
一、检察业务工作
（一）开展专项调研。围绕湖区保护开展专项调研。责任单位：第八检察部、第六检察部。完成时限：{YEAR}年6月31日前。
"""
# name of the page: who looks, and where; {…} is looked up in the demo
PAGES = {
    "sign-in": ("", "/sign-in/"),
    "home of the party office": ("shen", "/"),
    "home of the first person": ("wen", "/"),
    "home of a head": ("jiang", "/"),
    "home of an administrator": ("auditor", "/"),
    "net map": ("shen", "/net/"),
    "net map as a list": ("shen", "/net/?view=list"),
    "net map, one chosen": ("shen", "/net/?sel={item}"),
    "net map, only holes": ("shen", "/net/?only=holes"),
    "plans": ("shen", "/plans/"),
    "plan": ("shen", "{plan}"),
    "item": ("shen", "/items/{item}/"),
    "directives": ("shen", "/directives/"),
    "meetings": ("shen", "/meetings/"),
    "meeting": ("shen", "{meeting}"),
    "new meeting": ("shen", "/meetings/new/"),
    "tasks": ("shen", "/tasks/"),
    "task": ("jiang", "{task}"),
    "inspections": ("shen", "/inspections/"),
    "inspection": ("shen", "{inspection}"),
    "new inspection": ("shen", "/inspections/new/"),
    "programme of visits": ("shen", "/inspections/calendar/"),
    "proposals": ("shen", "/proposals/"),
    "rectifications": ("shen", "/rectifications/"),
    "check-up": ("shen", "/checkup/"),
    "lamp": ("gu", "{lamp}"),
    "papers": ("shen", "/papers/"),
    "preview": ("shen", "{preview}?edit={read}"),
    "preview, an item to be split": ("shen", "{preview}?split={read}"),
    "preview, of which plan it is a revision": ("shen", "{preview}compare/"),
    "what is remembered of papers": ("shen", "/papers/remembered/"),
    "review": ("jiang", "/review/"),
    "honours": ("shen", "/honours/"),
    "honour": ("shen", "/honours/1/"),
    "registering an honour": ("shen", "/honours/register/?q=%E5%B7%A1"),
    "party life": ("shen", "/party-life/"),
    "branch": ("shen", "{branch}"),
    "people": ("shen", "/people/"),
    "posts": ("shen", "/people/?view=posts"),
    "lists": ("shen", "/rosters/"),
    "search": ("shen", "/search/?q=%E4%B8%93%E9%A1%B9"),
    "me": ("jiang", "/me/"),
    "audit": ("auditor", "/audit/"),
    "nothing there": ("shen", "/items/999999/"),
}


class Watched:
    """A browser of somebody at one width; remembers what was asked of which host and what the console said."""

    def __init__(self, browser: Browser, base: str, username: str, size: tuple[int, int]) -> None:
        self.foreign: list[str] = []
        self.complaints: list[str] = []
        self.base = base
        if username:
            visitor = Visitor(browser, base, username, width=size[0], height=size[1])
            self.page = visitor.page
        else:
            self.page = browser.new_page(viewport={"width": size[0], "height": size[1]}, locale="zh-CN")
        self.page.on("request", self._asked)
        self.page.on("console", lambda m: self.complaints.append(m.text) if m.type == "error" else None)
        self.page.on("pageerror", lambda e: self.complaints.append(str(e)))

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.base, "data:")):
            self.foreign.append(request.url)


@pytest.fixture(scope="module")
def watched(chromium: Browser, served: str) -> Iterator[Callable[[str, tuple[int, int]], Watched]]:
    """Everybody signs in once a width; the pages stay open for the whole module."""
    known: dict[tuple[str, tuple[int, int]], Watched] = {}

    def enter(username: str, size: tuple[int, int]) -> Watched:
        if (username, size) not in known:
            known[username, size] = Watched(chromium, served, username, size)
        return known[username, size]

    yield enter
    for each in known.values():
        each.page.context.close()


@pytest.fixture(scope="module")
def places(watched, served: str) -> dict[str, str]:
    """Addresses of one plan, item, meeting … of the demo, and of a paper just read."""

    def first(user: str, path: str, start: str) -> str:
        page = watched(user, DESK).page
        page.goto(served + path)
        found = page.locator(f'main a[href^="{start}"]').evaluate_all(
            "all => all.map(a => a.getAttribute('href'))"
        )
        return next(
            href
            for href in found
            if "new" not in href and "calendar" not in href and "?" not in href and href != start
        )

    page = watched("shen", DESK).page
    page.goto(served + "/papers/")
    page.set_input_files(
        "input[type=file]", {"name": "调研要点.txt", "mimeType": "text/plain", "buffer": PAPER.encode()}
    )
    page.fill("input[name=year]", str(YEAR))
    page.get_by_role("button", name="读一遍").click()
    page.wait_for_url("**/papers/*/")
    read = page.locator("li[data-row]").first.get_attribute("id") or ""
    found = {"preview": page.url.removeprefix(served), "read": read.removeprefix("item-")}
    found["plan"] = first("shen", "/plans/", "/plans/")
    found["item"] = first("shen", found["plan"], "/items/").strip("/").split("/")[1]
    found["meeting"] = first("shen", "/meetings/", "/meetings/")
    found["task"] = first("jiang", "/tasks/?view=mine", "/tasks/")
    found["inspection"] = first("shen", "/inspections/", "/inspections/")
    found["lamp"] = first("gu", "/checkup/", "/checkup/")
    found["branch"] = first("shen", "/party-life/", "/party-life/")
    return found


def serious(page: Page) -> list[str]:
    """What axe calls serious or critical: the rule, and where."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then(r => r.violations)")
    return [
        f"{v['id']}: {v['help']} at {[n['target'] for n in v['nodes'][:4]]}"
        for v in found
        if v["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_usable_by_everybody(watched, places, served: str, name: str, size: tuple[int, int]):
    user, path = PAGES[name]
    seen = watched(user, size)
    page = seen.page
    seen.foreign.clear()
    seen.complaints.clear()
    answer = page.goto(served + path.format(**places))
    assert answer is not None and answer.status == (404 if name == "nothing there" else 200)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy
    assert page.locator("h1").count() == 1 and page.locator("h1").inner_text().strip()
    assert page.get_attribute("html", "lang") == "zh-CN"
    assert page.title().endswith("· 纲目") and len(page.title()) > len("· 纲目") + 1
    assert not seen.foreign
    assert not [c for c in seen.complaints if "404" not in c or name != "nothing there"]
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0], "scrolls sideways"
    assert not serious(page)


def test_axe_does_find_what_is_wrong(watched, served: str):
    """Otherwise the test above would pass on anything."""
    page = watched("", DESK).page
    page.goto(served + "/sign-in/")
    page.evaluate("document.querySelector('label.gm-l').remove()")
    assert any(found.startswith("label") for found in serious(page))


@pytest.mark.parametrize("name", ["home of a head", "task", "sign-in"])
def test_what_is_pressed_on_a_phone_is_large_enough(watched, places, served: str, name: str):
    """Buttons and fields are at least 44 px high, but for what stands inside a line of text."""
    user, path = PAGES[name]
    page = watched(user, PHONE).page
    page.goto(served + path.format(**places))
    small = page.evaluate(
        """() => [...document.querySelectorAll('main button, main a.gm-btn, main .gm-f, .gm-tab a')]
        .filter(el => el.offsetParent && el.getBoundingClientRect().height < 43.5)
        .map(el => el.outerHTML.slice(0, 90) + ' ' + el.getBoundingClientRect().height)"""
    )
    assert not small
