"""A random history: whatever an office may do, in any order; what is refused is refused."""

import random
from contextlib import suppress
from datetime import timedelta

from gangmu.common import clock
from gangmu.common.errors import Refused
from gangmu.events import readers
from gangmu.events.log import System
from gangmu.flow import steps
from gangmu.inspection.actions import findings, inspections
from gangmu.inspection.models import Finding, Inspection
from gangmu.meetings.actions import decisions, meetings
from gangmu.meetings.models import Attendance, Decision, Meeting
from gangmu.org.actions import people, units
from gangmu.org.models import PartyOrg
from gangmu.plan.actions import entry_points, items, plans
from gangmu.plan.models import EntryPoint, Plan, PlanItem
from gangmu.rules.actions import excuse
from gangmu.rules.models import Verdict
from gangmu.tasks.actions import changes, tasks
from gangmu.tasks.actions.tasks import Part, Terms
from gangmu.tasks.models import Change, Task
from tests.cast import DAY, Cast, kind

BRANCH_KINDS = ("assembly", "committee", "lecture", "theme_day")


class History:
    """Does ``count`` random things on one day; meetings may have been held up to a year before."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self.cast, self.chance, self.by = cast, random.Random(seed), cast.party_office
        self.done = 0

    def live(self, count: int, *, reading_every: int = 7) -> None:
        ways = [getattr(self, name) for name in sorted(dir(self)) if name.startswith("do_")]
        for number in range(count):
            with suppress(Refused):
                self.chance.choice(ways)()
                self.done += 1
            if number % reading_every == 0:
                readers.wake()
        readers.wake()

    def some(self, model, **where):
        """A row by chance. Raises ``Refused`` where there is none, so that nothing is done."""
        ids = list(model.objects.filter(**where).order_by("pk").values_list("pk", flat=True))
        if not ids:
            raise Refused("nothing to choose from")
        return model.objects.get(pk=self.chance.choice(ids))

    def department(self):
        return self.chance.choice([self.cast.d8, self.cast.d6, self.cast.party])

    def day(self):
        return DAY - timedelta(days=self.chance.randrange(0, 300))

    def soon(self):
        return DAY + timedelta(days=self.chance.randrange(0, 40))

    def do_convene_branch(self):
        branches = list(PartyOrg.objects.filter(unit=self.cast.unit, kind="branch").order_by("pk"))
        also = [kind(k) for k in BRANCH_KINDS if self.chance.random() < 0.2]
        meetings.convene(
            unit=self.cast.unit, kind=kind(self.chance.choice(BRANCH_KINDS)), held_on=self.day(),
            party_org=self.chance.choice(branches), also=also, by=self.by,
        )  # fmt: skip

    def do_convene_group(self):
        meetings.convene(
            unit=self.cast.unit, kind=kind("group"), held_on=self.day(), party_org=self.cast.cell, by=self.by
        )

    def do_convene_leaders(self):
        code = self.chance.choice(["leading_group", "chiefs"])
        meetings.convene(unit=self.cast.unit, kind=kind(code), held_on=self.day(), by=self.by)

    def do_topic(self):
        topic = self.chance.choice(["strict", "business", "cadre"])
        item = self.some(PlanItem) if self.chance.random() < 0.6 else None
        meetings.add_topic(meeting=self.some(Meeting), title="议题", topic=topic, item=item, by=self.by)

    def do_attendance(self):
        meeting = self.some(Meeting)
        due = list(meeting.attendances.order_by("pk").values_list("person_id", flat=True))
        gone = {pk: self.chance.choice(["", "出差"]) for pk in due if self.chance.random() < 0.3}
        meetings.record_attendance(meeting=meeting, absent=gone, by=self.by)

    def do_vote(self):
        topic = self.some(Meeting, agenda__isnull=False).agenda.first()
        decisions.vote(agenda_item=topic, favour=self.chance.randrange(0, 4), by=self.by)

    def do_decide(self):
        topic = self.some(Meeting, agenda__isnull=False).agenda.first()
        due = self.chance.choice([None, topic.meeting.held_on + timedelta(days=self.chance.randrange(0, 60))])
        decisions.decide(agenda_item=topic, text="照办", department=self.department(), due_on=due, by=self.by)

    def do_finalise(self):
        meetings.finalise(meeting=self.some(Meeting, state="recorded"), by=self.by)

    do_finalise_too = do_finalise_again = do_finalise

    def do_call_off(self):
        if self.chance.random() < 0.3:
            meetings.call_off(meeting=self.some(Meeting), reason="改期", by=self.by)

    def do_absence_reason(self):
        row = self.some(Attendance, present=False, reason="")
        meetings.give_absence_reason(attendance=row, reason="出差", by=self.by)

    def do_draft(self):
        if Plan.objects.count() < 3:
            plans.draft(unit=self.cast.unit, year=DAY.year, title="工作要点", by=self.by)

    def do_add_item(self):
        items.add(
            plan=self.some(Plan), title="事项", track=self.chance.choice(["gang", "mu", "mu"]),
            lead_department=self.department(), due_on=self.chance.choice([None, self.day(), self.soon()]), by=self.by,
        )  # fmt: skip

    def do_tie(self):
        gang, mu = self.some(PlanItem, track="gang"), self.some(PlanItem, track="mu")
        entry_points.tie(gang=gang, mu=mu, kind="push", expected="见效", by=self.by)

    def do_untie(self):
        if self.chance.random() < 0.3:
            entry_points.untie(entry_point=self.some(EntryPoint), reason="结错了", by=self.by)

    def do_give_reason(self):
        entry_points.give_reason(item=self.some(PlanItem), reason="保密事项", by=self.by)

    def do_accept_reason(self):
        item = self.some(PlanItem, unbound_reason__isnull=False)
        entry_points.accept_reason(item=item, by=self.cast.first)

    def do_adopt(self):
        if self.chance.random() < 0.5:
            plans.adopt(plan=self.some(Plan, state="draft"), on=self.day(), by=self.by)

    def do_adopt_by_meeting(self):
        plan = self.some(Plan, state="draft")
        meeting = self.some(Meeting, kind="leading_group", state="recorded")
        topic = steps.put_to_meeting(plan=plan, meeting=meeting, waiver="先行", by=self.by)
        steps.adopt_plan(agenda_item=topic, by=self.by)

    def do_close_plan(self):
        if self.chance.random() < 0.1:
            plans.close(plan=self.some(Plan, state="adopted"), by=self.by)

    def do_issue(self):
        item = self.some(PlanItem)
        steps.deploy_item(item=item, department=item.lead_department, due_on=self.soon(), by=self.by)

    def do_issue_earlier(self):
        item = self.some(PlanItem)
        with clock.at(self.day()):
            day = clock.today() + timedelta(days=self.chance.randrange(0, 60))
            steps.deploy_item(item=item, department=item.lead_department, due_on=day, by=self.by)

    def do_deploy_decision(self):
        decision = self.some(Decision)
        with clock.at(decision.agenda_item.meeting.held_on):
            steps.deploy_decision(decision=decision, by=self.by)

    def owner(self, task: Task):
        heads = {self.cast.d8.pk: self.cast.head8, self.cast.d6.pk: self.cast.head6}
        return heads.get(task.department_id, self.cast.party_office)

    def do_sign(self):
        task = self.some(Task)
        tasks.sign(task=task, by=self.owner(task))

    def do_report(self):
        task = self.some(Task)
        tasks.report(task=task, text="推进", by=self.owner(task))

    def do_submit(self):
        task = self.some(Task, state="under_way")
        tasks.submit(task=task, text="办结", by=self.owner(task))

    def do_verify(self):
        task = self.some(Task, state="submitted")
        with clock.at(max(task.issued_on, self.day())):
            tasks.verify(task=task, by=self.cast.office)

    def do_send_back(self):
        if self.chance.random() < 0.5:
            tasks.send_back(task=self.some(Task), reason="还差", by=self.cast.office)

    def do_close_task(self):
        tasks.close(task=self.some(Task), by=self.cast.office)

    def do_cancel(self):
        if self.chance.random() < 0.5:
            tasks.cancel(task=self.some(Task), reason="并入", by=self.cast.office)

    def do_break_down(self):
        task = self.some(Task, state="under_way")
        parts = [
            Part("一份", self.department(), due_on=self.chance.choice([None, task.due_on])) for _n in range(2)
        ]
        tasks.break_down(task=task, parts=parts, by=self.by)

    def do_long_term(self):
        item = self.some(PlanItem)
        terms = Terms(long_term=True)
        steps.deploy_item(
            item=item, department=item.lead_department, due_on=self.soon(), terms=terms, by=self.by
        )

    def do_change(self):
        task = self.some(Task)
        kind = self.chance.choice(["extend", "suspend", "suspend", "resume", "hand_over"])
        changes.ask(
            task=task, kind=kind, reason="另有安排", due_on=task.due_on + timedelta(days=self.chance.randrange(0, 40)),
            department=self.department(), by=self.chance.choice([self.owner(task), self.cast.office]),
        )  # fmt: skip

    def do_answer(self):
        change = self.some(Change, state="asked")
        answer = self.chance.choice([changes.approve, changes.approve, changes.refuse])
        answer(change=change, answer="照办", by=self.cast.office)

    def do_order(self):
        inspections.order(
            unit=self.cast.unit, title="督查", visit_on=self.chance.choice([self.day(), self.soon()]),
            party_people=[self.cast.people["party_office"]], business_people=[self.cast.people["head6"]],
            items=[self.some(PlanItem), self.some(PlanItem)], by=self.by,
        )  # fmt: skip

    def do_look(self):
        line = self.chance.choice(list(self.some(Inspection).lines.order_by("pk")))
        inspections.look(line=line, business_effect="有", party_effect="有", grade="effective", by=self.by)

    def do_close_inspection(self):
        steps.close_inspection(inspection=self.some(Inspection), by=self.by)

    def do_find(self):
        line = self.chance.choice(list(self.some(Inspection).lines.order_by("pk")))
        findings.raise_finding(line=line, side="party", text="问题", department=self.department(), due_on=self.soon(),
                               by=self.by)  # fmt: skip

    def do_rectify(self):
        steps.rectify(finding=self.some(Finding, state="open"), by=self.by)

    def do_recheck(self):
        finding = self.some(Finding, state="rectifying")
        findings.recheck(finding=finding, passed=True, by=self.cast.committee)

    def do_excuse(self):
        readers.wake()
        excuse(verdict=self.some(Verdict, lamp__in=["bad", "warn"]), reason="疫情", by=self.cast.first)

    def do_found_branch(self):
        if PartyOrg.objects.count() < 12:
            name = f"第{PartyOrg.objects.count()}新支部"
            org = units.found_party_org(
                unit=self.cast.unit, kind="branch", name=name, founded_on=self.day(), by=System()
            )
            people.join(person=self.cast.people["first"], party_org=org, since=org.founded_on, by=System())

    def do_add_department(self):
        if self.cast.unit.departments.count() < 7:
            name = f"第{self.cast.unit.departments.count()}新部"
            units.add_department(unit=self.cast.unit, name=name, line="business", by=System())
