"""``gangmu bench burden``: a simulated week at four desks, driven in the real browser, counted by the Keystroke-Level Model.

Every person begins on the home page and does by hand what is on the desk (see ``burden_data``). Signing in is left out:
a session lasts a working day. Words of one's own are typed key by key, too, and counted apart.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable

from django.core.management import call_command
from django.db import connection

from gangmu.cli.bench import burden_data, recorder
from gangmu.cli.bench.pages import in_a_place_of_its_own
from gangmu.cli.bench.recorder import Worker
from gangmu.cli.bench.serving import gangmu, served
from gangmu.cli.demo.people import PASSWORD
from gangmu.plan.models import Plan

# Own words are typed as the pinyin that an input method is given: keys that a keyboard has.
LINE = "benzhouyoubanjiesanjian yuxiadeanqituijin "
Week = Callable[[Worker, Plan], None]


def department_head(me: Worker, plan: Plan) -> None:
    """Monday: sign for what is new, a line for each of fifteen tasks. Thursday: ask for more time for one."""
    me.click(me.page.get_by_role("link", name="一次填报").first)
    me.click(me.page.get_by_role("button", name="签收勾上的"))
    me.page.wait_for_selector("[data-line]:focus")
    for n in range(burden_data.OPEN_TASKS):
        title = me.page.locator("[data-line]:focus").get_attribute("name")
        me.write(LINE)
        if n % 5 == 4:  # three of fifteen are slower than the dates say
            me.press("ArrowDown")
        me.press("Enter")
        me.page.wait_for_selector(f'[data-line][name="{title}"]', state="detached")
    me.home()
    me.click(me.page.get_by_role("link", name="任务", exact=True).first)
    me.click(me.page.get_by_role("link", name="我承办的"))
    me.click(me.page.get_by_role("link", name="本部门第1项任务", exact=True).first)
    me.click(me.page.get_by_role("link", name="延期").first)
    me.fill("reason", "waidizhengjuhaimeiyoudiaoqi ")
    me.set_date("due_on", 40)
    me.click(me.page.get_by_role("button", name="提上去"))
    me.home()


def party_office(me: Worker, plan: Plan) -> None:
    """Hand out sixty items of a plan, look at what was handed in, verify twenty, close, call eight, send one back."""
    me.click(me.page.get_by_role("link", name="计划", exact=True).first)
    me.click(me.page.get_by_role("link", name=plan.title).first)
    me.click(me.page.get_by_role("link", name="一次交办").first)
    dates = me.page.locator("input[type=date]")
    for n in (3, 17, 41):  # three dates are changed on the way
        me.date_into(dates.nth(n), 45)
    me.click(me.page.get_by_role("button", name="勾上的都交办"))
    _look_and_verify(me)
    _urge(me)
    me.home()


def _board(me: Worker) -> None:
    me.click(me.page.get_by_role("link", name="任务", exact=True).first)
    me.click(me.page.get_by_role("link", name="看板"))


def _column(me: Worker, word: str, button: str) -> None:
    column = me.page.get_by_role("form", name=word)
    me.click(column.locator("[data-all] input"))
    me.click(column.get_by_role("button", name=button))


def _look_and_verify(me: Worker) -> None:
    """Five are looked at closely, one of them goes back with a word; the others are verified at once, then closed."""
    _board(me)
    column = me.page.get_by_role("form", name="待核查")
    for n in range(5):
        me.click(column.get_by_role("link").nth(n))
        if n == 4:
            me.fill("reason", "taizhangqueliangye qingbuqi ")
            me.click(me.page.get_by_role("button", name="退回"))
        _board(me)
    _column(me, "待核查", "核查通过勾上的")
    _column(me, "待销号", "销号勾上的")


def _urge(me: Worker) -> None:
    _board(me)
    _column(me, "办理中", "催办勾上的")


def party_group_member(me: Worker, plan: Plan) -> None:
    """Answer four requests for more time, read one thread, call those that are late."""
    for _n in range(burden_data.TO_APPROVE):
        me.press("e")  # the first row of the home page
        me.page.wait_for_url("**/tasks/**")
        me.click(me.page.get_by_role("button", name="同意", exact=True).first)
        me.home()
    me.click(me.page.get_by_role("link", name="看全线").first)
    me.home()


def branch_secretary(me: Worker, plan: Plan) -> None:
    """Call this month's theme day, record who was there and what was done, make it final."""
    me.click(me.page.get_by_role("link", name="会议", exact=True).first)
    me.click(me.page.get_by_role("link", name="召集会议").first)
    me.choose("kind", "主题党日")
    me.fill("place", "dangyuanhuodongshi ")
    me.click(me.page.get_by_role("button", name="建好，列应到名单"))
    me.click(me.page.get_by_role("link", name="记到会").first)
    seats = me.page.locator("select.gm-seat")
    for n in (1, 4):
        me.select(seats.nth(n), 1)
    me.fill("gist", "xueximinfadian zoufangshequlianghu jiedafalvzixunwujian ")
    me.click(me.page.get_by_role("button", name="记下到会"))
    me.click(me.page.get_by_role("button", name="定稿").first)
    me.home()


WEEKS: dict[str, tuple[str, Week]] = {
    "department_head": ("jiang", department_head),
    "party_office": ("shen", party_office),
    "party_group_member": ("lu", party_group_member),
    "branch_secretary": ("", branch_secretary),
}


def command(args: argparse.Namespace) -> int:
    """Make the desks in a place of their own, serve them, work through the week, print."""
    if os.environ.get("GANGMU_BENCH_CHILD") != "1":
        return in_a_place_of_its_own(sys.argv[1:], urlconf="gangmu.urls")
    call_command("migrate", verbosity=0)
    plan = burden_data.build()
    users = {role: name or burden_data.secretary() for role, (name, _week) in WEEKS.items()}
    connection.close()
    roles = {}
    with served(gangmu) as port, recorder.browser() as browser:
        for role, (_name, week) in WEEKS.items():
            me = Worker(browser, f"http://127.0.0.1:{port}", users[role], PASSWORD)
            week(me, plan)
            roles[role] = me.tally().to_dict()
            me.context.close()
    _print(roles, args.json)
    return 0


def _print(roles: dict[str, dict], as_json: bool) -> None:
    if as_json:
        print(json.dumps({"roles": roles}, ensure_ascii=False))
        return
    print("a week by the Keystroke-Level Model; own words apart")
    for role, row in roles.items():
        print(
            f"{role:20} {row['seconds']:7.1f} s   {row['fields']:3} fields   {row['keys']:4} keys  {row['pointings']:4} pointings  "
            f"{row['hand_moves']:3} hand moves  {row['mental_steps']:4} mental steps   own words {row['own_text_keys']:4} keys "
            f"{row['own_text_seconds']:6.1f} s"
        )
