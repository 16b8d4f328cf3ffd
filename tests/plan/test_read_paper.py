"""导入: a plan in preview, from what was read of a paper."""

from datetime import date

import pytest

from gangmu.common.errors import Invalid, NotAllowed
from gangmu.plan.actions import plans
from gangmu.plan.actions.plans import NewItem, NewParagraph
from gangmu.plan.models import Plan, SourceParagraph
from tests.cast import Cast, recorded, refused

ITEMS = [
    NewItem("一、党建工作", "gang", is_task=False),
    NewItem(
        "党员先锋岗", "gang", level=2, parent=0, guesses=[{"field": "track", "why": "words", "text": "党员"}]
    ),
    NewItem("二、检察业务", "mu", is_task=False),
    NewItem(
        "公益诉讼", "mu", level=2, parent=2, due_on=date(2026, 11, 30), due_kind="date", paragraph_nos=[4]
    ),
]


def read(cast: Cast, *, by=None, items=None, **more) -> Plan:
    values = {"year": 2026, "title": "工作要点", "source_name": "要点.docx", "source_digest": "a" * 64}
    return plans.read_paper(
        unit=cast.unit, items=ITEMS if items is None else items, by=by or cast.party_office,
        paragraphs=[NewParagraph(1, "工作要点", "aside", "标题"), NewParagraph(4, "公益诉讼", "item")],
        **(values | more),
    )  # fmt: skip


def test_the_tree_is_kept_in_its_order(cast: Cast):
    rows = read(cast).items.select_related("parent")
    assert [(r.position, r.level, r.title, r.parent and r.parent.title) for r in rows] == [
        (1, 1, "一、党建工作", None), (2, 2, "党员先锋岗", "一、党建工作"),
        (3, 1, "二、检察业务", None), (4, 2, "公益诉讼", "二、检察业务"),
    ]  # fmt: skip


def test_it_waits_for_a_person_to_look(cast: Cast):
    plan = read(cast)
    assert plan.state == "preview"
    assert [i.title for i in plan.items.exclude(guesses=[])] == ["党员先锋岗"]


def test_every_paragraph_says_where_it_went(cast: Cast):
    assert [(p.no, p.fate, p.why) for p in read(cast).paragraphs.all()] == [
        (1, "aside", "标题"),
        (4, "item", ""),
    ]


def test_joining_departments_come_once_and_without_the_lead(cast: Cast):
    ids = (cast.d6.pk, cast.d8.pk, cast.d6.pk)
    plan = read(cast, items=[NewItem("公益诉讼", "mu", lead_department_id=cast.d8.pk, co_department_ids=ids)])
    assert list(plan.items.get().co_departments.values_list("department_id", flat=True)) == [cast.d6.pk]


def test_the_same_paper_twice_is_refused_and_names_the_first(cast: Cast):
    plan = read(cast)
    with refused(Invalid, plan, says="《工作要点》（待核对）", field="file"):
        read(cast, title="换个题目")
    assert (Plan.objects.count(), SourceParagraph.objects.count()) == (1, 2)


def test_a_dropped_paper_may_come_again(cast: Cast):
    plans.drop(plan=read(cast), by=cast.party_office)
    assert read(cast).state == "preview"


def test_the_same_paper_may_serve_another_year(cast: Cast):
    read(cast)
    assert read(cast, year=2027).pk


def test_a_paper_without_items_stores_nothing(cast: Cast):
    with refused(Invalid, says="没有存下任何内容"):
        read(cast, items=[NewItem("一、党建工作", "gang", is_task=False)])
    assert not Plan.objects.exists()


@pytest.mark.parametrize("who", ["first", "office", "head8", "outsider", "superior", "system_admin"])
def test_only_the_party_office_imports(cast: Cast, who):
    with refused(NotAllowed):
        read(cast, by=cast.acting(who))


def test_it_is_recorded_with_the_file(cast: Cast):
    with recorded("plan.read_paper") as event:
        read(cast)
    assert event.after == {"year": 2026, "file": "要点.docx", "items": 4}
