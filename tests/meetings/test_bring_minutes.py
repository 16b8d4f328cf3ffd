"""导入纪要: a paper of minutes is kept until a person has looked it over."""

import pytest

from gangmu.common.errors import Invalid, NotAllowed
from gangmu.meetings import policies
from gangmu.meetings.actions import minutes
from gangmu.meetings.models import MinutesPaper
from tests.cast import Cast, recorded, refused

SOURCE = {"name": "纪要.txt", "format": "txt", "encoding": "utf-8", "paragraphs": [], "warnings": []}


def bring(cast: Cast, who: str = "party_office", digest: str = "a" * 64, **more) -> MinutesPaper:
    return minutes.bring(
        unit=cast.unit, name="纪要.txt", digest=digest, source=SOURCE, by=cast.acting(who), **more
    )


@pytest.mark.parametrize("who", ["party_office", "office", "committee", "branch", "organiser", "head6"])
def test_whoever_convenes_brings_minutes(cast: Cast, who):
    paper = bring(cast, who)
    assert (paper.state, paper.brought_by, paper.meeting) == ("preview", cast.people[who], None)


def test_the_same_file_twice_is_refused_until_the_first_is_dropped(cast: Cast):
    first = bring(cast)
    with refused(Invalid, first, says="已经导入过", field="file"):
        bring(cast, "office")
    minutes.drop(paper=first, by=cast.party_office)
    assert bring(cast).pk != first.pk


@pytest.mark.parametrize("who", ["first", "leader", "head8", "staff", "outsider", "audit_admin"])
def test_others_bring_nothing(cast: Cast, who):
    with refused(NotAllowed):
        bring(cast, who)


def test_it_is_recorded_with_the_name_of_the_file_and_no_text(cast: Cast):
    with recorded("meetings.bring_minutes") as event:
        paper = bring(cast)
    assert (event.object_id, event.after) == (paper.pk, {"file": "纪要.txt"})


def test_what_a_branch_brought_is_seen_by_it_and_by_the_office(cast: Cast):
    paper = bring(cast, "branch")
    seen = {
        who
        for who in cast.people
        if who in cast.users and policies.see_minutes.allows(cast.acting(who), paper)
    }
    assert seen == {"branch", "first", "committee", "party_office", "office"}
    worked = {who for who in seen if policies.work_minutes.allows(cast.acting(who), paper)}
    assert worked == seen - {"first"}
