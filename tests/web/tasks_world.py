"""The rows of the matrix for the tasks room, and what they are about, each in the state in which its verb can be done."""

from datetime import timedelta

from gangmu.tasks.actions import changes, issues, milestones, mobilisations, tasks
from gangmu.tasks.actions.tasks import Terms
from gangmu.tasks.models import Change, Issue, Mobilisation
from tests.cast import (
    DAY,
    Cast,
    Planned,
    meeting_convened,
    task_issued,
    task_signed,
    task_submitted,
    task_verified,
)

# The columns are those of test_matrix.ROLES. The tasks, issues and lines are of 第八检察部; 韩知远 (leader) coordinates.
EVERYBODY = "L................"
NO_GET = "L----------------"
SEES = "L......n..nnnnnnn"
OWNS = "Lxxxxx>nxxnnnnnnn"
VERIFIES = "L>>>>>xnxxnnnnnnn"
WORKS = "Lxx>>>>nxxnnnnnnn"
ONLY_OWNER = "L!!!!!>!!!!!!!!!!"
ONLY_VERIFIER = "L>>>>>!!!!!!!!!!!"
ISSUES = "Lxx...xxxx...xxxx"
ISSUED = "Lxx>>>xxxx!!!xxxx"
DRAFT = "Lx>>>>nnnnnnnnnnn"  # a draft is seen by those who drive or lead
DRIVES = "Lx>>>>xnxxnnnnnnn"

TASKS_ROWS = {
    # name                     GET                  POST
    "task_board":             (EVERYBODY,           ""),
    "task_feedback":          (EVERYBODY,           ONLY_OWNER),
    "task_new":               (ISSUES,              ISSUED),
    "task_deploy_plan":       ("Lxx...xxxxxnnnnnn", "Lxx>>>xxxxxnnnnnn"),
    "task_sign_many":         (NO_GET,              ONLY_OWNER),
    "task_verify_many":       (NO_GET,              ONLY_VERIFIER),
    "task_close_many":        (NO_GET,              ONLY_VERIFIER),
    "task_urge_many":         (NO_GET,              ONLY_VERIFIER),
    "task_break_down":        ("Lxx....nxxnnnnnnn", WORKS),
    "task_confirm_due":       (NO_GET,              OWNS),
    "task_review":            (NO_GET,              VERIFIES),
    "task_urge":              (NO_GET,              VERIFIES),
    "task_ask":               ("L......nxxnnnnnnn", "L>>>>>>nxxnnnnnnn"),
    "task_add_milestone":     (NO_GET,              WORKS),
    "task_reach_milestone":   (NO_GET,              WORKS),
    "task_approve":           (NO_GET,              VERIFIES),
    "task_refuse":            (NO_GET,              VERIFIES),
    "task_withdraw":          (NO_GET,              OWNS),
    "issue_list":             (EVERYBODY,           ""),
    "issue_raise":            ("Lxx.....xx...xxxx", "Lxx>>>>!xx!!!xxxx"),
    "issue":                  (SEES,                ""),
    "issue_write_up":         (NO_GET,              WORKS),
    "issue_put_forward":      (NO_GET,              "L!!>>>!n!!nnnnnnn"),  # no meeting to choose
    "issue_study":            (NO_GET,              WORKS),
    "issue_resolve":          (NO_GET,              WORKS),
    "issue_drop":             (NO_GET,              WORKS),
    "mobilisation_list":      (EVERYBODY,           ""),
    "mobilisation_draft":     (ISSUES,              ISSUED),
    "mobilisation":           (SEES,                ""),
    "mobilisation_paper":     (SEES,                ""),
    "mobilisation_ask_for":   (NO_GET,              DRAFT),
    "mobilisation_order":     (NO_GET,              DRAFT),
    "mobilisation_leave_out": (NO_GET,              DRAFT),
    "mobilisation_settle":    (NO_GET,              DRIVES),
    "mobilisation_call_off":  (NO_GET,              DRIVES),
    "mobilisation_give":      (NO_GET,              OWNS),
}  # fmt: skip


class TasksWorld:
    """Made once, by actions."""

    def __init__(self, cast: Cast, planned: Planned) -> None:
        self.cast, self.planned = cast, planned
        self.issued, self.signed, self.waiting = task_issued(cast), task_signed(cast), task_signed(cast)
        self.submitted, self.verified = task_submitted(cast), task_verified(cast)
        self.by_default = tasks.issue(
            unit=cast.unit, title="没有写期限", source="plan", department=cast.d8, by=cast.office
        )
        self.long = task_signed(cast, terms=Terms(long_term=True))
        self.milestone = milestones.add(
            task=self.signed, title="摸排完", due_on=DAY + timedelta(days=5), by=cast.head8
        )
        self.change = changes.ask(
            task=self.waiting,
            kind=Change.Kind.EXTEND,
            reason="等鉴定",
            due_on=DAY + timedelta(days=30),
            by=cast.head8,
        )
        self.meeting = meeting_convened(cast)
        self.raised, self.forward, self.studied = self.issue(), self.issue(), self.issue()
        issues.study(issue=self.studied, by=cast.head8)
        self.draft, self.in_force = self.order(), self.order()
        mobilisations.order(order=self.in_force, by=cast.office)

    def issue(self) -> Issue:
        return issues.raise_issue(
            unit=self.cast.unit, title="取证难", department=self.cast.d8, solution="联合勘验",
            party_way="党员突击队", item=self.planned.mu, by=self.cast.head8,
        )  # fmt: skip

    def order(self) -> Mobilisation:
        cast = self.cast
        order = mobilisations.draft(
            unit=cast.unit, title="排口专案", kind="case", purpose="查清排口", coordinator=cast.people["leader"],
            item=self.planned.mu, entry_point=self.planned.knot, starts_on=DAY, ends_on=DAY + timedelta(days=9),
            by=cast.office,
        )  # fmt: skip
        mobilisations.ask_for(
            order=order, kind="people", department=cast.d8, text="办案人员", asked=3, by=cast.office
        )
        return order

    def about(self) -> dict:
        return {
            "task_deploy_plan": self.planned.plan, "task_break_down": self.signed, "task_confirm_due": self.by_default,
            "task_review": self.long, "task_urge": self.signed, "task_ask": self.signed,
            "task_add_milestone": self.signed, "task_reach_milestone": self.milestone, "task_approve": self.change,
            "task_refuse": self.change, "task_withdraw": self.change, "issue": self.raised,
            "issue_write_up": self.raised, "issue_put_forward": self.forward, "issue_study": self.raised,
            "issue_resolve": self.studied, "issue_drop": self.raised, "mobilisation": self.in_force,
            "mobilisation_paper": self.in_force, "mobilisation_ask_for": self.draft, "mobilisation_order": self.draft,
            "mobilisation_leave_out": self.draft.contributions.get(), "mobilisation_settle": self.in_force,
            "mobilisation_call_off": self.in_force, "mobilisation_give": self.in_force.contributions.get(),
        }  # fmt: skip

    def data(self) -> dict:
        cast, day, later = self.cast, DAY.isoformat(), (DAY + timedelta(days=5)).isoformat()
        loose = self.planned.loose.pk
        return {
            "task_feedback": {f"t{self.signed.pk}-text": "办了一半", f"t{self.signed.pk}-was": "",
                              f"t{self.signed.pk}-status": "on_track"},
            "task_new": {"leader": cast.people["leader"].pk, "given_on": day, "words": "请抓紧办", "department": cast.d8.pk,
                         "rhythm": "monthly"},
            "task_deploy_plan": {"item": [loose], f"i{loose}-department": cast.d6.pk, f"i{loose}-due_on": later},
            "task_sign_many": {"task": [self.issued.pk]}, "task_verify_many": {"task": [self.submitted.pk]},
            "task_close_many": {"task": [self.verified.pk]}, "task_urge_many": {"task": [self.signed.pk]},
            "task_break_down": {"p0-title": "分头摸排", "p0-department": cast.d8.pk},
            "task_review": {"text": "一直在做"}, "task_urge": {"text": "请报一句"},
            "task_ask": {"kind": "suspend", "reason": "等批复"},
            "task_add_milestone": {"m-title": "取样完", "m-due_on": later},
            "task_refuse": {"answer": "按原期限办"},
            "issue_raise": {"title": "鉴定慢", "department": cast.d8.pk},
            "issue_write_up": {"solution": "请专家", "party_way": "支部联建"},
            "issue_put_forward": {"meeting": self.meeting.pk},
            "issue_resolve": {"business_result": "取到证", "party_result": "突击队到现场"},
            "issue_drop": {"reason": "并入专项"},
            "mobilisation_draft": {"title": "专案", "kind": "case", "purpose": "办成", "starts_on": day, "ends_on": later,
                                   "coordinator": cast.people["leader"].pk, "item": self.planned.mu.pk},
            "mobilisation_ask_for": {"kind": "money", "text": "专项经费", "asked": "8000", "department": cast.d8.pk},
            "mobilisation_settle": {"result": "查清了", "party_result": "突击队冲在前"},
            "mobilisation_call_off": {"c-reason": "不办了"}, "mobilisation_give": {"given": "2"},
        }  # fmt: skip
