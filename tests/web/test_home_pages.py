"""今日: each kind of need comes and goes, for whom it concerns and nobody else. Search, the log, and 我的."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gangmu.common import clock
from gangmu.events.models import Event
from gangmu.flow import reading, steps
from gangmu.inspection.actions import findings
from gangmu.meetings.actions import decisions, meetings
from gangmu.plan.actions import entry_points, items, plans
from gangmu.plan.models import PlanItem
from gangmu.rules import actions as rules
from gangmu.rules import store
from gangmu.rules.models import Verdict
from gangmu.tasks.actions import tasks
from tests.cast import (
    DAY,
    Cast,
    decided,
    finding_raised,
    inspection_ordered,
    inspection_visited,
    meeting_convened,
    meeting_final,
    meeting_recorded,
    plan_with_items,
    task_issued,
    task_signed,
    task_submitted,
    task_verified,
    topic_on,
)


@pytest.fixture
def home(sign_in):
    """``home("head8")``: the text of the page somebody gets."""
    return lambda who: sign_in(who).get(reverse("home")).content.decode()


NOTHING = "今天没有要您办的"


def concerns(home, words: str, *whom: str) -> bool:
    """The words stand on the home of exactly these of the unit."""
    unit = ("first", "leader", "committee", "party_office", "office", "head8", "head6", "branch", "staff")
    found = {who for who in unit if words in home(who)}
    assert found == set(whom), words
    return True


# ---- each kind of need, from its first day to its last ----


def test_a_paper_to_look_over(cast: Cast, home):
    text = "2027年工作要点\n一、检察业务工作\n（一）办案。办好案件。牵头部门：第八检察部。完成时限：2027年6月30日前。\n"
    paper = reading.import_plan(
        data=text.encode(), name="要点.txt", unit=cast.unit, year=2027, by=cast.party_office
    )
    assert concerns(home, f"核对《{paper.title}》拆分结果", "party_office", "committee")
    items.accept_all_guesses(plan=paper, by=cast.party_office)
    plans.confirm(plan=paper, by=cast.party_office)
    assert concerns(home, "拆分结果")


def test_a_reason_to_accept(cast: Cast, home):
    loose = plan_with_items(cast).loose
    entry_points.give_reason(item=loose, reason="涉密案件专办", by=cast.head6)
    assert concerns(home, "涉密案件专办", "first", "committee")
    entry_points.accept_reason(item=loose, by=cast.first)
    assert concerns(home, "涉密案件专办")


def test_a_reason_in_a_plan_that_was_dropped_needs_nobody(cast: Cast, home):
    planned = plan_with_items(cast, adopted=False)
    entry_points.give_reason(item=planned.loose, reason="涉密案件专办", by=cast.head6)
    plans.drop(plan=planned.plan, by=cast.party_office)
    assert concerns(home, "涉密案件专办")


def test_a_task_to_verify_and_to_close(cast: Cast, home):
    task = task_submitted(cast)
    verifiers = ("committee", "party_office", "office")
    assert concerns(home, "第八检察部已报结，等您核查", *verifiers)
    task = tasks.verify(task=task, by=cast.office)
    assert concerns(home, "第八检察部已报结，核查过了，可以销号", *verifiers)
    tasks.close(task=task, by=cast.office)
    assert concerns(home, "第八检察部已报结")


def test_many_verified_tasks_are_one_row(cast: Cast, home):
    for _n in range(3):
        task_verified(cast)
    text = home("office")
    assert "3 件核查过了，可以销号" in text and text.count("gm-todo") - text.count("gm-todos") == 1


def test_a_task_to_sign_to_report_on_and_to_finish(cast: Cast, home):
    task = task_issued(cast, due_in=30)
    assert concerns(home, "交办后还没有签收", "head8")
    tasks.sign(task=task, by=cast.head8)
    assert concerns(home, "还没有进展", "head8") and concerns(home, "交办后还没有签收")
    tasks.report(task=task, text="摸排了一半", by=cast.head8)
    assert concerns(home, task.title)
    with clock.at(DAY + timedelta(days=25)):
        assert concerns(home, "上次 6月10日：摸排了一半", "head8")
        tasks.submit(task=task, text="都摸排了", by=cast.head8)
        assert "上次" not in home("head8")


def test_the_person_answerable_is_asked_too(cast: Cast, home):
    tasks.sign(task=task_issued(cast, due_in=30), person=cast.people["staff"], by=cast.head8)
    assert concerns(home, "还没有进展", "head8", "staff")


def test_what_is_overdue_in_other_hands(cast: Cast, home):
    task = task_signed(cast, due_in=2)
    with clock.at(DAY + timedelta(days=5)):
        assert concerns(home, "逾期3天", "head8", "leader", "committee", "party_office", "office")
        assert "看全线" in home("leader") and "看全线" not in home("head8")
        tasks.submit(task=task, text="办完了", by=cast.head8)
        assert concerns(home, "逾期3天")


def test_a_finding_to_give_out_to_put_right_and_to_look_at_again(cast: Cast, home):
    planned = plan_with_items(cast)
    finding = finding_raised(cast, inspection_visited(cast, planned), planned)
    assert concerns(home, finding.text, "committee", "party_office", "head8")
    assert "交办整改" in home("party_office") and "看发现" in home("head8")
    task = steps.rectify(finding=finding, by=cast.party_office)
    assert "交办整改" not in home("party_office")
    tasks.submit(task=tasks.sign(task=task, by=cast.head8), text="补齐了", by=cast.head8)
    tasks.verify(task=task, by=cast.office)
    assert "去复查" in home("party_office")
    findings.recheck(finding=finding, passed=True, by=cast.party_office)
    assert "去复查" not in home("party_office") and concerns(home, f">{finding.text}<")


def test_a_visit_whose_day_has_come(cast: Cast, home):
    planned = plan_with_items(cast)
    inspection_ordered(cast, planned, on=DAY + timedelta(days=3))
    assert concerns(home, "两头都写齐了才能办结")
    with clock.at(DAY + timedelta(days=3)):
        assert concerns(home, "两头都写齐了才能办结", "committee", "party_office", "head6")
    steps.close_inspection(inspection=inspection_visited(cast, planned), by=cast.party_office)
    assert concerns(home, "两头都写齐了才能办结")


def test_minutes_to_write_and_to_make_final(cast: Cast, home):
    meeting = meeting_convened(cast, "theme_day", party_org=cast.branch1, on=DAY - timedelta(days=2))
    offices = ("committee", "party_office", "office")
    assert concerns(home, "会开过了，到会还没有记", *offices, "branch")
    meeting = meetings.record_attendance(meeting=meeting, absent={}, by=cast.branch)
    assert concerns(home, "草稿还没有定稿，不定稿不算数", *offices, "branch")
    meetings.finalise(meeting=meeting, by=cast.branch)
    assert concerns(home, "草稿还没有定稿") and concerns(home, "去定稿")


def test_a_meeting_of_tomorrow_needs_no_minutes(cast: Cast, home):
    meeting_convened(cast, on=DAY + timedelta(days=1))
    assert concerns(home, "到会还没有记")


def test_a_standing_attendant_absent_without_a_reason(cast: Cast, home):
    meeting = meeting_convened(cast)
    meetings.record_attendance(
        meeting=meeting, absent={cast.people["committee"].pk: ""}, by=cast.party_office
    )
    assert concerns(home, "方既白缺席，未记原因", "committee", "party_office", "office")
    row = meeting.attendances.get(person=cast.people["committee"])
    meetings.give_absence_reason(attendance=row, reason="出差", by=cast.party_office)
    assert concerns(home, "未记原因")


def test_a_lamp_that_is_not_green(cast: Cast, home):
    store.recheck()
    lamp = reverse("lamp", args=["BRANCH-THEME-DAY", cast.branch1.pk, "2026-05"])
    # Who can do something: the branch and the party side; not the leaders, not another branch's secretary.
    assert concerns(home, lamp, "committee", "party_office", "branch", "head8", "staff")
    verdict = Verdict.objects.get(rule="BRANCH-THEME-DAY", subject_id=cast.branch1.pk, period="2026-05")
    rules.excuse(verdict=verdict, reason="抗洪", by=cast.committee)
    store.recheck()
    assert concerns(home, lamp)


def test_a_decision_nobody_took_up(cast: Cast, home):
    decision = decided(cast)
    assert concerns(home, decision.text, "committee", "party_office", "office")
    steps.deploy_decision(decision=decision, by=cast.office)
    assert concerns(home, "快失效的决定")


def test_holes_are_shown_to_those_who_can_tie_them(cast: Cast, home):
    planned = plan_with_items(cast)
    everybody = ("first", "leader", "committee", "party_office", "office")
    assert concerns(home, planned.loose.title, *everybody, "head6")
    entry_points.tie(gang=planned.gang, mu=planned.loose, kind="push", expected="见效", by=cast.head6)
    assert concerns(home, "没结上的")


def test_the_week_has_its_meetings_on_both_tracks(cast: Cast, home):
    meeting_convened(cast, on=DAY, title="研究半年工作")
    meeting_convened(cast, "chiefs", on=DAY + timedelta(days=1), title="研究案件")
    meeting_convened(cast, on=DAY + timedelta(days=7), title="下周的事")
    text = home("party_office")
    assert "研究半年工作" in text and "研究案件" in text and "下周的事" not in text
    assert "研究半年工作" not in home("staff")


# ---- nothing else ----


@pytest.mark.parametrize("who", ["first", "leader", "office", "head8", "head6", "staff", "stranger"])
def test_who_is_not_needed_reads_that(cast: Cast, home, who):
    assert NOTHING in home(who)


@pytest.mark.parametrize("who", ["system_admin", "security_admin", "audit_admin"])
def test_an_administrator_has_no_business(cast: Cast, home, who):
    task_issued(cast)
    decided(cast)
    text = home(who)
    assert NOTHING in text and "整理排口清单" not in text and "本周两线会议" not in text
    assert (reverse("audit") in text) == (who == "audit_admin")


def test_the_sentence_counts_what_is_late_and_what_is_near(cast: Cast, home):
    task_issued(cast, due_in=1)
    task_issued(cast, due_in=2)
    task_issued(cast, due_in=20)
    with clock.at(DAY + timedelta(days=2)):
        assert "今天要您办 3 件" in (text := home("head8"))
        assert "1 件已经逾期，1 件快到期" in text


def busy(cast: Cast, no: int) -> None:
    """One more of everything that asks for something."""
    planned = plan_with_items(cast, adopted=False, year=2010 + no)
    entry_points.give_reason(item=planned.loose, reason="涉密", by=cast.party_office)
    task_issued(cast)
    task_submitted(cast)
    task_signed(cast, due_in=0)
    adopted = plan_with_items(cast, year=2050 + no)
    finding_raised(cast, inspection_visited(cast, adopted), adopted)
    meeting_recorded(cast, absent=("committee",))
    meeting = meeting_recorded(cast)
    decisions.decide(
        agenda_item=topic_on(cast, meeting), text=f"决定{no}", department=cast.d8, by=cast.party_office
    )
    meetings.finalise(meeting=meeting, by=cast.party_office)
    meeting_convened(cast, "theme_day", party_org=cast.branch1, on=DAY - timedelta(days=1))


def cost(client, url: str, **query) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url, query).status_code == 200
    return len(seen)


@pytest.mark.parametrize(
    "who", ["party_office", "committee", "office", "first", "leader", "head8", "branch", "staff"]
)
def test_home_costs_twelve_queries_at_most_however_much_is_to_do(cast: Cast, sign_in, who):
    store.recheck()
    busy(cast, 0)
    few = cost(sign_in(who), reverse("home"))
    for no in range(1, 6):
        busy(cast, no)
    assert cost(sign_in(who), reverse("home")) == few <= 12


# ---- search ----


def test_search_finds_only_what_one_may_see(cast: Cast, sign_in):
    item = plan_with_items(cast).mu
    task = task_issued(cast, item=item)
    meeting = meeting_final(cast, title="研究公益诉讼和排口")
    found = {
        "party_office": {item.title, task.title, meeting.title},
        "head8": {item.title, task.title},
        "head6": {item.title},
        "outsider": set(),
        "audit_admin": set(),
    }  # fmt: skip
    for who, expected in found.items():
        client = sign_in(who)
        pages = "".join(client.get(reverse("search"), {"q": q}).content.decode() for q in ("公益", "排口"))
        shown = {title for title in (item.title, task.title, meeting.title) if f">{title}</a>" in pages}
        assert shown == expected, who


def test_search_without_words_and_without_a_find_says_so(cast: Cast, sign_in):
    client = sign_in("party_office")
    assert "输入两个字以上就能搜" in client.get(reverse("search")).content.decode()
    assert "没有找到" in client.get(reverse("search"), {"q": "查无此事"}).content.decode()


def test_search_finds_no_preview(cast: Cast, sign_in):
    """What nobody has looked over yet is no item of the plan."""
    item = plan_with_items(cast, adopted=False).mu
    PlanItem.objects.filter(pk=item.pk).update(title="专项甲")
    client = sign_in("party_office")
    assert "专项甲</a>" in client.get(reverse("search"), {"q": "专项甲"}).content.decode()
    type(item.plan).objects.filter(pk=item.plan_id).update(state="preview")
    assert "专项甲</a>" not in client.get(reverse("search"), {"q": "专项甲"}).content.decode()


# ---- the log ----


def test_the_audit_administrator_reads_the_log_and_nobody_else(cast: Cast, sign_in):
    task_issued(cast)
    text = sign_in("audit_admin").get(reverse("audit")).content.decode()
    assert "沈若水" in text and "整理排口清单" in text and Event.objects.get().hash[:8] in text
    for who in ("party_office", "first", "system_admin", "security_admin"):
        answer = sign_in(who).get(reverse("audit"))
        assert answer.status_code == 403 and "审计记录只给审计管理员看" in answer.content.decode()


def test_the_log_is_of_the_own_unit_and_has_pages(cast: Cast, sign_in):
    for _n in range(51):
        task_issued(cast)
    plans.draft(unit=cast.other, year=2026, title="海州的计划", by=cast.outsider)
    client = sign_in("audit_admin")
    first, second = (client.get(reverse("audit"), {"page": n}).content.decode() for n in (1, 2))
    assert "第 1 页，共 2 页" in first and first.count("整理排口清单") == 50
    assert second.count("整理排口清单") == 1 and "海州的计划" not in first + second


def test_the_log_costs_the_same_however_long(cast: Cast, sign_in):
    client = sign_in("audit_admin")
    task_issued(cast)
    few = cost(client, reverse("audit"))
    for _n in range(20):
        task_issued(cast)
    assert cost(client, reverse("audit")) == few <= 8


# ---- 我的 ----


def test_me_says_who_i_am_and_what_is_not_kept(cast: Cast, sign_in):
    text = sign_in("head8").get(reverse("me")).content.decode()
    assert "江照野" in text and "第八检察部" in text and "没有打卡、积分、排名" in text
