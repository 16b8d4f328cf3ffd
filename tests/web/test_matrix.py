"""Every address × every role. A new address needs a row here, thought out before it is tried.

One row an address, one column a role, one sign an answer:

    .  200    >  302, done or told why not    L  302 to the sign-in page    -  405
    x  403    n  404, as if it were not there  !  422, the form again with its sentences
"""

from collections.abc import Iterator
from datetime import timedelta
from functools import cached_property
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from gangmu.common import clock
from gangmu.events.models import Event
from gangmu.flow import minutes_in, reading, steps
from gangmu.inspection.actions import inspections, sheets
from gangmu.meetings.models import AgendaItem
from gangmu.org.actions import aliases, templates
from gangmu.papers import visit_sheet
from gangmu.papers.template import sample
from gangmu.plan.actions import amendments, directives, entry_points, hints, items, skins
from gangmu.plan.models import Plan, PlanItem
from gangmu.rules import store
from gangmu.tasks.actions import tasks
from gangmu.web.rosters import kept
from tests.cast import (
    DAY,
    Cast,
    assemble,
    campaign_checked,
    campaign_deployed,
    campaign_listed,
    campaign_reported,
    campaign_signed,
    decided,
    directive_received,
    finding_raised,
    honour_registered,
    inspection_ordered,
    inspection_visited,
    job_done,
    line_of,
    meeting_convened,
    meeting_recorded,
    plan_with_items,
    proposed,
    sheet_line,
    task_issued,
    task_signed,
    task_submitted,
    task_verified,
    topic_on,
    visit_planned,
)
from tests.sheets import workbook
from tests.web.tasks_world import TASKS_ROWS, TasksWorld

pytestmark = pytest.mark.django_db

# The columns. 傅云深 (head6) is also secretary of branch 2 and on the inspection team; 宁致和 (branch) and 温如玉
# (staff) belong to 第八检察部 and branch 1, whose records the rows are about. superior, county_office and outsider
# head the party office of another unit; the province is above the city.
ROLES = (
    "anonymous", "first", "leader", "committee", "party_office", "office", "head8", "head6", "branch", "staff",
    "superior", "county_office", "outsider", "stranger", "system_admin", "security_admin", "audit_admin",
)  # fmt: skip
ADMINS = ROLES[-3:]
EVERYBODY = "L................"
NO_GET = "L----------------"
OF_THE_PLAN = "L..........nnnnnn"  # everybody of the unit, and who reads for the unit above
EDITS_PLANS = "Lxx>>xxxxxxnnnnnn"
OF_THE_TASK = "L......n..nnnnnnn"
OWNS_TASK = "Lxxxxx>nxxnnnnnnn"
VERIFIES = "L>>>>>xnxxnnnnnnn"
OF_THE_GROUP = "L.....nnnnnnnnnnn"  # the party group's meeting: who is due, sits in, or keeps the records
RUNS_MEETING = "Lxx>>>nnnnnnnnnnn"
OF_THE_VISIT = "L....n....nnnnnnn"
WORKS_VISIT = "Lxx>>nx>xxnnnnnnn"
ORDERS_VISIT = "Lxx>>nxxxxnnnnnnn"
OF_BRANCH_1 = "L....n.n..nnnnnnn"
KEEPS_ROSTERS = "Lxx...xxxx...xxxx"
KEEPS_HONOUR = "Lxx>>>xxxxxnnnnnn"
OWN_FILE = "Lxxn.nxxxxnnnxxxx"  # the party office's own upload: nobody else finds it

MATRIX = {
    # name                   GET                   POST
    "sign_in":             (".>>>>>>>>>>>>>>>>", ".>>>>>>>>>>>>>>>>"),
    "sign_out":            (NO_GET,              "LLLLLLLLLLLLLLLLL"),
    "home":                (EVERYBODY,           ""),
    "search":              (EVERYBODY,           ""),
    "me":                  (EVERYBODY,           ""),
    "audit":               ("Lxxxxxxxxxxxxxxx.", ""),
    "netmap":              (EVERYBODY,           ""),
    "netmap_sheet":        (EVERYBODY,           ""),
    "plan_list":           (EVERYBODY,           ""),
    "plan_draft":          (NO_GET,              "Lxx>>xxxxx>>>xxxx"),
    "plan":                (OF_THE_PLAN,         ""),
    "item_add_many":       (NO_GET,              EDITS_PLANS),
    "item_bulk_set":       (NO_GET,              EDITS_PLANS),
    "item_move":           (NO_GET,              EDITS_PLANS),
    "item_indent":         (NO_GET,              EDITS_PLANS),
    "item_set_aside":      (NO_GET,              EDITS_PLANS),
    "item_edit":           (NO_GET,              EDITS_PLANS),
    "entry_queue":         (OF_THE_PLAN,         ""),
    "plan_skins":          (OF_THE_PLAN,         ""),
    "skin_explain":        (NO_GET,              EDITS_PLANS),
    "plan_limit":          (NO_GET,              EDITS_PLANS),
    "skin_accept":         (NO_GET,              "L>x>xxxxxxxnnnnnn"),  # the writer of the reason is the party office
    "plan_carry_over":     ("Lxx..xxxxxxnnnnnn", EDITS_PLANS),
    "plan_versions":       (OF_THE_PLAN,         ""),
    "amendment_begin":     (NO_GET,              EDITS_PLANS),
    "amendment":           (OF_THE_PLAN,         ""),
    "amendment_add_line":  (NO_GET,              EDITS_PLANS),
    "amendment_remove_line": (NO_GET,            EDITS_PLANS),
    "amendment_propose":   (NO_GET,              EDITS_PLANS),
    "amendment_drop":      (NO_GET,              EDITS_PLANS),
    "plan_drop":           (NO_GET,              EDITS_PLANS),
    "plan_close":          (NO_GET,              EDITS_PLANS),
    "item":                (OF_THE_PLAN,         ""),
    "entry_tie":           (NO_GET,              "Lxx>>xx>xxxnnnnnn"),  # head6 leads the item
    "item_give_reason":    (NO_GET,              "Lxx>>xx>xxxnnnnnn"),
    "item_accept_reason":  (NO_GET,              "L>x>xxxxxxxnnnnnn"),
    "item_deploy":         (NO_GET,              "Lxx>>>xxxxxnnnnnn"),
    "entry_untie":         (NO_GET,              EDITS_PLANS),
    "paper_list":          (EVERYBODY,           ""),
    "paper_import":        (NO_GET,              "Lxx>>xxxxx>>>xxxx"),
    "paper":               (OF_THE_PLAN,         ""),
    "paper_accept_all":    (NO_GET,              EDITS_PLANS),
    "paper_confirm":       (NO_GET,              EDITS_PLANS),
    "paper_item_accept":   (NO_GET,              EDITS_PLANS),
    "paper_item_edit":     (NO_GET,              EDITS_PLANS),
    "paper_item_set_aside": (NO_GET,             EDITS_PLANS),
    "paper_item":          ("L>>>>>>>>>>nnnnnn", ""),  # to its row on the page, unless a script asks for the row
    "paper_item_split":    (NO_GET,              EDITS_PLANS),
    "paper_item_merge":    (NO_GET,              EDITS_PLANS),
    "paper_item_mark":     (NO_GET,              EDITS_PLANS),
    "paragraph_take_in":   (NO_GET,              EDITS_PLANS),
    "paragraph_join":      (NO_GET,              EDITS_PLANS),
    "paragraph_start":     (NO_GET,              EDITS_PLANS),
    "paper_read_responsible": (NO_GET,           EDITS_PLANS),
    "paper_name_unit":     (NO_GET,              EDITS_PLANS),
    "paper_which":         (OF_THE_PLAN,         ""),
    "paper_compare":       (OF_THE_PLAN,         ""),
    "paper_take_over":     (NO_GET,              EDITS_PLANS),
    "paper_remembered":    (EVERYBODY,           ""),
    "alias_forget":        (NO_GET,              EDITS_PLANS),
    "hint_forget":         (NO_GET,              EDITS_PLANS),
    "task_list":           (EVERYBODY,           ""),
    "circular_read":       ("Lxx...xxxx...xxxx", "Lxx...xxxx...xxxx"),  # beside one's own tasks, keeps nothing
    "task":                (OF_THE_TASK,         ""),
    "task_sign":           (NO_GET,              OWNS_TASK),
    "task_report":         (NO_GET,              OWNS_TASK),
    "task_submit":         (NO_GET,              OWNS_TASK),
    "task_verify":         (NO_GET,              VERIFIES),
    "task_send_back":      (NO_GET,              VERIFIES),
    "task_close":          (NO_GET,              VERIFIES),
    "task_cancel":         (NO_GET,              "Lxx>>>xnxxnnnnnnn"),
    "checkup":             (EVERYBODY,           ""),
    "lamp":                (OF_BRANCH_1,         ""),
    "lamp_excuse":         (NO_GET,              "L>x>xnxnxxnnnnnnn"),
    "directive_list":      (EVERYBODY,           ""),
    "directive_new":       ("Lxx..xxxxx...xxxx", "Lxx>>xxxxx>>>xxxx"),
    "directive_read":      (NO_GET,              "Lxx..xxxxx...xxxx"),  # fills the form, keeps nothing
    "directive":           (OF_THE_PLAN,         ""),
    "directive_answer":    (NO_GET,              EDITS_PLANS),
    "directive_withdraw":  (NO_GET,              EDITS_PLANS),
    "directive_leave":     (NO_GET,              EDITS_PLANS),
    "directive_send_down": (NO_GET,              EDITS_PLANS),
    "meeting_list":        (EVERYBODY,           ""),
    "meeting_new":         ("Lxx...x..x...xxxx", "Lxx>>>x!!x>>>xxxx"),  # a branch convenes no party group
    "meeting":             (OF_THE_GROUP,        ""),
    "meeting_add_topic":   ("Lxx...nnnnnnnnnnn", RUNS_MEETING),
    "meeting_put_plan":    ("Lxx..xnnnnnnnnnnn", "Lxx>>xnnnnnnnnnnn"),
    "meeting_record":      ("Lxx...nnnnnnnnnnn", RUNS_MEETING),
    "meeting_finalise":    (NO_GET,              RUNS_MEETING),
    "meeting_call_off":    (NO_GET,              RUNS_MEETING),
    "meeting_vote":        (NO_GET,              RUNS_MEETING),
    "meeting_decide":      (NO_GET,              RUNS_MEETING),
    "meeting_adopt_plan":  (NO_GET,              "Lxx>>xnnnnnnnnnnn"),
    "attendance_reason":   (NO_GET,              RUNS_MEETING),
    "decision_deploy":     (NO_GET,              "Lxx>>>xnnnnnnnnnn"),  # head8: the decision is for the own department
    "minutes_bring":       ("Lxx...x..x...xxxx", "Lxx>>>x>>x>>>xxxx"),
    "minutes_paper":       ("L.n...nnnnnnnnnnn", ""),  # what an office brought: it, and who reads for the unit
    "minutes_take":        (NO_GET,              "Lxn>>>nnnnnnnnnnn"),
    "minutes_drop":        (NO_GET,              "Lxn>>>nnnnnnnnnnn"),
    "inspection_list":     (EVERYBODY,           ""),
    "inspection_new":      ("Lxx..xxxxx...xxxx", "Lxx>>xxxxx!!!xxxx"),  # people of another unit are no choice
    "inspection":          (OF_THE_VISIT,        ""),
    "item_thread":         (OF_THE_PLAN,         ""),
    "plan_paper":          (OF_THE_PLAN,         ""),
    "meeting_minutes":     (OF_THE_GROUP,        ""),
    "inspection_order":    (OF_THE_VISIT,        ""),
    "inspection_circular": (OF_THE_VISIT,        ""),
    "task_notice":         (OF_THE_TASK,         ""),
    "task_circular":       ("Lxx...xxxx...xxxx", ""),
    "plan_tasks":          (OF_THE_PLAN,         ""),
    "duty_ledger":         ("L....n.nnnnnnnnnn", ""),
    "duty_report":         ("L....n.nnnnnnnnnn", ""),
    "pack":                ("L............xxxx", "L>>>>>>>>>>>>xxxx"),
    "template_list":       ("Lxx...xxxx...xxxx", ""),
    "template_upload":     (NO_GET,              "Lxx>>>xxxx>>>xxxx"),
    "template_file":       ("Lnn...nnnnnnnnnnn", ""),
    "template_retire":     (NO_GET,              "Lnn>>>nnnnnnnnnnn"),
    "template_sample":     ("Lxx...xxxx...xxxx", ""),
    "inspection_close":    (NO_GET,              WORKS_VISIT),
    "inspection_look":     (NO_GET,              WORKS_VISIT),
    "finding_raise":       (NO_GET,              WORKS_VISIT),
    "finding_rectify":     (NO_GET,              "Lxx>>nxxxxnnnnnnn"),
    "finding_recheck":     (NO_GET,              WORKS_VISIT),
    "inspection_calendar": (EVERYBODY,           ""),
    "visit_plan":          (NO_GET,              "Lxx>>xxxxx>>>xxxx"),
    "inspection_add_item": (NO_GET,              WORKS_VISIT),
    "inspection_merge":    (NO_GET,              ORDERS_VISIT),
    "inspection_split":    (NO_GET,              "Lxx>>nxnxxnnnnnnn"),
    "inspection_call_off": (NO_GET,              ORDERS_VISIT),
    "inspection_write_up": (NO_GET,              WORKS_VISIT),
    "inspection_sheet_xlsx": ("Lnn..nn.nnnnnnnnn", ""),
    "inspection_sheet_docx": ("Lnn..nn.nnnnnnnnn", ""),
    "inspection_read_sheet": (NO_GET,            WORKS_VISIT),
    "visit_sheet":         ("Lnn..nn.nnnnnnnnn", ""),
    "visit_sheet_adopt":   (NO_GET,              "Lnn>>nn>nnnnnnnnn"),
    "visit_sheet_drop":    (NO_GET,              "Lnn>>nn>nnnnnnnnn"),
    "visit_propose":       (NO_GET,              WORKS_VISIT),
    "proposal_list":       (EVERYBODY,           ""),
    "proposal_accept":     (NO_GET,              ORDERS_VISIT),
    "proposal_decline":    (NO_GET,              ORDERS_VISIT),
    "rectification_list":  (EVERYBODY,           ""),
    "rectification_register": (NO_GET,           "Lxx>>xxxxx>>>xxxx"),
    "rectification":       (OF_BRANCH_1,         ""),  # its measure is for 第八检察部
    "rectification_add_problem": (NO_GET,        "Lxx>>nxnxxnnnnnnn"),
    "rectification_add_measure": (NO_GET,        "Lxx>>nxnxxnnnnnnn"),
    "rectification_sign_plan": (NO_GET,          "L>xxxnxnxxnnnnnnn"),
    "rectification_deploy": (NO_GET,             "Lxx>>nxnxxnnnnnnn"),
    "rectification_check_off": (NO_GET,          "Lxx>>nxnxxnnnnnnn"),
    "rectification_sign_report": (NO_GET,        "L>xxxnxnxxnnnnnnn"),
    "rectification_grade": (NO_GET,              "Lxx>>nxnxxnnnnnnn"),
    "party_life":          (EVERYBODY,           ""),
    "branch":              (OF_BRANCH_1,         ""),
    "review":              (EVERYBODY,           ""),
    "people":              (EVERYBODY,           ""),
    "person_leave":        (NO_GET,              "Lxx>>>xxxxnnnnnnn"),
    "member_transfer_out": (NO_GET,              "Lxx>>nxnxxnnnnnnn"),  # head6 and the office are of branch 2
    "rosters":             (KEEPS_ROSTERS,       ""),
    "roster_read":         (NO_GET,              "Lxx>>>xxxx>>>xxxx"),
    "roster_blank":        (KEEPS_ROSTERS,       ""),
    "roster":              (OWN_FILE,            ""),
    "roster_copy":         (OWN_FILE,            ""),
    "roster_take":         (NO_GET,              "Lxxn>nxxxxnnnxxxx"),
    "roster_drop":         (NO_GET,              "Lxxn>nxxxxnnnxxxx"),
    "job_list":            (EVERYBODY,           ""),
    "job":                 ("Lnnn.nnnnnnnnnnnn", ""),
    "job_file":            ("Lnnn.nnnnnnnnnnnn", ""),
    "honour_list":         (EVERYBODY,           ""),
    "honour":              (OF_THE_PLAN,         ""),
    "honour_register":     (KEEPS_ROSTERS,       "Lxx>>>xxxx>>>xxxx"),  # each for the own unit
    "honour_options":      (KEEPS_ROSTERS,       ""),
    "honour_edit":         ("Lxx...xxxxxnnnnnn", KEEPS_HONOUR),
    "honour_link":         (NO_GET,              KEEPS_HONOUR),
    "honour_unlink":       (NO_GET,              KEEPS_HONOUR),
    "honour_withdraw":     (NO_GET,              KEEPS_HONOUR),
}  # fmt: skip
MATRIX |= TASKS_ROWS

ROSTER = workbook([["姓名", "部门"], ["林见鹿", ""]])
LAMP = ("BRANCH-THEME-DAY", "2026-05")
PAPER = """江州市人民检察院2028年工作要点
一、检察业务工作
（一）办好公益诉讼案件。围绕长江保护办理一批案件。牵头部门：第八检察部。完成时限：2028年6月31日前。
（二）做实民事执行监督。开展专项监督。责任单位：法律政策研究室、第六检察部。完成时限：2028年6月31日前。
二、党建工作
（一）建强党员先锋岗。在办案组设岗。牵头部门：机关党委。完成时限：2028年12月底前。
附件：1.分工表
"""

MINUTES = """江州市人民检察院党组会议纪要
时间：2026年6月9日
出席：秦望舒、韩知远
一、研究值班
会议决定，由办公室牵头，6月底前修订值班制度。
"""


def paper_read(cast: Cast, year: int, text: str = PAPER) -> Plan:
    return reading.import_plan(
        data=text.encode(), name="要点.txt", unit=cast.unit, year=year, by=cast.party_office
    )


class World:
    """What the rows are about, each in the state in which its verbs can be done. Made when first asked for."""

    def __init__(self) -> None:
        self.cast = cast = assemble()
        self.planned = plan_with_items(cast)
        self.drafted = plan_with_items(cast, adopted=False, year=DAY.year + 1)
        self.paper = paper_read(cast, 2028)
        self.looked_over = paper_read(cast, 2029)
        items.accept_all_guesses(plan=self.looked_over, by=cast.party_office)
        self.read = PlanItem.objects.filter(plan=self.paper).exclude(guesses=[]).first()
        self.revised = paper_read(cast, 2028, PAPER.replace("12月底前", "11月底前"))
        self.note = self.paper.paragraphs.exclude(fate="item").first()
        self.start = self.paper.paragraphs.get(no=self.read.paragraph_nos[0])
        self.closing = self.paper.paragraphs.exclude(fate="item").last()
        self.alias = aliases.remember(
            department=cast.d6, name="六部", source="2027年工作要点", by=cast.party_office
        )
        self.hint = hints.remember(
            unit=cast.unit, label="responsible", means="first_leads", source="要点", by=cast.party_office
        )
        entry_points.give_reason(item=self.drafted.loose, reason="涉密案件", by=cast.party_office)
        self.point = directive_received(cast).points.first()
        self.meeting = meeting_convened(cast)
        self.agenda_open = meeting_convened(cast, "chiefs")
        self.second_point = self.point.directive.points.last()
        self.answer = directives.answer(point=self.point, item=self.planned.loose, by=cast.party_office)
        self.skin = skins.explain(
            plan=self.planned.plan, code="facet", subject="system", reason="下半年补", by=cast.party_office
        )
        self.aside = items.add(plan=self.drafted.plan, title="不要的一项", track="mu", by=cast.party_office)
        self.in_force = plan_with_items(cast, year=DAY.year - 1)
        self.amendment = amendments.begin(plan=self.planned.plan, reason="机构调整", by=cast.party_office)
        self.amendment_line = amendments.add_line(
            amendment=self.amendment,
            kind="change",
            item=self.planned.loose,
            title="民事执行监督扩面",
            by=cast.party_office,
        )
        self.recorded = meeting_recorded(cast, absent=("committee",))
        self.topic = topic_on(cast, self.recorded)
        self.minutes = minutes_in.bring(
            data=MINUTES.encode(), name="纪要.txt", unit=cast.unit, by=cast.party_office
        )
        self.plan_topic = self.recorded.agenda.create(
            position=9, title="审议计划", topic=AgendaItem.Topic.PLAN, plan=self.drafted.plan
        )
        self.attendance = self.recorded.attendances.get(person=cast.people["committee"])
        self.decision = decided(cast)
        self.issued, self.signed = task_issued(cast), task_signed(cast)
        self.submitted, self.verified = task_submitted(cast), task_verified(cast)
        self.ordered = inspection_ordered(cast, self.planned)
        self.visited = inspection_visited(cast, self.planned)
        self.open_finding = finding_raised(cast, self.visited, self.planned)
        self.rectified = finding_raised(cast, self.visited, self.planned)
        work = steps.rectify(finding=self.rectified, by=cast.party_office)
        work = tasks.submit(task=tasks.sign(task=work, by=cast.head8), text="补好了", by=cast.head8)
        tasks.verify(task=work, by=cast.office)
        self.template = templates.upload(
            unit=cast.unit, kind="minutes", name="纪要.docx", data=sample("minutes"), by=cast.office
        )
        self.extra = PlanItem.objects.create(
            plan=self.planned.plan, position=99, title="行政检察护航", track="mu", lead_department=cast.d8
        )
        self.coming = inspection_ordered(cast, self.planned, on=DAY + timedelta(days=20))
        self.twin = inspection_ordered(cast, self.planned, on=DAY + timedelta(days=25))
        into, self.merged = visit_planned(cast), visit_planned(cast)
        inspections.merge(inspection=into, other=self.merged, by=cast.party_office)
        self.proposal = proposed(cast, self.visited, self.planned)
        self.sheet = sheets.read_sheet(
            inspection=self.ordered, name="记录表.xlsx", data=self.filled(), by=cast.party_office
        )
        self.listed, self.signed_plan, self.deployed = (
            campaign_listed(cast), campaign_signed(cast), campaign_deployed(cast),
        )  # fmt: skip
        self.checked, self.reported = campaign_checked(cast), campaign_reported(cast)
        store.recheck()
        self.job = job_done(cast)
        self.honour = honour_registered(cast, task=self.verified)
        self.tasks_room = TasksWorld(cast, self.planned)
        self.clients = {who: self._client(who) for who in ROLES}
        self.last_event = Event.objects.latest("pk").pk

    def _client(self, who: str) -> Client:
        client = Client()
        if who != "anonymous":
            client.force_login(self.cast.users[who], backend="gangmu.org.backend.Backend")
        return client

    def roster(self) -> str:
        """A list that the party office has put aside: a new one each time, a taken one is gone."""
        return kept.keep(ROSTER, "名册.xlsx", kind="people", user_id=self.cast.users["party_office"].pk)

    @property
    def line(self):
        return line_of(self.ordered, self.planned.mu)

    def filled(self) -> bytes:
        """An offline sheet that somebody filled in for one line."""
        values = {"business_effect": "办结", "party_effect": "在岗", "grade": "已见效"}
        blank = visit_sheet.Blank(
            "表", "", (sheet_line(self.line, **values),), tuple(sheets.GRADES), tuple(sheets.SIDES)
        )
        return visit_sheet.to_xlsx(blank)

    def arguments(self, name: str) -> tuple:
        """What stands in the address."""
        if name in ("template_upload", "template_sample"):
            return ("minutes",)
        if name == "roster_blank":
            return ("people",)
        if name.startswith("roster_") and name != "roster_read" or name == "roster":
            return (self.roster(),)
        if name.startswith("lamp"):
            return (LAMP[0], self.cast.branch1.pk, LAMP[1])
        if name in ("paper_compare", "paper_take_over"):
            return (self.revised.pk, self.paper.pk)
        return (self.about[name].pk,) if name in self.about else ()

    @cached_property
    def about(self) -> dict:
        """The object of each address."""
        return {
            "plan": self.planned.plan, "item_add_many": self.drafted.plan, "item_bulk_set": self.drafted.plan,
            "item_move": self.drafted.plan, "item_indent": self.drafted.plan, "item_set_aside": self.drafted.plan,
            "item_edit": self.drafted.loose, "entry_queue": self.planned.plan,
            "plan_skins": self.planned.plan, "skin_explain": self.planned.plan, "plan_limit": self.planned.plan, "skin_accept": self.skin,
            "plan_carry_over": self.drafted.plan, "plan_versions": self.planned.plan,
            "amendment_begin": self.in_force.plan, "amendment": self.amendment, "amendment_add_line": self.amendment,
            "amendment_remove_line": self.amendment_line, "amendment_propose": self.amendment,
            "amendment_drop": self.amendment, "directive_withdraw": self.answer, "directive_leave": self.second_point,
            "plan_drop": self.drafted.plan,
            "paper_item": self.read, "paper_item_split": self.read, "paper_item_merge": self.read,
            "paper_item_mark": self.read, "paragraph_take_in": self.note, "paragraph_join": self.closing,
            "paragraph_start": self.start, "paper_read_responsible": self.paper, "paper_name_unit": self.paper,
            "paper_which": self.revised, "alias_forget": self.alias,
            "hint_forget": self.hint,
            "plan_close": self.planned.plan, "item": self.planned.loose, "entry_tie": self.planned.loose,
            "item_give_reason": self.planned.loose, "item_accept_reason": self.drafted.loose,
            "item_deploy": self.planned.loose, "entry_untie": self.planned.knot, "paper": self.paper,
            "paper_accept_all": self.paper, "paper_confirm": self.looked_over, "paper_item_accept": self.read,
            "paper_item_edit": self.read, "paper_item_set_aside": self.read, "task": self.issued,
            "task_sign": self.issued, "task_report": self.signed, "task_submit": self.signed,
            "task_verify": self.submitted, "task_send_back": self.submitted, "task_close": self.verified,
            "task_cancel": self.issued, "directive": self.point.directive, "directive_answer": self.point,
            "directive_send_down": self.point.directive,
            "meeting": self.recorded, "meeting_add_topic": self.meeting, "meeting_put_plan": self.meeting,
            "meeting_record": self.meeting, "meeting_finalise": self.recorded, "meeting_call_off": self.meeting,
            "meeting_vote": self.topic, "meeting_decide": self.topic, "meeting_adopt_plan": self.plan_topic,
            "attendance_reason": self.attendance, "decision_deploy": self.decision, "inspection": self.visited,
            "inspection_close": self.visited, "inspection_look": self.line, "finding_rectify": self.open_finding,
            "finding_raise": line_of(self.visited, self.planned.mu), "finding_recheck": self.rectified,
            "branch": self.cast.branch1, "item_thread": self.planned.loose, "plan_paper": self.planned.plan,
            "minutes_paper": self.minutes, "minutes_take": self.minutes, "minutes_drop": self.minutes,
            "person_leave": self.cast.people["staff"],
            "member_transfer_out": self.cast.branch1.memberships.get(person=self.cast.people["staff"]),
            "inspection_merge": self.coming, "inspection_split": self.merged, "inspection_call_off": self.coming, "inspection_write_up": self.visited,
            "inspection_add_item": self.visited,
            "inspection_sheet_xlsx": self.visited, "inspection_sheet_docx": self.visited,
            "inspection_read_sheet": self.ordered, "visit_sheet": self.sheet, "visit_sheet_adopt": self.sheet,
            "visit_sheet_drop": self.sheet, "visit_propose": line_of(self.visited, self.planned.loose),
            "proposal_accept": self.proposal, "proposal_decline": self.proposal, "rectification": self.listed,
            "rectification_add_problem": self.listed, "rectification_add_measure": self.listed.problems.get(),
            "rectification_sign_plan": self.listed, "rectification_deploy": self.signed_plan,
            "rectification_check_off": self.deployed.problems.get().measures.get(),
            "rectification_sign_report": self.checked, "rectification_grade": self.reported,
            "job": self.job, "job_file": self.job, "meeting_minutes": self.recorded, "inspection_order": self.visited,
            "inspection_circular": self.visited, "task_notice": self.issued, "plan_tasks": self.planned.plan,
            "duty_ledger": self.cast.people["head8"], "duty_report": self.cast.people["head8"],
            "honour": self.honour, "honour_edit": self.honour, "honour_link": self.honour, "honour_withdraw": self.honour,
            "honour_unlink": self.honour.bases.get(),
            "template_file": self.template, "template_retire": self.template,
            **self.tasks_room.about(),
        }  # fmt: skip

    def data(self, name: str) -> dict:
        """The least that is typed for the step to be done; a file is read from its beginning again."""
        typed = self.typed.get(name, {})
        for value in typed.values():
            if isinstance(value, SimpleUploadedFile):
                value.seek(0)
        return typed

    @cached_property
    def typed(self) -> dict[str, dict]:
        cast, day = self.cast, DAY.isoformat()
        return {
            "paper_item_split": {"at": ["1"]},
            "paper_item_mark": {"as": "heading"},
            "paper_read_responsible": {"means": "co_units"},
            "paper_name_unit": {"name": "法律政策研究室", "department": cast.support.pk},
            "plan_draft": {"title": "工作要点", "year": 2030},
            "item_add_many": {"lines": "一项\t第八检察部\t6月底前", "track": "mu"},
            "item_bulk_set": {"items": [self.drafted.loose.pk], "due_on": day},
            "item_move": {"items": [self.drafted.loose.pk], "way": "up"},
            "item_indent": {"items": [self.drafted.loose.pk], "way": "in"},
            "item_set_aside": {"items": [self.aside.pk]},
            "item_edit": {"title": "民事执行监督提质", "lead": "第六检察部", "due": ""},
            "plan_limit": {"most_led": 30},
            "skin_explain": {"code": "facet", "subject": "thought", "reason": "下半年补"},
            "plan_carry_over": {"items": [self.planned.loose.pk]},
            "amendment_begin": {"reason": "上级有新部署"},
            "amendment_add_line": {"kind": "add", "title": "新的一项", "track": "mu"},
            "amendment_propose": {"meeting": self.agenda_open.pk},
            "directive_leave": {"reason": "不归本院"},
            "entry_tie": {"partner": self.planned.gang.pk, "kind": "push", "expected": "见效"},
            "item_give_reason": {"reason": "涉密案件"},
            "item_deploy": {"department": cast.d6.pk},
            "entry_untie": {"reason": "结错了"},
            "paper_import": {"file": SimpleUploadedFile("要点.txt", PAPER.encode()), "year": 2030},
            "paper_item_edit": {"title": "一项", "track": "mu", "lead_department": cast.d8.pk},
            "task_report": {"text": "办了一半", "happened_on": day, "status": "on_track"},
            "task_submit": {"text": "办完了"},
            "task_send_back": {"reason": "缺材料"},
            "task_cancel": {"reason": "重复"},
            "pack": {"start": day, "end": day},
            "template_upload": {"file": SimpleUploadedFile("纪要.docx", sample("minutes"))},
            "lamp_excuse": {"reason": "抗洪"},
            "directive_new": {"issuer": "市委", "title": "意见", "issued_on": day, "points": "一条"},
            "circular_read": {"file": SimpleUploadedFile("通报.txt", MINUTES.encode())},
            "directive_read": {"file": SimpleUploadedFile("来文.txt", PAPER.encode())},
            "directive_answer": {"item": self.planned.mu.pk},
            "directive_send_down": {"units": [self.cast.county.pk]},
            "meeting_new": {"kind": "chiefs", "held_on": day},
            "meeting_add_topic": {"title": "一个议题", "topic": "business"},
            "meeting_put_plan": {"plan": self.drafted.plan.pk, "waiver": "另行补充"},
            "meeting_call_off": {"reason": "冲突"},
            "meeting_vote": {"favour": 3, "against": 0, "abstain": 0, "method": "hands"},
            "meeting_decide": {"text": "同意"},
            "attendance_reason": {"reason": "出差"},
            "minutes_bring": {"file": SimpleUploadedFile("纪要.txt", f"{MINUTES}其他。".encode())},
            "minutes_take": {"kind": "leading_group", "held_on": "2026-06-09", "t0": "on", "t0-title": "值班", "t0-topic": "other"},
            "inspection_new": {
                "kind": "inspection", "title": "督查", "visit_on": day, "items": [self.planned.mu.pk],
                "party_people": [cast.people["party_office"].pk], "business_people": [cast.people["head6"].pk],
            },
            "inspection_look": {
                f"l{self.line.pk}-business_effect": "办结", f"l{self.line.pk}-party_effect": "在岗",
                f"l{self.line.pk}-grade": "effective",
            },
            "finding_raise": {
                "f-text": "记录不全", "f-side": "business", "f-department": cast.d8.pk, "f-due_on": day,
            },
            "person_leave": {"on": day}, "member_transfer_out": {"on": day},
            "roster_read": {"file": SimpleUploadedFile("名册.xlsx", ROSTER)},
            "finding_recheck": {"passed": "", "note": "还差记录"},
            "visit_plan": {"title": "三季度督查", "kind": "inspection", "visit_on": day},
            "inspection_add_item": {"item": self.extra.pk},
            "inspection_merge": {"other": self.twin.pk},
            "inspection_call_off": {"reason": "另有安排"},
            "inspection_write_up": {"gist": "看了办案组"},
            "inspection_read_sheet": {"file": SimpleUploadedFile("记录表.xlsx", self.filled())},
            "visit_propose": {"gang": self.planned.gang.pk, "kind": "push", "expected": "见效"},
            "proposal_decline": {"reason": "已有别的"},
            "rectification_register": {"title": "巡察", "issuer": "市委巡察组", "reported_on": day, "months": 3},
            "rectification_add_problem": {"text": "责任没有到人"},
            "rectification_add_measure": {
                "text": "到人", "leader": cast.people["leader"].pk, "department": cast.d8.pk, "due_on": day,
            },
            "rectification_check_off": {"result": "done"},
            "rectification_grade": {"grade": "good"},
            "honour_register": {
                "title": "平安单位", "issuer": "江州市委", "level": "city", "award": "other", "given_on": day,
                "holder": "collective", "whole": "on",
            },
            "honour_edit": {
                "title": "全市模范集体", "issuer": "江州市委", "level": "city", "award": "other", "given_on": day,
                "holder": "collective", "departments": [cast.d8.pk],
            },
            "honour_link": {"basis": f"t{self.issued.pk}"},
            "honour_withdraw": {"reason": "登重了"},
            **self.tasks_room.data(),
        }  # fmt: skip


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:
    """Made once for all rows; each answer is taken back, and everything at the end."""
    with django_db_blocker.unblock(), clock.at(DAY), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


@pytest.fixture
def ask(world: World):
    """``ask(who, method, name, data)``: the sign, the text and the verbs recorded; nothing of it stays."""

    def _ask(who: str, method: str, name: str, data: dict | None = None) -> SimpleNamespace:
        client = world.clients[who]
        kept = client.cookies.copy()
        with transaction.atomic():
            answer = getattr(client, method)(reverse(name, args=world.arguments(name)), data or {})
            verbs = list(Event.objects.filter(pk__gt=world.last_event).values_list("verb", flat=True))
            transaction.set_rollback(True)
        client.cookies = kept
        return SimpleNamespace(sign=sign(answer), text=text_of(answer), verbs=verbs)

    return _ask


def text_of(answer) -> str:
    """What stands in a download from disk is no business of the matrix."""
    if answer.streaming:
        b"".join(answer.streaming_content)  # read to its end, the file is closed
        return ""
    return answer.content.decode(errors="replace")


def sign(answer) -> str:
    if answer.status_code == 302:
        return "L" if answer.url.startswith(reverse("sign_in")) else ">"
    return {200: ".", 403: "x", 404: "n", 405: "-", 422: "!"}.get(answer.status_code, "?")


def named(signs: str) -> dict[str, str]:
    return dict(zip(ROLES, signs, strict=True))


def _names(patterns) -> Iterator[str]:
    for found in patterns:
        if isinstance(found, URLResolver):
            yield from _names(found.url_patterns)
        elif isinstance(found, URLPattern):
            yield found.name or str(found.pattern)


SHOWN = [name for name, (get, _post) in MATRIX.items() if get != NO_GET]
DONE = [name for name, (_get, post) in MATRIX.items() if post]
# These change a session, or put aside a file and take it away; no record.
UNRECORDED = {"sign_in", "sign_out", "roster_read", "roster_drop"}


def test_no_address_is_missing_and_no_row_is_stale():
    assert sorted(_names(get_resolver().url_patterns)) == sorted(MATRIX)


@pytest.mark.parametrize("name", MATRIX)
def test_every_row_is_complete_and_closed_to_the_anonymous(name):
    get, post = MATRIX[name]
    assert len(get) == len(ROLES) and set(get) <= set(".>Lxn-")
    assert not post or (len(post) == len(ROLES) and set(post) <= set(".>Lxn!"))
    assert name == "sign_in" or (get[0] == "L" and post[:1] in ("L", ""))
    assert get != NO_GET or post, "an address that answers nothing"


@pytest.mark.parametrize("name", MATRIX)
def test_get(ask, name):
    expected = named(MATRIX[name][0])
    if name in DONE and name not in SHOWN:  # the method is looked at before anybody's right
        expected = {who: expected[who] for who in ("anonymous", "party_office", "outsider")}
    found = {who: ask(who, "get", name) for who in expected}
    assert {who: answer.sign for who, answer in found.items()} == expected
    assert not any(answer.verbs for answer in found.values()), "looking changes nothing"


@pytest.mark.parametrize("name", DONE)
def test_post(ask, world, name):
    """Also: what is done is recorded, and of what is not, nothing."""
    found = {who: ask(who, "post", name, world.data(name)) for who in ROLES}
    assert {who: answer.sign for who, answer in found.items()} == named(MATRIX[name][1])
    done = {who for who, answer in found.items() if answer.verbs}
    assert done == {who for who, s in named(MATRIX[name][1]).items() if s == ">" and name not in UNRECORDED}


@pytest.mark.parametrize("name", [name for name in DONE if name not in UNRECORDED])
def test_an_empty_form_is_never_done_for_those_who_may_not(ask, name):
    """A form that is not filled may be shown again; outside one's scope there is still nothing."""
    row = named(MATRIX[name][1])
    for who in ("anonymous", "party_office", "head8", "superior", "outsider", "audit_admin"):
        expected, answer = row[who], ask(who, "post", name)
        allowed = {"x": "x!", "!": "!", "n": "n", "L": "L", ">": ">!", ".": ".!"}[expected]
        assert answer.sign in allowed, who
        assert expected == ">" or not answer.verbs, who


@pytest.mark.parametrize("name", [name for name, (_get, post) in MATRIX.items() if not post])
def test_a_page_that_only_shows_cannot_be_made_to_do_anything(ask, name):
    assert not ask("party_office", "post", name, {"state": "adopted"}).verbs


BUSINESS = (
    "公益诉讼", "党员先锋岗", "民事执行监督", "整理排口清单", "工作要点", "望检党", "年中联合督查", "取样记录",
    "第八检察部", "第一党支部", "江照野", "党组会 第",
)  # fmt: skip


@pytest.mark.parametrize("who", [*ADMINS, "stranger", "outsider", "county_office"])
def test_no_page_shows_business_to_those_it_does_not_concern(ask, who):
    """The three administrators, an account that is nobody's, another city, and the county below."""
    shown = [name for name in SHOWN if named(MATRIX[name][0])[who] == "." and name != "audit"]
    assert len(shown) > 12
    pages = {name: ask(who, "get", name).text for name in shown}
    assert not [(name, word) for name, text in pages.items() for word in BUSINESS if word in text]


def test_the_words_of_the_business_are_on_the_pages_of_those_it_concerns(ask):
    """Otherwise the test above would find nothing anywhere."""
    pages = "".join(ask("party_office", "get", name).text for name in SHOWN if name != "audit")
    assert not [word for word in BUSINESS if word not in pages]
