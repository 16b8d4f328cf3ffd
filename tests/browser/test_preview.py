"""The two panes of a read paper by keyboard, by mouse, on a phone, and without script."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PASSWORD, Visitor

YEAR = datetime.now(ZoneInfo("Asia/Shanghai")).year + 1
HEAD = "云泽市人民检察院{year}年{name}要点\n一、检察业务工作\n"
BODY = """（一）办好公益诉讼案件。清理排口；建立台账。责任单位：第八检察部、第一检察部。完成时限：{year}年9月底前。
（二）做实执行监督。开展专项监督。牵头部门：检委办。完成时限：{year}年6月底前。
（三）办好法治副校长工作。走进学校。牵头部门：第六检察部。完成时限：{year}年6月底前。
"""
LONG = "".join(
    f"（{n}）第{n}项专项工作。逐案排查，逐件回访，形成台账，按月通报进度，发现问题及时整改到位。牵头部门：第八检察部。\n"
    for n in "四五六七八九十"
)


def bring(page: Page, name: str, more: str = "") -> str:
    """Read a paper through the page; gives the address of its preview."""
    text = (
        (HEAD + BODY).format(year=YEAR, name=name)
        + more
        + "二、党建工作\n（一）建强先锋岗。牵头部门：机关党委。\n附件：1.分工表\n"
    )
    page.set_input_files(
        "input[type=file]", {"name": f"{name}.txt", "mimeType": "text/plain", "buffer": text.encode()}
    )
    page.fill("input[name=year]", str(YEAR))
    page.get_by_role("button", name="读一遍").click()
    page.wait_for_url("**/papers/*/")
    return page.url


@pytest.fixture
def shen(visit) -> Visitor:
    visitor: Visitor = visit("shen")
    visitor.go("/papers/")
    return visitor


def chosen(page: Page, words: str) -> None:
    """The chosen row is the one with these words in its title."""
    expect(page.locator(".gm-pv-i.is-sel .gm-t")).to_contain_text(words)


def row(page: Page, words: str):
    return page.locator(".gm-pv-i").filter(has=page.locator(".gm-t", has_text=words))


def marked(page: Page) -> list[str]:
    return page.locator(".gm-pv-p.is-cur .gm-pv-t").all_inner_texts()


def said(page: Page, words: str) -> None:
    expect(page.locator("#pv-said")).to_contain_text(words)


def test_a_paper_is_looked_over_by_keyboard_without_a_reload(shen: Visitor):
    page = shen.page
    bring(page, "键盘")
    page.evaluate("window.same = true")
    page.keyboard.press("j")
    chosen(page, "办好公益诉讼案件")
    assert "清理排口" in marked(page)[0]
    page.keyboard.press("a")
    said(page, "认可了")
    chosen(page, "办好公益诉讼案件")
    expect(page.locator(".gm-pv-i.is-sel")).to_contain_text("牵头 第八检察部")
    expect(page.locator("#pv-left")).to_contain_text("还有 1 项要看")
    page.keyboard.press("s")
    expect(page.locator(".is-open input[name=at]").first).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Control+Enter")
    said(page, "拆开了")
    assert page.locator(".gm-pv-i .gm-t", has_text="清理排口").count() == 1
    page.keyboard.press("j")
    chosen(page, "清理排口")
    page.keyboard.press("m")
    said(page, "并到上一项了")
    assert page.locator(".gm-pv-i .gm-t", has_text="清理排口").count() == 0
    chosen(page, "办好公益诉讼案件")
    page.keyboard.press("j")
    page.keyboard.press("e")
    expect(page.locator(".is-open input[name=title]")).to_be_focused()
    page.keyboard.type("：ajkmsx")  # letters rest while typing
    page.select_option(".is-open select[name=lead_department]", label="第六检察部")
    page.keyboard.press("Control+Enter")
    said(page, "改好了")
    chosen(page, "ajkmsx")
    expect(page.locator(".gm-pv-offer")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("x")
    said(page, "搁置了")
    assert page.locator(".gm-pv-i .gm-t", has_text="法治副校长").count() == 0
    page.keyboard.press("?")
    expect(page.locator("#gm-keys")).to_be_visible()
    assert page.evaluate("window.same") is True, "the page was never loaded again"


def test_a_click_on_either_side_shows_the_other(shen: Visitor):
    page = shen.page
    bring(page, "对照", LONG)
    page.locator(".gm-pv-p", has_text="第十项").click()
    chosen(page, "第十项")
    assert page.evaluate(
        """() => { const r = document.querySelector('.is-sel').getBoundingClientRect(),
        p = document.querySelector('.gm-pv-out').getBoundingClientRect(); return r.top >= p.top - 1 && r.top < p.bottom }"""
    )
    page.locator(".gm-pv-i .gm-t", has_text="第九项").click()
    assert "第九项" in marked(page)[0]


def test_one_pane_scrolls_with_the_other(shen: Visitor):
    page = shen.page
    bring(page, "滚动", LONG)
    before = page.evaluate("document.querySelector('.gm-pv-src').scrollTop")
    page.hover(".gm-pv-out")
    page.mouse.wheel(0, 4000)
    page.wait_for_function("was => document.querySelector('.gm-pv-src').scrollTop > was", arg=before)


def test_an_item_that_is_gone_keeps_what_was_typed(shen: Visitor, visit):
    page = shen.page
    url = bring(page, "两人")
    page.keyboard.press("j")
    page.keyboard.press("e")
    page.locator(".is-open input[name=title]").fill("我写的新标题")
    other = visit("shen")
    other.page.goto(url)
    row(other.page, "办好公益诉讼案件").get_by_role("button", name="搁置").click()
    expect(other.page.locator("#pv-said")).to_contain_text("搁置了")
    page.get_by_role("button", name="改好了").click()
    expect(page.locator(".is-open [role=alert]")).to_contain_text("刚被别人改过")
    assert page.input_value(".is-open input[name=title]") == "我写的新标题"
    expect(page.get_by_role("button", name="改好了")).to_be_enabled()
    shen.complaints = [c for c in shen.complaints if "404" not in c]


def test_who_comes_second_is_told_in_the_row(shen: Visitor, visit):
    page = shen.page
    url = bring(page, "先后")
    page.keyboard.press("j")
    page.keyboard.press("e")
    page.locator(".is-open input[name=title]").fill("我写的新标题")
    other = visit("gu")
    other.page.goto(url)
    other.page.keyboard.press("j")
    other.page.keyboard.press("e")
    other.page.locator(".is-open input[name=title]").fill("别人改的标题")
    other.page.keyboard.press("Control+Enter")
    expect(other.page.locator("#pv-said")).to_contain_text("改好了")
    page.get_by_role("button", name="改好了").click()
    expect(page.locator(".is-open")).to_contain_text("现在是“别人改的标题”")
    assert page.input_value(".is-open input[name=title]") == "我写的新标题"
    page.get_by_role("button", name="改好了").click()
    said(page, "改好了")
    chosen(page, "我写的新标题")
    shen.complaints = [c for c in shen.complaints if "422" not in c]


def test_the_whole_paper_is_settled_in_place(shen: Visitor):
    page = shen.page
    bring(page, "整份")
    page.evaluate("window.same = true")
    page.locator("#pv-tools summary").click()
    page.get_by_role("button", name="首位为牵头").click()
    said(page, "整份都这样算了")
    row(page, "做实执行监督").locator("input[name=items]").check()
    page.fill("#pv-many input[name=due_on]", f"{YEAR}-11-30")
    page.get_by_role("button", name="统一设定").click()
    said(page, "勾选的都设好了")
    expect(row(page, "做实执行监督")).to_contain_text("11月30日")
    page.get_by_role("button", name="自成一项").last.click()
    said(page, "成了一项")
    page.goto(shen.base + "/papers/remembered/")
    shen.says("首位为牵头")
    shen.press("忘掉")
    assert page.evaluate("window.same") is None


def test_on_a_phone_the_source_folds_under_each_item(visit):
    visitor = visit("shen", width=390, height=844)
    page = visitor.go("/papers/")
    bring(page, "手机")
    out, src = page.locator(".gm-pv-out").bounding_box(), page.locator(".gm-pv-src").bounding_box()
    assert out and src and out["y"] + out["height"] <= src["y"] + 1, (
        "one pane: the items, then the whole source"
    )
    fold = page.locator(".gm-pv-fold").first
    fold.locator("summary").click()
    expect(fold).to_contain_text("清理排口")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.fixture
def plain(chromium: Browser, served: str) -> Iterator[Page]:
    context = chromium.new_context(base_url=served, java_script_enabled=False, locale="zh-CN")
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto("/sign-in/")
    page.fill("input[name=username]", "shen")
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.goto("/papers/")
    yield page
    context.close()


def test_every_step_works_without_script(plain: Page):
    bring(plain, "无脚本")
    row(plain, "办好公益诉讼案件").get_by_role("button", name="认可").click()
    assert "认可了" in plain.inner_text(".gm-msgs")
    row(plain, "办好公益诉讼案件").get_by_role("link", name="拆").click()
    plain.locator("input[name=at]").first.check()
    plain.get_by_role("button", name="拆开").click()
    assert "拆开了" in plain.inner_text(".gm-msgs")
    row(plain, "清理排口").get_by_role("button", name="并到上条").click()
    assert "并到上一项了" in plain.inner_text(".gm-msgs")
    row(plain, "法治副校长").get_by_role("link", name="改").click()
    plain.fill("input[name=title]", "派好法治副校长")
    plain.get_by_role("button", name="改好了").click()
    assert "派好法治副校长" in plain.inner_text(".gm-pv-out")
    plain.locator("#pv-tools summary").click()
    plain.get_by_role("button", name="认可这一类").first.click()
    assert "这一类都认可了" in plain.inner_text(".gm-msgs")
    plain.get_by_role("button", name="成草稿").click()
    assert "成了草稿" in plain.inner_text(".gm-msgs")
