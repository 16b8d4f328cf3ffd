"""A plan is typed like a spreadsheet: Enter, Tab, Alt with arrows, a paste of several lines; all of it is stored."""

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser
PASTE = """text => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def shen(visit, request):
    """On a draft of her own, made after the plan in force."""
    shen = visit("shen")
    page = shen.go("/plans/")
    page.fill("input[name=title]", f"起草：{request.node.name}"[:60])
    page.fill("input[name=year]", "2031")
    page.select_option("select[name=template]", index=1)
    shen.press("建草稿")
    page.wait_for_url("**/plans/*/")
    return shen


@pytest.fixture
def page(shen) -> Page:
    return shen.page


def lines(page: Page) -> list[tuple[int, str]]:
    """(level, title) of the business column once everything is stored, from the server."""
    page.wait_for_function("() => !document.querySelector('.dr-new[data-sent]')")
    page.wait_for_timeout(300)
    page.reload()
    rows = page.locator(".dr-col-mu .dr-row").all()
    return [
        (int(r.get_attribute("data-level") or 1), r.locator("input[name=title]").input_value()) for r in rows
    ]


def test_lines_are_typed_indented_moved_and_pasted(page: Page):
    first = page.locator(".dr-col-mu .dr-row input[name=title]").nth(1)
    first.click()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type("第一行")
    page.keyboard.press("Tab")
    page.keyboard.type("第八检察部")
    page.keyboard.press("Tab")
    page.keyboard.type("6月底前")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")  # an empty line is at its start: one level deeper
    page.keyboard.type("更深一行")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelectorAll('.dr-new').length === 1")
    page.evaluate(PASTE, "贴一\t第六检察部\t9月30日\n贴二")
    page.wait_for_function("() => document.querySelector('.dr-new') === null")
    page.keyboard.press("Alt+ArrowUp")
    page.wait_for_function("() => document.activeElement.value === '贴二'")
    found = lines(page)
    at = [title for _level, title in found].index("第一行")
    assert [title for _level, title in found[at : at + 4]] == ["第一行", "更深一行", "贴二", "贴一"]
    assert found[at + 1][0] == found[at][0] + 1
    lead = page.locator(".dr-col-mu .dr-row").nth(at).locator("input[name=lead]")
    assert lead.input_value() == "第八检察部"


def test_a_field_that_is_left_is_saved_and_a_wrong_one_says_so(shen, page: Page):
    title = page.locator(".dr-col-gang .dr-row input[name=title]").nth(1)
    title.fill("改过的标题")
    title.press("ArrowDown")
    page.locator(".dr-col-gang .dr-ok").first.wait_for()
    lead = page.locator(".dr-col-gang .dr-row input[name=lead]").nth(0)
    lead.fill("没有的部门")
    lead.press("Tab")
    page.locator(".dr-col-gang .gm-err", has_text="本院没有“没有的部门”").first.wait_for()
    assert lead.input_value() == "没有的部门"
    shen.complaints = [c for c in shen.complaints if "422" not in c]  # the browser notes every refusal
    page.reload()
    assert page.locator(".dr-col-gang .dr-row input[name=title]").nth(1).input_value() == "改过的标题"


def test_tab_is_no_trap(page: Page):
    page.locator(".dr-col-gang .dr-row input[name=title]").nth(1).focus()
    seen = set()
    for _n in range(12):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.closest('.dr-row')?.id"))
    assert len(seen) > 1


def test_a_figure_ties_the_proposal_of_that_number(page: Page):
    page.goto(page.url + "entry-points/")
    page.keyboard.press("1")
    page.get_by_text("结上了").first.wait_for()
