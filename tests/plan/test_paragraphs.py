"""列入、并段、定起点: a paragraph that was left out goes into the tree, and the tree begins where a person says."""

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.plan.actions import preview
from gangmu.plan.actions.plans import NewItem
from gangmu.plan.models import Plan, SourceParagraph
from tests.cast import Cast, recorded, refused
from tests.plan.papers import OTHERS, in_force, item_of, read_paper, titles

NEW = NewItem("做好总结", "gang", facet="work")


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return read_paper(cast)


def at(plan: Plan, no: int) -> SourceParagraph:
    return plan.paragraphs.get(no=no)


def do(verb: str, paragraph: SourceParagraph, by) -> object:
    more = {"new": NEW} if verb == "take_in" else {}
    return getattr(preview, verb)(paragraph=paragraph, by=by, **more)


def test_a_note_becomes_an_item_where_it_stands(cast: Cast, plan):
    item = preview.take_in(paragraph=at(plan, 7), new=NEW, by=cast.party_office)
    assert titles(plan)[-1] == "做好总结" and item.parent.title == "党建工作" and item.level == 2
    assert (at(plan, 7).fate, item.paragraph_nos) == ("item", [7])


def test_what_stands_before_everything_comes_first(cast: Cast, plan):
    item = preview.take_in(paragraph=at(plan, 1), new=NEW, by=cast.party_office)
    assert titles(plan)[0] == "做好总结" and item.parent is None and item.level == 1


def test_a_note_becomes_text_of_the_item_before(cast: Cast, plan):
    item = preview.join(paragraph=at(plan, 7), by=cast.party_office)
    assert item.title == "建强先锋岗" and item.text == "做好总结。" and item.paragraph_nos == [6, 7]


def test_there_must_be_an_item_before(cast: Cast, plan):
    with refused(Invalid, says="自成一项"):
        preview.join(paragraph=at(plan, 1), by=cast.party_office)


@pytest.mark.parametrize("verb", ["take_in", "join"])
def test_a_paragraph_is_not_taken_twice(cast: Cast, plan, verb):
    paragraph = at(plan, 7)
    do(verb, paragraph, cast.party_office)
    with refused(Invalid, says="已经在事项里"):
        do(verb, paragraph, cast.party_office)


def test_the_items_begin_where_a_person_says(cast: Cast, plan):
    preview.start_at(paragraph=at(plan, 4), by=cast.party_office)
    assert titles(plan) == ["做实执行监督", "党建工作", "建强先锋岗"]
    first = item_of(plan, "做实执行监督")
    assert first.parent is None and first.level == 1
    assert item_of(plan, "建强先锋岗").level == 2
    assert [at(plan, n).fate for n in (1, 2, 3, 4)] == ["aside", "note", "note", "item"]


@pytest.mark.parametrize(("no", "says"), [(2, "前面没有"), (7, "没有读出事项")])
def test_a_beginning_has_something_before_it_and_something_after(cast: Cast, plan, no, says):
    with refused(Invalid, says=says):
        preview.start_at(paragraph=at(plan, no), by=cast.party_office)
    assert len(titles(plan)) == 5


VERBS = {"take_in": "plan.take_in", "join": "plan.join_paragraph", "start_at": "plan.start_at"}


@pytest.mark.parametrize("verb", VERBS)
def test_a_plan_in_force_is_left_alone(cast: Cast, plan, verb):
    in_force(plan)
    with refused(WrongState, at(plan, 7)):
        do(verb, at(plan, 7), cast.party_office)


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("verb", VERBS)
def test_only_the_party_office_does_it(cast: Cast, plan, verb, who):
    with refused(NotAllowed, at(plan, 7)):
        do(verb, at(plan, 7), cast.acting(who))


@pytest.mark.parametrize("verb", VERBS)
def test_it_is_recorded(cast: Cast, plan, verb):
    with recorded(VERBS[verb]):
        do(verb, at(plan, 4 if verb == "start_at" else 7), cast.party_office)
