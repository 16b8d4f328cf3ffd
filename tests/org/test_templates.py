"""传模板、停模板: the office's own layout of a paper."""

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.org import queries
from gangmu.org.actions import templates
from gangmu.org.models import PaperTemplate
from gangmu.papers.template import sample
from tests.cast import Cast, recorded, refused


def uploaded(cast: Cast, kind: str = "minutes", **more) -> PaperTemplate:
    given = {"unit": cast.unit, "kind": kind, "name": "纪要.docx", "data": sample(kind), "by": cast.office}
    return templates.upload(**given | more)


def test_the_newest_version_that_is_not_retired_is_used(cast: Cast):
    assert queries.template_in_use(cast.unit.pk, "minutes") is None
    first, second = uploaded(cast), uploaded(cast, by=cast.party_office)
    assert (first.version, second.version) == (1, 2)
    assert queries.template_in_use(cast.unit.pk, "minutes") == second
    templates.retire(template=second, by=cast.office)
    assert queries.template_in_use(cast.unit.pk, "minutes") == first
    templates.retire(template=first, by=cast.office)
    assert queries.template_in_use(cast.unit.pk, "minutes") is None


def test_it_belongs_to_one_kind_of_one_unit(cast: Cast):
    uploaded(cast)
    assert queries.template_in_use(cast.unit.pk, "order") is None
    assert queries.template_in_use(cast.county.pk, "minutes") is None


def test_a_template_that_is_not_fit_is_not_kept(cast: Cast):
    with pytest.raises(Invalid, match="docx"):
        uploaded(cast, data=b"no docx")
    with pytest.raises(Invalid, match="不在占位符表里"):
        uploaded(cast, data=sample("notice"))
    assert not PaperTemplate.objects.exists()


def test_retired_once_is_enough(cast: Cast):
    made = uploaded(cast)
    templates.retire(template=made, by=cast.office)
    with pytest.raises(WrongState):
        templates.retire(template=made, by=cast.office)


@pytest.mark.parametrize("who", ["head8", "staff", "leader", "county_office", "outsider", "system_admin"])
def test_only_the_offices_keep_templates(cast: Cast, who):
    made = uploaded(cast)
    with refused(NotAllowed, made):
        uploaded(cast, by=cast.acting(who))
    with refused(NotAllowed, made):
        templates.retire(template=made, by=cast.acting(who))


def test_both_are_recorded(cast: Cast):
    with recorded("org.upload_template") as event:
        made = uploaded(cast)
    assert event.after == {"kind": "minutes", "version": 1, "file": "纪要.docx"}
    with recorded("org.retire_template") as event:
        templates.retire(template=made, by=cast.office)
    assert event.label == "会议纪要模板第1版"
