"""Choosing items in a form: one search for all forms, with nothing lost and nothing judged while one looks."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gangmu.events.models import Event
from gangmu.meetings.models import AgendaItem
from gangmu.plan.actions import amendments
from gangmu.plan.models import PlanItem
from tests.cast import (
    Cast,
    Planned,
    directive_received,
    inspection_visited,
    line_of,
    meeting_convened,
    plan_with_items,
)

MOST = 12
SIZE = 400


@pytest.fixture
def planned(cast: Cast) -> Planned:
    found = plan_with_items(cast)
    PlanItem.objects.bulk_create(
        PlanItem(plan=found.plan, position=10 + n, title=f"大计划事项{n:03d}", text="巡回宣讲" if n == 77 else "",
                 track="mu" if n % 2 else "gang", lead_department=cast.d6)
        for n in range(SIZE)
    )  # fmt: skip
    return found


@pytest.fixture
def office(sign_in) -> Client:
    return sign_in("party_office")


# Form: (the page that shows it, the address it is sent to, the field, what else is typed, the item that is chosen)
FORMS = ["topic", "answer", "amend", "anchor", "tie", "order", "propose", "mobilise", "raise"]


@pytest.fixture
def places(cast: Cast, planned: Planned) -> dict[str, tuple[str, str, str, dict, PlanItem]]:
    point = directive_received(cast).points.first()
    amendment = amendments.begin(plan=planned.plan, reason="有新部署", by=cast.party_office)
    add_topic = reverse("meeting_add_topic", args=[meeting_convened(cast).pk])
    page = reverse("amendment", args=[amendment.pk])
    add_line = reverse("amendment_add_line", args=[amendment.pk])
    line = line_of(inspection_visited(cast, planned), planned.mu)
    visit = reverse("inspection", args=[line.inspection_id]) + f"?line={line.pk}&do=propose"
    return {
        "topic": (add_topic, add_topic, "item", {"title": "打了一半的字"}, planned.loose),
        "answer": (
            reverse("directive", args=[point.directive_id]) + f"?point={point.pk}",
            reverse("directive_answer", args=[point.pk]), "item", {"note": "打了一半的字"}, planned.loose,
        ),
        "amend": (page, add_line, "item", {"title": "打了一半的字", "kind": "change"}, planned.loose),
        "anchor": (page, add_line, "anchor", {"title": "打了一半的字", "kind": "add", "item": "x"}, planned.gang),
        "tie": (
            reverse("entry_queue", args=[planned.plan.pk]) + f"?at={planned.loose.pk}",
            reverse("entry_tie", args=[planned.loose.pk]), "partner", {"expected": "打了一半的字"}, planned.gang,
        ),
        "order": (
            reverse("inspection_new"), reverse("inspection_new"), "items", {"title": "打了一半的字"}, planned.loose,
        ),
        "mobilise": (
            reverse("mobilisation_draft"), reverse("mobilisation_draft"), "item", {"title": "打了一半的字"}, planned.loose,
        ),
        "raise": (reverse("issue_raise"), reverse("issue_raise"), "item", {"title": "打了一半的字"}, planned.loose),
        "propose": (visit, reverse("visit_propose", args=[line.pk]), "gang", {"expected": "打了一半的字"}, planned.gang),
    }  # fmt: skip


def choices(page: str, name: str) -> list[str]:
    """What the field offers, without the empty choice."""
    if select := re.search(rf'<select[^>]* name="{name}"[^>]*>(.*?)</select>', page, re.S):
        return re.findall(r'<option value="\d+"[^>]*>(.*?)</option>', select[1])
    return re.findall(rf'<input type="checkbox" name="{name}"[^>]*><span>(.*?)<', page, re.S)


def chosen(page: str, name: str, pk: int) -> bool:
    """Whether the choice is marked."""
    if re.search(rf'<input type="checkbox" name="{name}"[^>]*value="{pk}"[^>]* checked', page):
        return True
    select = re.search(rf'<select[^>]* name="{name}"[^>]*>(.*?)</select>', page, re.S)
    return bool(select and f'<option value="{pk}" selected>' in select[1])


@pytest.mark.parametrize("which", FORMS)
def test_of_many_items_a_few_are_offered_and_the_search_stands_beside(office, places, which):
    page, _to, name, _typed, _item = places[which]
    with CaptureQueriesContext(connection) as seen:
        text = office.get(page).content.decode()
    assert 20 <= len(choices(text, name)) <= 40 and f'name="{name}-q"' in text
    assert len(seen) <= MOST, "\n".join(q["sql"][:160] for q in seen.captured_queries)


@pytest.mark.parametrize("which", FORMS)
def test_a_search_finds_keeps_what_is_typed_and_chosen_and_stores_nothing(office, places, which):
    _page, to, name, typed, item = places[which]
    events = Event.objects.count()
    with CaptureQueriesContext(connection) as seen:
        answer = office.post(to, {**typed, name: item.pk, f"{name}-q": "事项 29", "find": "1"})
    text = answer.content.decode()
    assert answer.status_code == 200 and Event.objects.count() == events
    found = choices(text, name)
    assert found[0].startswith(item.title) and chosen(text, name, item.pk)
    assert 5 <= len(found) - 1 <= 20 and all("事项" in t and "29" in t for t in found[1:])
    assert "打了一半的字" in text and "gm-err" not in text
    assert len(seen) <= MOST, "\n".join(q["sql"][:160] for q in seen.captured_queries)


@pytest.mark.parametrize("words", ["没有的", "\0", "'\"><script>", "％_%", "字" * 500])
def test_absurd_words_find_nothing_and_break_nothing(office, places, words):
    _page, to, name, typed, _item = places["topic"]
    text = office.post(to, {**typed, f"{name}-q": words, "find": "1", name: "9" * 40}).content.decode()
    assert "<script>" not in text.split("<main", 1)[1].replace("<script src", "")
    assert len(choices(text, name)) <= 30


def test_words_are_looked_for_in_the_text_too(office, places):
    _page, to, name, typed, _item = places["topic"]
    assert choices(office.post(to, {**typed, f"{name}-q": "宣讲", "find": "1"}).content.decode(), name) == [
        "大计划事项077（第六检察部）"
    ]


def test_a_short_plan_is_offered_whole_without_a_search(cast: Cast, office):
    plan_with_items(cast)
    page = office.get(reverse("meeting_add_topic", args=[meeting_convened(cast).pk])).content.decode()
    assert len(choices(page, "item")) == 3 and 'name="item-q"' not in page


def test_a_choice_that_was_found_is_sent_with_the_form(office, places, planned):
    _page, to, name, _typed, _item = places["topic"]
    far = planned.plan.items.get(title="大计划事项399")
    answer = office.post(to, {"title": "研究宣讲", "topic": "business", name: far.pk, f"{name}-q": "宣讲"})
    assert answer.status_code == 302 and AgendaItem.objects.get(item=far).title == "研究宣讲"


@pytest.mark.parametrize("who", ["head8", "organiser"])
def test_who_may_not_write_may_not_look_either(sign_in, places, who):
    _page, to, name, typed, _item = places["order"]
    assert sign_in(who).post(to, {**typed, f"{name}-q": "事项", "find": "1"}).status_code == 403
