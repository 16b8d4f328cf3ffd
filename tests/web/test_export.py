"""Downloads: what is recorded, as Word, and nothing else."""

import io

import docx
import pytest
from django.urls import reverse

from gangmu.papers.outline import outline
from gangmu.papers.read import read
from tests.cast import Cast, decided, inspection_ordered, plan_with_items, task_issued


@pytest.fixture
def sign_in(client, cast: Cast, settings):
    def _in(who: str):
        client.force_login(cast.users[who], backend=settings.AUTHENTICATION_BACKENDS[-1])
        return client

    return _in


def text_of(response) -> str:
    document = docx.Document(io.BytesIO(response.content))
    cells = [c.text for t in document.tables for r in t.rows for c in r.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells)


def test_the_thread_of_an_item_has_its_knots_and_tasks(cast, sign_in):
    planned = plan_with_items(cast)
    task_issued(cast, item=planned.mu)
    response = sign_in("head8").get(reverse("item_thread", args=[planned.mu.pk]))
    text = text_of(response)
    assert response.status_code == 200
    assert planned.mu.title in text and planned.knot.expected in text and "整理排口清单" in text


def test_the_minutes_have_the_decision_its_owner_and_its_date(cast, sign_in):
    decision = decided(cast)
    meeting = decision.agenda_item.meeting
    text = text_of(sign_in("party_office").get(reverse("meeting_minutes", args=[meeting.pk])))
    assert decision.text.rstrip("。") in text and str(decision.department) in text
    assert f"{decision.due_on.month}月{decision.due_on.day}日" in text


def test_the_order_of_a_visit_names_both_sides_and_what_was_promised(cast, sign_in):
    planned = plan_with_items(cast)
    order = inspection_ordered(cast, planned)
    text = text_of(sign_in("party_office").get(reverse("inspection_order", args=[order.pk])))
    for member in order.team.select_related("person"):
        assert member.person.name in text
    assert planned.knot.expected in text


def test_a_plan_that_went_out_comes_in_as_the_same_tree(cast, sign_in):
    planned = plan_with_items(cast)
    response = sign_in("party_office").get(reverse("plan_paper", args=[planned.plan.pk]))
    paper = outline(read(response.content, "计划.docx"), year=planned.plan.year)
    rows = list(planned.plan.items.filter(is_task=True).order_by("position"))
    assert [i.title for i in paper.leaves()] == [r.title for r in rows]
    assert [i.lead for i in paper.leaves()] == [
        [r.lead_department.name] if r.lead_department else [] for r in rows
    ]
