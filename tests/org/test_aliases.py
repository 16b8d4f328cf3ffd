"""记别名、忘别名: another name of a department, met in a paper."""

import pytest

from gangmu.common.errors import Invalid, NotAllowed
from gangmu.org import queries
from gangmu.org.actions import aliases
from gangmu.org.models import DepartmentAlias
from tests.cast import Cast, recorded, refused


def remember(cast: Cast, name: str = "检委办", department=None, by=None) -> DepartmentAlias:
    return aliases.remember(
        department=department or cast.support, name=name, source="2027年要点", by=by or cast.party_office
    )


def test_the_name_is_known_from_then_on(cast: Cast):
    with recorded("org.remember_alias") as event:
        alias = remember(cast)
    assert queries.names(cast.unit.pk).department("检委办") == cast.support.pk
    assert event.after == {"name": "检委办", "source": "2027年要点"} and alias.noted_on


def test_the_same_twice_is_no_harm(cast: Cast):
    with recorded("org.remember_alias"):
        assert remember(cast) == remember(cast)
    assert list(queries.remembered_aliases(cast.unit.pk)) == [DepartmentAlias.objects.get()]


def test_one_name_is_one_department(cast: Cast):
    remember(cast)
    for name in ("检委办", "第八检察部"):
        with refused(Invalid, says="已经认作"):
            remember(cast, name, cast.d6)


def test_it_can_be_forgotten(cast: Cast):
    alias = remember(cast)
    with recorded("org.forget_alias"):
        aliases.forget(alias=alias, by=cast.party_office)
    assert queries.names(cast.unit.pk).department("检委办") is None


def test_a_name_given_with_the_department_stays(cast: Cast):
    alias = DepartmentAlias.objects.create(department=cast.d8, name="八部")
    with refused(Invalid, alias, says="登记部门"):
        aliases.forget(alias=alias, by=cast.party_office)


@pytest.mark.parametrize("who", ["first", "office", "head8", "outsider", "county_office", "system_admin"])
def test_only_the_party_office_of_the_unit(cast: Cast, who):
    alias = remember(cast)
    with refused(NotAllowed, alias):
        remember(cast, "检务办", by=cast.acting(who))
    with refused(NotAllowed, alias):
        aliases.forget(alias=alias, by=cast.acting(who))
