"""作废纪要: the text is not kept."""

import pytest

from gangmu.common.errors import NotAllowed, WrongState
from gangmu.meetings.actions import minutes
from tests.cast import Cast, recorded, refused
from tests.meetings.test_bring_minutes import bring


def test_its_text_is_gone(cast: Cast):
    paper = minutes.drop(paper=bring(cast), by=cast.office)
    paper.refresh_from_db()
    assert (paper.state, paper.source) == ("dropped", {})


def test_a_second_click_is_refused(cast: Cast):
    paper = minutes.drop(paper=bring(cast), by=cast.office)
    with refused(WrongState, paper, says="已作废"):
        minutes.drop(paper=paper, by=cast.office)


@pytest.mark.parametrize("who", ["first", "branch", "staff", "outsider", "audit_admin"])
def test_others_drop_nothing(cast: Cast, who):
    paper = bring(cast)
    with refused(NotAllowed, paper):
        minutes.drop(paper=paper, by=cast.acting(who))


def test_it_is_recorded(cast: Cast):
    paper = bring(cast)
    with recorded("meetings.drop_minutes") as event:
        minutes.drop(paper=paper, by=cast.party_office)
    assert event.object_id == paper.pk
