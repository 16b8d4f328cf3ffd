"""The main line, told once: a demand comes in, and by the end of the year it is a knot that took effect, and an honour.

Each step is the action that a page would call. Read it from top to bottom.
"""

from contextlib import contextmanager
from datetime import date

from gangmu.common import clock
from gangmu.events import chain, readers, timeline
from gangmu.flow import lamps, reading, skins, steps
from gangmu.inspection.actions import findings, inspections
from gangmu.meetings.actions import decisions, meetings
from gangmu.meetings.models import MeetingKind
from gangmu.papers.model import Due, Item, Outline
from gangmu.papers.write import write_plan
from gangmu.plan import queries as plan_queries
from gangmu.plan.actions import directives, entry_points, items, plans
from gangmu.review import queries as review
from gangmu.review.actions import honours
from gangmu.review.actions.honours import Recipients
from gangmu.review.queries import honours as honour_queries
from gangmu.review.queries.walks import walks
from gangmu.rules import store
from gangmu.rules.models import Verdict
from gangmu.tasks.actions import tasks
from gangmu.tasks.actions.tasks import NewResource

YEAR = 2026


@contextmanager
def on(month: int, day: int):
    with clock.at(date(YEAR, month, day)):
        yield


def word_file() -> bytes:
    """What the party office has typed in Word."""

    def task(label, title, lead, co, month, day):
        due = Due("date", f"{YEAR}年{month}月{day}日前", date(YEAR, month, day))
        return Item(label, 3, title, f"把{title}落到实处。", True, [lead], units=co, due=due)

    gang = Item("一、", 1, "党建工作", children=[
        Item("（一）", 2, "思想建设", children=[task("1.", "第一议题学习", "机关党委", ["办公室"], 6, 30)]),
        Item("（二）", 2, "制度建设", children=[task("1.", "临时党支部办法", "机关党委", ["第八检察部"], 5, 31)]),
        Item("（三）", 2, "活动载体", children=[task("1.", "党员先锋岗进办案一线", "机关党委", ["第六检察部"], 11, 30)]),
        Item("（四）", 2, "工作保障", children=[task("1.", "经费保障办案一线", "办公室", ["机关党委"], 8, 31)]),
    ])  # fmt: skip
    mu = Item("二、", 1, "检察业务工作", children=[
        Item("（一）", 2, "第八检察部工作", children=[task("1.", "清江流域公益诉讼", "第八检察部", ["第六检察部"], 11, 30)]),
        Item("（二）", 2, "第六检察部工作", children=[task("1.", "虚假诉讼监督", "第六检察部", [], 10, 31)]),
    ])  # fmt: skip
    return write_plan(
        Outline(title=f"江州市人民检察院{YEAR}年工作要点", year=YEAR, items=[gang, mu], kind="plan")
    )


def levels(item, plan):
    return [lamp.level for lamp in lamps.of_items([item], plan)[item.pk]]


def test_the_year_from_a_demand_to_an_effect(cast):
    # In January the provincial procuratorate asks two things.
    with on(1, 8):
        asked = directives.register(
            unit=cast.unit, issuer="省人民检察院", doc_no="省检发〔2026〕1号", title="关于重点工作的通知",
            issued_on=date(YEAR, 1, 6), points=["守住一江清水", "重大专案建立临时党支部"], by=cast.party_office,
        )  # fmt: skip

    # The party office writes its plan in Word, as it always did, and drops the file in. Nothing is typed again.
    with on(1, 10):
        plan = reading.import_plan(
            data=word_file(), name="要点.docx", unit=cast.unit, year=YEAR, by=cast.party_office
        )
        assert plan.state == "preview"
        assert {p.fate for p in plan.paragraphs.all()} <= {"item", "note", "aside"}
        items.accept_all_guesses(plan=plan, by=cast.party_office)
        plan = plans.confirm(plan=plan, by=cast.party_office)
    found = {i.title: i for i in plan.items.filter(is_task=True)}
    river, fraud = found["清江流域公益诉讼"], found["虚假诉讼监督"]
    assert (river.track, river.lead_department, river.due_on) == ("mu", cast.d8, date(YEAR, 11, 30))
    assert (found["临时党支部办法"].track, found["临时党支部办法"].facet) == ("gang", "system")

    # Each demand is traced to the item that answers it.
    with on(1, 11):
        water, branch = asked.points.all()
        directives.answer(point=water, item=river, by=cast.party_office)
        directives.answer(point=branch, item=found["临时党支部办法"], by=cast.party_office)
    counted = plan_queries.directives(cast.unit.pk).get()
    assert (counted.answered, counted.total) == (2, 2)

    # The two tracks are bound to each other; one item has nothing to bind, and says why.
    with on(1, 12):
        knot = entry_points.tie(
            gang=found["临时党支部办法"], mu=river, kind="organise", expected="党员编入办案组，排口年内立案到位",
            by=cast.head8,
        )  # fmt: skip
        entry_points.tie(
            gang=found["党员先锋岗进办案一线"],
            mu=river,
            kind="push",
            expected="夜查有党员带班",
            by=cast.party_office,
        )
        for title in ("第一议题学习", "经费保障办案一线"):
            entry_points.tie(
                gang=found[title], mu=river, kind="guarantee", expected="办案用得上", by=cast.party_office
            )
        assert [f.item.title for f in skins.check(plan) if f.code == "unbound_mu"] == ["虚假诉讼监督"]
        entry_points.give_reason(item=fraud, reason="与法院会签以前先不结", by=cast.head6)
        entry_points.accept_reason(item=fraud, by=cast.first)
    assert not [f for f in skins.check(plan) if f.code.startswith("unbound") and not f.settled]

    # 统一研究: the party group has both tracks on one agenda and adopts the plan.
    with on(1, 14):
        meeting = meetings.convene(
            unit=cast.unit, kind=MeetingKind.objects.get(code="leading_group"), held_on=date(YEAR, 1, 14),
            by=cast.party_office,
        )  # fmt: skip
        topic = steps.put_to_meeting(
            plan=plan, meeting=meeting, waiver="第六检察部会签后补", by=cast.party_office
        )
        meetings.record_attendance(meeting=meeting, absent={}, by=cast.party_office)
        topic.refresh_from_db()
        decisions.vote(agenda_item=topic, favour=3, by=cast.party_office)
        steps.adopt_plan(agenda_item=topic, by=cast.party_office)
        meetings.finalise(meeting=meeting, by=cast.party_office)
    plan.refresh_from_db()
    assert plan.state == "adopted" and plan.adopted_on == date(YEAR, 1, 14)
    with on(1, 15):
        assert levels(river, plan) == ["ok", "na", "na", "na"]

    # 统一部署: the item becomes a task with people, money and materials; the department signs for it.
    with on(1, 20):
        task = steps.deploy_item(
            item=river, department=cast.d8, due_on=date(YEAR, 11, 30), co_departments=[cast.d6],
            resources=[NewResource("people", "办案组六人"), NewResource("things", "取样车一辆")], by=cast.office,
        )  # fmt: skip
    with on(1, 22):
        tasks.sign(task=task, by=cast.head8)
        assert levels(river, plan) == ["ok", "ok", "na", "na"]

    # 统一落实: one sentence a month; one of them is written down late, and both days stay.
    for month in (3, 5, 7):
        with on(month, 20):
            tasks.report(task=task, text=f"{month}月按计划立案", by=cast.head8)
    with on(9, 10):
        tasks.report(task=task, text="八月磋商三件", happened_on=date(YEAR, 8, 30), by=cast.head8)
    readers.wake()  # as after every commit
    assert max(s.late_days for s in timeline.of(river)) == 11

    # 同时检查: party staff and business head go together and look at both effects.
    with on(9, 15):
        order = inspections.order(
            unit=cast.unit, title="联合督查", visit_on=date(YEAR, 9, 16), items=[river], by=cast.party_office,
            party_people=[cast.people["party_office"]], business_people=[cast.people["head6"]],
        )  # fmt: skip
    with on(9, 16):
        for line in order.lines.select_related("item", "entry_point", "inspection"):
            grade = "effective" if line.entry_point_id == knot.pk else "partly"
            inspections.look(
                line=line, business_effect="十处排口立案八处", party_effect="办案组六人有四名党员，夜查带班", grade=grade,
                by=cast.head6,
            )  # fmt: skip
        finding = findings.raise_finding(
            line=order.lines.first(), side="business", text="两处取样记录不全", department=cast.d8,
            due_on=date(YEAR, 10, 15), by=cast.party_office,
        )  # fmt: skip
        steps.close_inspection(inspection=order, by=cast.party_office)
    knot.refresh_from_db()
    assert (knot.state, knot.effect_on) == ("effective", date(YEAR, 9, 16))
    assert levels(river, plan)[3] == "warn"  # looked at, but a finding is open

    # The finding becomes a task, is put right, verified, and rechecked by somebody else.
    with on(9, 18):
        mending = steps.rectify(finding=finding, by=cast.party_office)
        tasks.sign(task=mending, by=cast.head8)
    with on(10, 8):
        tasks.submit(task=mending, text="记录已补齐", by=cast.head8)
    with on(10, 9):
        tasks.verify(task=mending, by=cast.office)
        findings.recheck(finding=finding, passed=True, by=cast.party_office)

    # The work itself is handed in and verified by another: all four lamps are green.
    with on(11, 20):
        tasks.submit(task=task, text="十处排口全部立案，整改到位", by=cast.head8)
    with on(11, 22):
        tasks.verify(task=task, by=cast.office)
        assert levels(river, plan) == ["ok", "ok", "ok", "ok"]

    # The work wins an honour. It is registered once, with the task behind it; the item and the demand know it at once.
    with on(11, 28):
        won = honours.register(
            unit=cast.unit, title="全省公益诉讼先进集体", issuer="望江省人民检察院", level="province", award="system",
            given_on=date(YEAR, 11, 26), task=task, recipients=Recipients(departments=[cast.d8]), by=cast.party_office,
        )  # fmt: skip
    assert [b.honour for b in honour_queries.of_items([river.pk])] == [won]

    # And back again: from the honour to the task, the item, the other side of the knot, the decision, the demand.
    [way] = walks(list(honour_queries.bases_of(won.pk)))
    assert (way.basis.task, way.item) == (task, river) and knot in way.knots
    assert water in [a.point for a in way.answers] and way.studied is not None

    # Nobody filled in a ledger: the duties of the department's head stand in it all the same.
    with on(12, 1):
        holder = review.holders(cast.unit.pk, date(YEAR, 12, 1))[cast.people["head8"].pk]
        ledger = review.ledger(holder, plan.pk, date(YEAR, 12, 1))
    assert [i.title for i in ledger.sides["mu"].items] == ["清江流域公益诉讼"]
    assert [f.text for f in ledger.sides["mu"].findings] == ["两处取样记录不全"]
    assert ledger.honours == [won]

    # Over it all the lamps of the regulations, counted from the same records.
    with on(12, 31):
        store.recheck()
        bound = Verdict.objects.get(rule="FUSION-BOUND", subject_id=cast.d8.pk, period=str(YEAR))
        assert (bound.lamp, bound.value, bound.expected) == ("ok", 1, 1)

    # From clause to effect one can walk on one page, in the order in which it happened.
    readers.wake()
    verbs = [s.event.verb for s in timeline.of(river)]
    for earlier, later in [
        ("plan.answer_point", "plan.tie"), ("plan.tie", "tasks.issue"), ("tasks.issue", "tasks.sign"),
        ("tasks.sign", "tasks.report"), ("tasks.report", "inspection.look"), ("inspection.look", "tasks.verify"),
    ]:  # fmt: skip
        assert verbs.index(earlier) < verbs.index(later)
    assert list(chain.verify()) == []
