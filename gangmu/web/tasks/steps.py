"""Which steps a person may take on a task now, and the forms for them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from gangmu.org.actor import Actor
from gangmu.tasks import policies, queries, states
from gangmu.tasks.models import Change, Task
from gangmu.web.tasks.forms import (
    AnswerForm,
    CancelForm,
    MilestoneForm,
    ReasonForm,
    ReportForm,
    ReviewForm,
    SignForm,
    SubmitForm,
    UrgeForm,
)
from gangmu.web.tasks.words import urge_words

OWNER = frozenset({"sign", "report", "submit"})
VERIFIER = frozenset({"verify", "send_back", "close"})


def offered(me: Actor, task: Task, changes: Sequence[Change]) -> set[str]:
    """Verbs: allowed by the state and by the policies. ``changes`` are the task's own."""
    moves = set(states.TASK.verbs(task.state))
    owns, verifies = policies.own_task.allows(me, task), policies.verify_task.allows(me, task)
    issues = policies.issue_task.allows(me, task)
    live, asked = task.state in states.LIVE, next((c for c in changes if c.state == Change.State.ASKED), None)
    can = (moves & OWNER if owns else set()) | (moves & VERIFIER if verifies else set())
    extra = {
        "cancel": issues and "cancel" in moves,
        "break_down": (issues or owns) and "break_down" in moves,
        "confirm_due": owns and live and task.due_by_default,
        "review": verifies and task.long_term and "review" in moves,
        "milestone": (issues or owns) and live,
        "ask": (owns or verifies) and asked is None and (live or task.state == Task.State.SUSPENDED),
        "answer": asked is not None and policies.change_task.allows(me, asked),
        "withdraw": owns and asked is not None,
        "urge": verifies and live,
    }
    return can | {verb for verb, may in extra.items() if may}


def forms(task: Task, me: Actor, today: date) -> dict[str, Any]:
    """Fresh forms, one a verb; choices are asked of the database only when they are drawn."""
    return {
        "sign_form": SignForm(unit_id=task.unit_id, department_id=task.department_id),
        "report_form": ReportForm(status=queries.proposed(task, today)),
        "submit_form": SubmitForm(),
        "reason_form": ReasonForm(),
        "cancel_form": CancelForm(),
        "answer_form": AnswerForm(),
        "urge_form": UrgeForm(initial={"text": urge_words(task, today)}),
        "milestone_form": MilestoneForm(prefix="m"),
        "review_form": ReviewForm(),
    }
