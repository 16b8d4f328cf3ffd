"""A paper as it was read: what the tests of its preview start from."""

from gangmu.plan.actions import plans
from gangmu.plan.actions.plans import NewItem, NewParagraph
from gangmu.plan.models import Plan, PlanItem
from tests.cast import Cast

TEXTS = (
    ("江州市人民检察院2027年工作要点", "aside"),
    ("一、检察业务工作", "item"),
    ("（一）办好公益诉讼案件。清排口；建台账。", "item"),
    ("（二）做实执行监督。检委办、第六检察部负责。", "item"),
    ("二、党建工作", "item"),
    ("（一）建强先锋岗。", "item"),
    ("做好总结。", "note"),
)
POSITION = {"field": "lead", "why": "position", "text": "首位单位可能为牵头单位"}


def read_paper(cast: Cast, **more: object) -> Plan:
    """Two headings; under the first two business tasks, under the second a party task; a note at the end."""
    unknown = {"field": "lead", "why": "unknown", "names": ["检委办"], "text": "本院没有这个部门：检委办"}
    d6, d8 = cast.d6.pk, cast.d8.pk
    items = [
        NewItem("检察业务工作", "mu", is_task=False, label="一、", paragraph_nos=[2]),
        NewItem("办好公益诉讼案件", "mu", level=2, parent=0, label="（一）", text="清排口；建台账。", units_raw="第八检察部、第六检察部",
                co_department_ids=(d8, d6), guesses=[POSITION | {"value": d8}], paragraph_nos=[3]),
        NewItem("做实执行监督", "mu", level=2, parent=0, label="（二）", units_raw="检委办、第六检察部",
                co_department_ids=(d6,), guesses=[unknown], paragraph_nos=[4]),
        NewItem("党建工作", "gang", is_task=False, label="二、", paragraph_nos=[5]),
        NewItem("建强先锋岗", "gang", level=2, parent=3, label="（一）", facet="work", lead_department_id=cast.party.pk,
                paragraph_nos=[6]),
    ]  # fmt: skip
    given = {
        "year": 2027,
        "title": "江州市人民检察院2027年工作要点",
        "source_name": "要点.txt",
        "source_digest": "a",
    }
    return plans.read_paper(
        unit=cast.unit, items=items, by=cast.party_office,
        paragraphs=[NewParagraph(no, text, fate) for no, (text, fate) in enumerate(TEXTS, start=1)],
        **(given | more),
    )  # fmt: skip


def titles(plan: Plan, **only: object) -> list[str]:
    """In the order of the plan, checked to be an order."""
    rows = list(plan.items.order_by("position"))
    assert len({r.position for r in rows}) == len(rows)
    return [r.title for r in rows if all(getattr(r, name) == value for name, value in only.items())]


def item_of(plan: Plan, title: str) -> PlanItem:
    return plan.items.get(title=title)


def in_force(plan: Plan) -> Plan:
    Plan.objects.filter(pk=plan.pk).update(state="adopted")
    plan.refresh_from_db()
    return plan


OTHERS = ("first", "office", "head8", "outsider", "county_office", "stranger")
