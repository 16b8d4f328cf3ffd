"""The cast itself: cheap, and who it says it is."""

import pytest
from django.db import DatabaseError

from gangmu.events.models import Event
from gangmu.meetings.models import MeetingKind
from tests.cast import Cast, assemble, meeting_final


def test_everybody_has_the_role_of_the_post(cast: Cast):
    roles = {name: str(a.role) for name, a in cast.everybody().items()}
    assert roles == {
        "first": "first", "leader": "leader", "committee": "committee", "party_office": "party_office",
        "office": "office", "head8": "department", "head6": "department", "branch": "branch",
        "organiser": "branch", "staff": "staff", "county_office": "party_office", "superior": "party_office",
        "outsider": "party_office", "stranger": "staff", "system_admin": "system_admin",
        "security_admin": "security_admin", "audit_admin": "audit_admin",
    }  # fmt: skip


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_a_committed_test_leaves_nothing_behind(day, time):
    assert Event.objects.count() == 0
    assert MeetingKind.objects.count() == 7
    cast = assemble()
    meeting_final(cast)
    assert Event.objects.count() == 3
    with pytest.raises(DatabaseError):
        Event.objects.all().delete()
