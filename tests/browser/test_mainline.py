"""The main line by clicking: a Word file goes in, and at the end the lamps are green."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from gangmu.papers.model import Due, Item, Outline
from gangmu.papers.write import write_plan

TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date()  # the office's day, whatever the machine's clock
YEAR = TODAY.year + 1
GANG, MU = "临时党支部进专案组", "清澜河支流排口清理"


@pytest.fixture
def word_file(tmp_path):
    def task(title: str, lead: str) -> Item:
        due = Due("date", f"{YEAR}年6月30日前", date(YEAR, 6, 30))
        return Item("1.", 2, title, "按季度推进，年中见成效。", True, [lead], due=due)

    gang = Item("一、", 1, "党建工作", children=[task(GANG, "机关党委")])
    mu = Item("二、", 1, "检察业务工作", children=[task(MU, "第八检察部")])
    file = tmp_path / "下年度要点.docx"
    file.write_bytes(
        write_plan(Outline(title=f"云泽市人民检察院{YEAR}年工作要点", year=YEAR, items=[gang, mu]))
    )
    return file


def test_a_word_file_becomes_a_plan_a_task_an_inspection_and_a_green_lamp(visit, word_file):
    shen = visit("shen")

    # Import: the file is read and looked over beside the original.
    page = shen.go("/papers/")
    page.set_input_files("input[type=file]", word_file)
    page.fill("input[name=year]", str(YEAR))
    shen.press("读一遍")
    shen.says("一段不少")
    if page.get_by_role("button", name="推定都认可").count():
        shen.press("推定都认可")
    shen.press("成草稿")
    shen.says("草稿")

    # Tie the two items together.
    shen.follow(f"打开：{MU}")
    item_url = page.url
    shen.follow("结切入点")
    if not page.locator("#tie").evaluate("el => el.open"):
        page.locator("#tie summary").click()
    page.select_option("#tie select[name=partner]", label=f"{GANG}（机关党委）")
    page.fill("#tie input[name=expected]", "党员编入专案组，支流排口上半年清完")
    shen.press("结上")
    shen.says("结上了")

    # Put it to the party group and adopt it.
    page = shen.go("/meetings/new/")
    page.select_option("select[name=kind]", label="党组会")
    page.fill("input[name=held_on]", TODAY.isoformat())
    page.locator("form[method=post]:has(select[name=kind]) button[type=submit]").first.click()
    page.wait_for_load_state()
    shen.follow("提计划上会")
    option = page.locator("select[name=plan] option", has_text=f"云泽市人民检察院{YEAR}年工作要点").first
    page.select_option(
        "select[name=plan]", value=option.get_attribute("value")
    )  # other drafts may stand there too
    page.fill("[name=waiver]", "其余部门的要点另行补充")
    shen.press("提上会")
    page.wait_for_url(re.compile(r"/meetings/\d+/(\?.*)?$"))  # a slow machine is still on the form
    shen.follow("记到会")
    shen.press("记下到会")
    page.get_by_role("link", name=f"审议《云泽市人民检察院{YEAR}年工作要点》").first.click()
    shen.press("通过这份计划")
    shen.press("定稿")
    shen.says("已定稿")

    # Deploy: the item becomes a task.
    page = shen.page
    page.goto(item_url)
    shen.says("已研究")
    page.fill("input[name=people_line]", "专案组五人")
    page.fill("form[action$='/deploy/'] input[name=due_on]", date(YEAR, 6, 30).isoformat())
    shen.press("交办")
    shen.says("已交办")

    # The head of the department signs, reports, hands in; the office verifies.
    jiang = visit("jiang")
    jiang.page.goto(item_url)
    jiang.follow(MU)
    task_url = jiang.page.url
    jiang.press("签收")
    jiang.page.locator("form[action$='/report/'] textarea").fill("支流七处排口清理完毕")
    jiang.press("报上去")
    jiang.says("支流七处排口清理完毕")
    jiang.page.locator("form[action$='/submit/'] textarea").fill("全部清理并验收")
    jiang.press("报结")
    pei = visit("pei")
    pei.page.goto(task_url)
    pei.press("核查通过")
    pei.says("待销号")

    # Inspect: both kinds of people, both effects.
    page = shen.go("/inspections/new/")
    page.fill("input[name=title]", "支流清理联合督查")
    page.fill("input[name=visit_on]", TODAY.isoformat())
    page.get_by_label("沈知白").first.check()
    page.get_by_label("江映川").first.check()
    page.get_by_label(MU).first.check()
    page.locator("form[method=post]:has(input[name=visit_on]) button[type=submit]").first.click()
    page.wait_for_load_state()
    page.get_by_label("业务实效").fill("七处排口清理验收，水质达标")
    page.get_by_label("党建实效").fill("五名专案组成员中四名党员，带班到现场")
    page.locator("label.gm-chip", has_text="已见效").first.click()
    shen.press("记下两头实效")
    shen.press("办结，带回成效")

    # Every lamp of the item is green, and the knot has taken effect.
    page.goto(item_url)
    for word in ("已研究", "已部署", "已落实", "已督查", "已见效"):
        shen.says(word)
    assert page.locator(".gm-four .gm-ok").count() == 4


def test_a_draft_that_is_made_final_turns_its_lamp_green(visit):
    ning = visit("ning")
    page = ning.go("/checkup/")
    link = page.get_by_role("link", name="第三党支部").filter(has_text="月").last
    link.click()
    page.wait_for_load_state()
    lamp_url = page.url
    if "还没有定稿" not in page.inner_text("body"):
        pytest.skip("the draft of this month lies in another period")
    page.get_by_role("row").filter(has_text="还没有定稿").get_by_role("link").first.click()
    ning.press("定稿")
    page.goto(lamp_url)
    ning.says("合规")
    assert page.locator(".gm-verdict .gm-ok").count() == 1
