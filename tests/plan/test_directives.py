"""登记上级要求、答复: what superiors ask, point by point."""

from datetime import timedelta

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.plan import queries
from gangmu.plan.actions import directives, items, plans
from gangmu.plan.models import Directive, DirectivePoint, PointAnswer
from tests.cast import DAY, Cast, directive_received, plan_with_items, recorded, refused


def register(cast: Cast, *, by=None, **more) -> Directive:
    values = {
        "issuer": "省院党组",
        "title": "意见",
        "issued_on": DAY,
        "points": ["一", " ", " 二 "],
        "doc_no": "1号",
    }
    return directives.register(unit=cast.unit, by=by or cast.party_office, **(values | more))


def test_points_are_numbered_and_blank_lines_dropped(cast: Cast):
    assert [(p.no, p.text) for p in register(cast).points.all()] == [(1, "一"), (2, "二")]


def test_at_least_one_point(cast: Cast):
    with refused(Invalid, field="points"):
        register(cast, points=["", " "])
    assert not Directive.objects.exists()


def test_the_same_document_is_registered_once(cast: Cast):
    register(cast)
    with refused(Invalid, says="已经登记过"):
        register(cast)
    assert register(cast, doc_no="").pk and register(cast, doc_no="").pk


def test_a_point_too_long_leaves_nothing_behind(cast: Cast):
    with refused(Invalid):
        register(cast, points=["一", "长" * 301])
    assert not Directive.objects.exists()


@pytest.mark.parametrize("who", ["first", "office", "head8", "outsider", "superior", "audit_admin"])
def test_only_the_party_office_registers(cast: Cast, who):
    with refused(NotAllowed):
        register(cast, by=cast.acting(who))


def test_registering_is_recorded_on_the_day_of_issue(cast: Cast):
    with recorded("plan.register_directive") as event:
        register(cast, issued_on=DAY - timedelta(days=30))
    assert event.happened_on == DAY - timedelta(days=30)
    assert event.after == {"issuer": "省院党组", "doc_no": "1号", "points": 2}


def test_answered_points_are_counted_once(cast: Cast):
    directive, planned = directive_received(cast), plan_with_items(cast)
    for item in (planned.mu, planned.loose):
        directives.answer(point=directive.points.first(), item=item, by=cast.party_office)
    row = queries.directives(cast.unit.pk).get()
    assert (row.total, row.answered) == (2, 1)
    assert [p.no for p in queries.points_answered_by(planned.mu.pk)] == [1]


def test_a_second_click_answers_once(cast: Cast):
    point, item = directive_received(cast).points.first(), plan_with_items(cast).mu
    directives.answer(point=point, item=item, by=cast.party_office)
    with refused(Invalid, says="已经答复"):
        directives.answer(point=point, item=item, by=cast.party_office)
    assert PointAnswer.objects.count() == 1


def test_an_item_of_another_unit_answers_nothing(cast: Cast):
    plan = plans.draft(unit=cast.county, year=2026, title="县院要点", by=cast.county_office)
    item = items.add(plan=plan, title="快办", track="mu", by=cast.county_office)
    point = directive_received(cast).points.first()
    with refused(Invalid, point, field="item"):
        directives.answer(point=point, item=item, by=cast.party_office)


@pytest.mark.parametrize("who", ["first", "head8", "county_office", "outsider", "stranger"])
def test_only_the_party_office_answers(cast: Cast, who):
    point, item = directive_received(cast).points.first(), plan_with_items(cast).mu
    with refused(NotAllowed, point):
        directives.answer(point=point, item=item, by=cast.acting(who))


def test_an_answer_is_recorded_on_directive_and_item(cast: Cast):
    directive, item = directive_received(cast), plan_with_items(cast).mu
    with recorded("plan.answer_point") as event:
        directives.answer(point=directive.points.first(), item=item, by=cast.party_office)
    assert (event.kind, event.object_id) == ("plan.directive", directive.pk)
    assert (event.about, event.after) == ([["plan.planitem", item.pk]], {"point": 1, "item": "公益诉讼专项"})


# ---- in part, not at all ----


def test_a_part_says_what_is_left(cast: Cast):
    point, item = directive_received(cast).points.first(), plan_with_items(cast).mu
    with refused(Invalid, says="还差什么", field="note"):
        directives.answer(point=point, item=item, partly=True, note=" ", by=cast.party_office)
    row = directives.answer(point=point, item=item, partly=True, note="还差队伍", by=cast.party_office)
    counted = queries.directives(cast.unit.pk).get()
    assert row.note == "还差队伍" and (counted.answered, counted.partly, counted.reasoned) == (0, 1, 0)
    assert point in queries.open_points(DirectivePoint.objects.all())


def test_a_point_without_an_item_has_a_reason_with_who_and_when(cast: Cast):
    point = directive_received(cast).points.first()
    with recorded("plan.leave_unanswered"):
        directives.leave_unanswered(point=point, reason=" 不归本院 ", by=cast.party_office)
    point.refresh_from_db()
    assert (point.unanswered_reason, point.unanswered_on) == ("不归本院", DAY)
    assert point.unanswered_by == cast.people["party_office"]
    assert point not in queries.open_points(DirectivePoint.objects.all())
    assert queries.directives(cast.unit.pk).get().reasoned == 1


def test_an_answer_takes_the_reason_away_and_leaves_room_for_none(cast: Cast):
    point, item = directive_received(cast).points.first(), plan_with_items(cast).mu
    directives.leave_unanswered(point=point, reason="不归本院", by=cast.party_office)
    answer = directives.answer(point=point, item=item, by=cast.party_office)
    point.refresh_from_db()
    assert point.unanswered_reason == "" and point.unanswered_by is None
    with refused(WrongState, says="已经有事项落实"):
        directives.leave_unanswered(point=point, reason="不归本院", by=cast.party_office)
    with recorded("plan.withdraw_answer"):
        directives.withdraw_answer(answer=answer, by=cast.party_office)
    assert not point.answers.exists()


def test_a_reason_is_written(cast: Cast):
    point = directive_received(cast).points.first()
    with refused(Invalid, field="reason"):
        directives.leave_unanswered(point=point, reason=" ", by=cast.party_office)


@pytest.mark.parametrize("who", ["head8", "first", "outsider", "audit_admin"])
def test_others_neither_leave_nor_withdraw(cast: Cast, who):
    point, item = directive_received(cast).points.first(), plan_with_items(cast).mu
    answer = directives.answer(point=point, item=item, by=cast.party_office)
    with refused(NotAllowed):
        directives.withdraw_answer(answer=answer, by=cast.acting(who))
    with refused(NotAllowed):
        directives.leave_unanswered(point=point, reason="不归", by=cast.acting(who))
