"""A revised paper beside the plan it revises: only what is ticked is taken."""

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.flow import reading, rereading
from gangmu.plan.actions import amendments, items, plans
from gangmu.plan.models import Plan
from tests.cast import DAY, Cast, event_ids, refused
from tests.plan.papers import in_force, titles

TEXT = """江州市人民检察院2027年工作要点
一、检察业务工作
（一）办好公益诉讼案件。清排口。牵头部门：第八检察部。完成时限：2027年9月底前。
（二）做实执行监督。开展专项。牵头部门：第六检察部。完成时限：2027年6月底前。
二、党建工作
（一）建强先锋岗。设岗。牵头部门：机关党委。完成时限：2027年12月底前。
（二）办好主题党日。牵头部门：机关党委。完成时限：2027年12月底前。
"""
REVISED = """江州市人民检察院2027年工作要点（定稿）
一、检察业务工作
（一）办好公益诉讼重点案件。清排口。牵头部门：第八检察部。完成时限：2027年10月底前。
（二）做好法治副校长工作。牵头部门：第六检察部。完成时限：2027年8月底前。
二、党建工作
（一）建强先锋岗。设岗。牵头部门：办公室。完成时限：2027年12月底前。
（二）做实执行监督。开展专项。牵头部门：第六检察部。完成时限：2027年6月底前。
"""


def read(cast: Cast, text: str) -> Plan:
    return reading.import_plan(
        data=text.encode(), name="要点.txt", unit=cast.unit, year=2027, by=cast.party_office
    )


@pytest.fixture
def base(cast: Cast) -> Plan:
    return read(cast, TEXT)


@pytest.fixture
def revised(cast: Cast, base) -> Plan:
    return read(cast, REVISED)


def said(changes: list[rereading.Change]) -> dict[str, dict[str, tuple[str, str]]]:
    return {f"{c.kind} {c.title}": {f.name: (f.before, f.after) for f in c.fields} for c in changes}


def test_added_removed_changed_and_moved(base, revised):
    assert said(rereading.compare(base, revised)) == {
        "changed 办好公益诉讼案件": {
            "title": ("办好公益诉讼案件", "办好公益诉讼重点案件"),
            "due": ("2027-09-30", "2027-10-31"),
        },
        "added 做好法治副校长工作": {},
        "changed 建强先锋岗": {"lead_department": ("机关党委", "办公室")},
        "changed 做实执行监督": {"place": ("检察业务工作", "党建工作")},
        "removed 办好主题党日": {},
    }


def test_a_paper_beside_itself_has_no_differences(base):
    assert rereading.compare(base, base) == []


def test_the_same_words_in_another_file_change_nothing(cast: Cast, base):
    assert rereading.compare(base, read(cast, TEXT + "\n")) == []


def test_a_lead_that_is_only_proposed_is_no_difference(cast: Cast):
    listed = TEXT.replace("牵头部门：第八检察部", "责任单位：第八检察部、第六检察部")
    base = read(cast, listed)
    items.accept_all_guesses(plan=base, by=cast.party_office)
    assert rereading.compare(base, read(cast, listed + "\n")) == []


def take(cast: Cast, base: Plan, revised: Plan, *starts: str) -> list[str]:
    changes = rereading.compare(base, revised)
    keys = [c.key for c in changes if f"{c.kind} {c.title}".startswith(starts)]
    assert len(keys) == len(starts)
    return [c.title for c in rereading.accept(base=base, revised=revised, keys=keys, by=cast.party_office)]


def test_only_what_is_ticked_changes(cast: Cast, base, revised):
    assert take(cast, base, revised, "changed 办好公益", "added 做好法治") == [
        "办好公益诉讼案件",
        "做好法治副校长工作",
    ]
    assert titles(base) == [
        "检察业务工作", "办好公益诉讼重点案件", "做实执行监督", "做好法治副校长工作", "党建工作", "建强先锋岗", "办好主题党日",
    ]  # fmt: skip
    assert base.items.get(title="建强先锋岗").lead_department == cast.party
    new = base.items.get(title="做好法治副校长工作")
    assert (new.label, str(new.due_on), new.lead_department) == ("（二）", "2027-08-31", cast.d6)
    revised.refresh_from_db()
    assert (revised.state, revised.revises) == ("dropped", base)


def test_everything_ticked_leaves_no_difference(cast: Cast, base, revised):
    changes = rereading.compare(base, revised)
    rereading.accept(base=base, revised=revised, keys=[c.key for c in changes], by=cast.party_office)
    assert rereading.compare(base, revised) == []
    assert titles(base) == [
        "检察业务工作",
        "办好公益诉讼重点案件",
        "做好法治副校长工作",
        "党建工作",
        "建强先锋岗",
        "做实执行监督",
    ]


def test_nothing_ticked_puts_the_paper_away_and_changes_nothing(cast: Cast, base, revised):
    before = titles(base)
    rereading.accept(base=base, revised=revised, keys=[], by=cast.party_office)
    revised.refresh_from_db()
    assert titles(base) == before and revised.state == "dropped"


def test_what_somebody_changed_meanwhile_is_looked_at_again(cast: Cast, base, revised):
    keys = [c.key for c in rereading.compare(base, revised)]
    items.set_aside(item=base.items.get(title="办好主题党日"), by=cast.party_office)
    events = event_ids()
    with pytest.raises(Invalid, match="再看一遍"):
        rereading.accept(base=base, revised=revised, keys=keys, by=cast.party_office)
    assert event_ids() == events and "办好公益诉讼案件" in titles(base)


@pytest.mark.parametrize("key", ["", "x", "a1-2", "c'--", "r999999-"])
def test_a_made_up_key_takes_nothing(cast: Cast, base, revised, key):
    with refused(Invalid, base, revised):
        rereading.accept(base=base, revised=revised, keys=[key], by=cast.party_office)


def test_a_plan_in_force_gets_an_amendment_and_is_not_edited(cast: Cast, base, revised):
    in_force(base)
    assert rereading.takes_changes(base)
    before = titles(base)
    keys = [c.key for c in rereading.compare(base, revised)]
    rereading.accept(base=base, revised=revised, keys=keys, by=cast.party_office)
    amendment = base.amendments.get()
    assert amendment.state == "draft" and revised.title in amendment.reason
    assert titles(base) == before, "nothing is edited beside the amendment"
    assert {line.kind for line in amendment.lines.all()} == {"add", "change", "drop"}


def test_what_the_revised_paper_adds_comes_where_it_has_it(cast: Cast, base):
    with_more = TEXT.replace(
        "（二）做实执行监督", "（二）做好法治副校长工作。牵头部门：第六检察部。\n（三）建好公益诉讼观察点。牵头部门：第八检察部。\n（四）做实执行监督"
    ).replace("（一）建强先锋岗", "（一）评好先锋岗。牵头部门：机关党委。\n（二）建强先锋岗")  # fmt: skip
    in_force(base)
    revised = read(cast, with_more)
    keys = [c.key for c in rereading.compare(base, revised)]
    rereading.accept(base=base, revised=revised, keys=keys, by=cast.party_office)
    amendment = base.amendments.get()
    amendments.propose(amendment=amendment, by=cast.party_office)
    amendments.adopt(amendment=amendment, on=DAY, by=cast.party_office)
    assert titles(base) == [
        "检察业务工作", "办好公益诉讼案件", "做好法治副校长工作", "建好公益诉讼观察点", "做实执行监督",
        "党建工作", "建强先锋岗", "办好主题党日", "评好先锋岗",
    ]  # fmt: skip
    made = base.items.get(title="评好先锋岗")
    assert made.parent.title == "党建工作" and rereading.compare(base, read(cast, with_more + "\n")) == []


def test_what_comes_under_a_new_item_comes_behind_it(cast: Cast, base):
    more = TEXT.replace(
        "二、党建工作", "（三）办好专项活动。牵头部门：第八检察部。\n1.清查台账。牵头部门：第六检察部。\n2.办好个案。牵头部门：第六检察部。\n二、党建工作"
    )  # fmt: skip
    in_force(base)
    revised = read(cast, more)
    found = [c.key for c in rereading.compare(base, revised) if c.kind == "added"]
    rereading.accept(base=base, revised=revised, keys=found, by=cast.party_office)
    anchors = [line.after.get("anchor") for line in base.amendments.get().lines.filter(kind="add")]
    assert set(anchors) == {base.items.get(title="做实执行监督").pk}


def test_what_an_amendment_took_out_is_not_compared(cast: Cast, base):
    in_force(base)
    base.items.filter(title="办好主题党日").update(dropped_on=DAY)
    without = read(
        cast, TEXT.replace("（二）办好主题党日。牵头部门：机关党委。完成时限：2027年12月底前。\n", "")
    )
    assert rereading.compare(base, without) == []


def test_only_what_is_ticked_stands_in_the_amendment(cast: Cast, base, revised):
    in_force(base)
    take(cast, base, revised, "changed 办好公益")
    assert [str(line.item) for line in base.amendments.get().lines.all()] == ["办好公益诉讼案件"]


def test_a_second_amendment_beside_an_open_one_is_refused(cast: Cast, base, revised):
    in_force(base)
    amendments.begin(plan=base, reason="另有调整", by=cast.party_office)
    key = rereading.compare(base, revised)[0].key
    with refused(Invalid, base, revised):
        rereading.accept(base=base, revised=revised, keys=[key], by=cast.party_office)


def test_a_plan_that_is_over_takes_nothing(cast: Cast, base, revised):
    in_force(base)
    plans.close(plan=base, by=cast.party_office)
    base.refresh_from_db()
    assert not rereading.takes_changes(base)
    with refused(WrongState, base, revised, says="不再改动"):
        rereading.accept(base=base, revised=revised, keys=[], by=cast.party_office)


@pytest.mark.parametrize("who", ["first", "head8", "outsider"])
def test_only_the_party_office_takes_over(cast: Cast, base, revised, who):
    keys = [c.key for c in rereading.compare(base, revised)]
    with refused(NotAllowed, base, revised):
        rereading.accept(base=base, revised=revised, keys=keys, by=cast.acting(who))


def test_350_items_are_compared_in_few_queries(cast: Cast, django_assert_max_num_queries):
    lines = "".join(f"{n}.办好第{n}类案件{n * 7919}。牵头部门：第八检察部。\n" for n in range(1, 351))
    head = "江州市人民检察院2027年工作要点\n一、检察业务工作\n"
    one, two = read(cast, head + lines), read(cast, head + lines.replace("办好第", "办实第"))
    with django_assert_max_num_queries(6):
        found = rereading.compare(one, two)
    assert len(found) == 350 and {c.kind for c in found} == {"changed"}
