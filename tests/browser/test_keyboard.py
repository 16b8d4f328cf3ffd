"""Without a mouse: the keys of the office, the skip link, a whole knot; and without script: everything still works."""

import re
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PASSWORD

YEAR = datetime.now(ZoneInfo("Asia/Shanghai")).year + 1


@pytest.fixture(scope="module")
def state(chromium: Browser, served: str) -> dict:
    """The cookies of somebody who signed in by keyboard only."""
    context = chromium.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(served + "/sign-in/")
    expect(page.locator("input[name=username]")).to_be_focused()  # without a key pressed
    page.keyboard.type("shen")
    page.keyboard.press("Tab")
    expect(page.locator("input[name=password]")).to_be_focused()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(served + "/")
    kept = context.storage_state()
    context.close()
    return kept


@pytest.fixture
def page(chromium: Browser, served: str, state: dict) -> Iterator[Page]:
    context = chromium.new_context(
        storage_state=state, base_url=served, viewport={"width": 1440, "height": 900}, locale="zh-CN"
    )
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def focus(page: Page, script: str = "el => el.outerHTML.slice(0, 120)") -> str:
    return page.evaluate(f"({script})(document.activeElement)")


def tab_to(page: Page, selector: str, *, most: int = 80) -> None:
    """Press Tab until what has the focus matches; fails when it is never reached."""
    for _n in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"Tab never reached {selector}: {focus(page)}")


def chosen(page: Page) -> int:
    """Which row of the page is chosen, from 0; -1 for none."""
    return page.evaluate("[...document.querySelectorAll('[data-row]')].findIndex(r => r.matches('.is-sel'))")


def rows(page: Page) -> int:
    return page.locator("[data-row]").count()


# ---- the keys of home ----


def test_j_and_k_walk_the_rows_and_stop_at_the_ends(page: Page):
    page.goto("/")
    assert rows(page) > 2
    page.keyboard.press("j")
    assert chosen(page) == 0 and focus(page, "el => el.closest('[data-row]') !== null")
    page.keyboard.press("j")
    assert chosen(page) == 1
    page.keyboard.press("k")
    page.keyboard.press("k")
    assert chosen(page) == 0
    for _n in range(rows(page) + 2):
        page.keyboard.press("j")
    assert chosen(page) == rows(page) - 1


def test_enter_opens_the_row(page: Page):
    page.goto("/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    wanted = page.locator(".is-sel a").first.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{wanted}")


def test_e_does_what_stands_in_the_row_and_in_no_other(page: Page):
    page.goto("/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    wanted = page.locator(".is-sel .gm-act a").get_attribute("href")
    page.keyboard.press("e")
    page.wait_for_url(f"**{wanted}")


def test_g_then_m_goes_to_the_net_map_and_g_then_h_home(page: Page):
    page.goto("/tasks/")
    page.keyboard.press("g")
    page.keyboard.press("m")
    page.wait_for_url("**/net/")
    page.keyboard.press("g")
    page.keyboard.press("h")
    page.wait_for_url(re.compile(r"//[^/]+/$"))


def test_m_alone_goes_nowhere(page: Page):
    page.goto("/tasks/")
    page.keyboard.press("m")
    page.wait_for_timeout(200)
    assert page.url.endswith("/tasks/")


def test_slash_goes_to_search_and_letters_rest_there(page: Page):
    page.goto("/")
    page.keyboard.press("/")
    assert focus(page, "el => el.name") == "q"
    page.keyboard.type("jkegm?/")
    assert page.input_value(".gm-find input") == "jkegm?/"
    assert chosen(page) == 0 and not page.locator("#gm-keys").is_visible() and page.url.endswith("/")
    page.keyboard.press("Escape")
    assert focus(page, "el => el.tagName") == "BODY"


def test_question_mark_shows_the_keys_and_escape_closes_them(page: Page):
    page.goto("/")
    page.keyboard.press("?")
    expect(page.locator("#gm-keys")).to_be_visible()
    assert focus(page, "el => el.closest('#gm-keys') !== null")
    page.keyboard.press("g")
    page.keyboard.press("m")
    page.keyboard.press("Escape")
    expect(page.locator("#gm-keys")).not_to_be_visible()
    assert page.url.endswith("/"), "letters rest while the list is open"


def test_letter_keys_can_be_switched_off_on_this_computer(page: Page):
    page.goto("/")
    page.keyboard.press("?")
    page.get_by_label(re.compile("用字母键")).uncheck()
    page.keyboard.press("Escape")
    for _visit in range(2):
        page.keyboard.press("g")
        page.keyboard.press("m")
        page.keyboard.press("?")
        page.wait_for_timeout(100)
        assert page.url.endswith("/") and not page.locator("#gm-keys").is_visible()
        page.reload()


def test_escape_goes_one_level_up(page: Page):
    page.goto("/plans/")
    page.locator("main tr[data-row]", has_text="已通过").get_by_role("link").first.click()
    page.wait_for_url("**/plans/*/")
    page.locator("main tr[data-row] a").first.click()
    page.wait_for_url("**/items/*/")
    page.keyboard.press("Escape")
    page.wait_for_url("**/plans/**")


def test_h_and_l_change_sides_on_the_net_map(page: Page):
    page.goto("/net/")
    page.locator("li[data-side=g] a").first.focus()
    page.keyboard.press("l")
    assert focus(page, "el => el.closest('li').dataset.side") == "m"
    page.keyboard.press("h")
    assert focus(page, "el => el.closest('li').dataset.side") == "g"


# ---- Tab ----


def test_the_skip_link_is_first_and_leads_to_the_main_part(page: Page):
    page.goto("/")
    page.keyboard.press("Tab")
    assert focus(page, "el => el.className") == "gm-skip" and page.locator(".gm-skip").is_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focus(page, "el => el.closest('main') !== null")


@pytest.mark.parametrize("path", ["/", "/papers/", "/meetings/new/", "/inspections/new/", "/directives/new/"])
def test_the_main_action_is_reached_and_seen(page: Page, path: str):
    page.goto(path)
    assert page.locator("main .gm-pri").count() >= 1
    for _n in range(200):
        page.keyboard.press("Tab")
        if focus(page, "el => el.matches('main .gm-pri')"):
            break
    else:
        raise AssertionError("Tab never reached the main action")
    outline = focus(page, "el => getComputedStyle(el).outlineStyle + getComputedStyle(el).outlineWidth")
    assert outline == "solid2px"


def test_tab_follows_the_page_from_top_to_bottom(page: Page):
    """In a column nothing that comes later is reached earlier."""
    page.goto("/papers/")
    page.locator("#main").focus()
    tops = []
    for _n in range(6):
        page.keyboard.press("Tab")
        if not focus(page, "el => el.closest('main form') !== null"):
            continue
        tops.append(float(focus(page, "el => el.getBoundingClientRect().top")))
    assert len(tops) > 2 and tops == sorted(tops)


def test_no_element_takes_the_focus_out_of_turn(page: Page):
    for path in ("/", "/net/", "/papers/", "/meetings/new/"):
        page.goto(path)
        assert not page.locator("[tabindex]:not([tabindex='0']):not([tabindex='-1'])").count(), path


def test_a_knot_is_tied_without_a_mouse(page: Page):
    page.goto("/net/?view=list&only=holes")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/items/*/")
    title = page.locator("h1").inner_text()[1:].strip()  # without the mark 纲 or 目
    page.get_by_role("link", name="结切入点").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/entry-points/**")
    if not page.locator("#tie").evaluate("el => el.open"):
        tab_to(page, "#tie summary")
        page.keyboard.press("Enter")
    tab_to(page, "#tie select[name=partner]")
    page.keyboard.press("ArrowDown")
    assert page.eval_on_selector("#tie select[name=partner]", "el => el.value")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    assert page.locator("#tie input[name=kind]:checked").count() == 1
    page.keyboard.press("Tab")
    page.keyboard.type("支流排口上半年清完")
    page.keyboard.press("Tab")
    assert focus(page, "el => el.textContent.trim().slice(0, 2)") == "结上"
    page.keyboard.press("Enter")
    page.get_by_text("结上了").first.wait_for()
    assert title in page.locator("h1").inner_text() and "支流排口上半年清完" in page.inner_text("main")
    page.goto("/net/?view=list&only=holes")
    assert title not in page.locator(".nm-list").inner_text()


# ---- without script ----


@pytest.fixture
def plain(chromium: Browser, served: str) -> Iterator[Page]:
    context = chromium.new_context(base_url=served, java_script_enabled=False, locale="zh-CN")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def enter(page: Page, who: str) -> None:
    page.goto("/sign-in/")
    page.fill("input[name=username]", who)
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="登录").click()


def test_without_script_a_file_comes_in(plain: Page):
    enter(plain, "shen")
    plain.goto("/papers/")
    text = f"云泽市人民检察院{YEAR}年培训要点\n一、党建工作\n（一）办好读书班。牵头部门：机关党委。完成时限：{YEAR}年6月底前。\n"
    plain.set_input_files(
        "input[type=file]", {"name": "培训要点.txt", "mimeType": "text/plain", "buffer": text.encode()}
    )
    plain.fill("input[name=year]", str(YEAR))
    plain.get_by_role("button", name="读一遍").click()
    assert "一段不少" in plain.inner_text("main") and "办好读书班" in plain.inner_text("main")


def test_without_script_a_task_is_issued_and_signed(plain: Page):
    enter(plain, "shen")
    plain.goto("/plans/")
    plain.locator("main tr[data-row]", has_text="已通过").get_by_role("link").first.click()
    plain.locator("main tr[data-row]", has_text="第八检察部").get_by_role("link").first.click()
    item = plain.url
    if plain.locator("form[action$='/deploy/']").is_hidden():
        plain.get_by_text("部署：交办成任务").click()
    plain.fill("form[action$='/deploy/'] input[name=due_on]", f"{YEAR}-06-30")
    plain.fill("form[action$='/deploy/'] input[name=requirement]", "按季报进展")
    plain.get_by_role("button", name="交办").click()
    assert "已交办，等牵头部门签收" in plain.inner_text("body")
    plain.context.clear_cookies()
    enter(plain, "jiang")
    plain.goto(item)
    plain.locator("main li[data-row]", has_text="待签收").get_by_role("link").first.click()
    plain.get_by_role("button", name="签收").click()
    assert "已签收" in plain.inner_text("body") and "办理中" in plain.inner_text("body")


def test_without_script_the_net_map_is_drawn(plain: Page):
    enter(plain, "jiang")
    plain.goto("/net/")
    assert plain.locator("path[data-g]").count() > 10
    box = plain.locator(".nm-thr svg").bounding_box()
    assert box and box["height"] > 300
