"""拆开: one item becomes two or more, nothing of its words is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.plan import queries
from gangmu.plan.actions import preview
from gangmu.plan.models import PlanItem
from tests.cast import Cast, assemble, recorded, refused
from tests.plan.papers import OTHERS, in_force, item_of, read_paper, titles


@pytest.fixture
def item(cast: Cast) -> PlanItem:
    return item_of(read_paper(cast), "办好公益诉讼案件")


def test_it_is_cut_where_the_sentences_begin(cast: Cast, item):
    first, second = preview.split(item=item, at=[1], by=cast.party_office)
    assert (first.title, first.text) == ("办好公益诉讼案件", "")
    assert (second.title, second.text) == ("清排口", "建台账。")
    assert titles(item.plan)[:4] == ["检察业务工作", "办好公益诉讼案件", "清排口", "做实执行监督"]


def test_several_cuts_at_once(cast: Cast, item):
    assert [p.title for p in preview.split(item=item, at=[2, 1], by=cast.party_office)] == [
        "办好公益诉讼案件", "清排口", "建台账",
    ]  # fmt: skip


def test_units_deadline_and_guesses_are_said_of_every_part(cast: Cast, item):
    _first, second = preview.split(item=item, at=[1], by=cast.party_office)
    assert second.guesses == item.guesses and second.parent_id == item.parent_id
    assert [c.department for c in second.co_departments.all()] == [cast.d8, cast.d6]
    assert second.paragraph_nos == [3]


@pytest.mark.parametrize(
    ("at", "says"), [([], "先选从哪一句"), ([0], "没有这一句"), ([3], "没有这一句"), ([99999], "没有这一句")]
)
def test_there_must_be_a_place_to_cut(cast: Cast, item, at, says):
    with refused(Invalid, item, says=says):
        preview.split(item=item, at=at, by=cast.party_office)


def test_a_plan_in_force_is_left_alone(cast: Cast, item):
    in_force(item.plan)
    with refused(WrongState, item, says="变更"):
        preview.split(item=PlanItem.objects.get(pk=item.pk), at=[1], by=cast.party_office)


@pytest.mark.parametrize("who", OTHERS)
def test_only_the_party_office_splits(cast: Cast, item, who):
    with refused(NotAllowed, item):
        preview.split(item=item, at=[1], by=cast.acting(who))


def test_it_is_recorded(cast: Cast, item):
    with recorded("plan.split_item") as event:
        preview.split(item=item, at=[1], by=cast.party_office)
    assert event.before == {"title": "办好公益诉讼案件"}
    assert event.after == {"titles": ["办好公益诉讼案件", "清排口"]}


class NothingIsLost(TestCase):
    """For any text and any cuts."""

    @settings(max_examples=25, deadline=None)
    @given(
        st.lists(st.text("清排口建台账，、1", min_size=1, max_size=12), min_size=2, max_size=6),
        st.sets(st.integers(1, 5), min_size=1, max_size=3),
    )
    def test_the_words_stay_in_their_order(self, sentences, cuts):
        cast = assemble()
        item = item_of(read_paper(cast), "办好公益诉讼案件")
        PlanItem.objects.filter(pk=item.pk).update(text="。".join(sentences) + "。")
        item.refresh_from_db()
        count = len(queries.pieces(item))
        cuts = {c for c in cuts if c < count}
        if not cuts:
            return
        before = "".join(queries.pieces(item))
        parts = preview.split(item=item, at=cuts, by=cast.party_office)
        after = "".join(p.title + p.text for p in parts)
        assert after.replace("。", "") == before.replace("。", "")
        assert len(parts) == len(cuts) + 1
