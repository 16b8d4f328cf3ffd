"""经过: who did it stands on the strand of the work, and a run of one routine is a line."""

import pytest

from gangmu.events import timeline
from gangmu.flow import steps
from gangmu.tasks.actions import mobilisations, tasks
from gangmu.web.wording import timeline_rows
from tests.cast import DAY, Cast, catch_up, plan_with_items


@pytest.mark.parametrize(("side", "drawn"), [("gang", "gang"), ("mu", "mu"), ("", "business")])
def test_what_the_owner_did_is_drawn_where_the_work_belongs(cast: Cast, side, drawn):
    planned = plan_with_items(cast)
    (task,) = steps.deploy_plan(
        plan=planned.plan, rows=[steps.Deployment(planned.mu, cast.d8)], by=cast.office
    )
    tasks.sign(task=task, by=cast.head8)
    catch_up()
    rows = timeline_rows(timeline.of(task), DAY, side)
    assert [(r["step"], r["side"]) for r in rows] == [("部署", "both"), ("签收", drawn)]


@pytest.mark.parametrize("count", [2, 3, 7])
def test_a_run_of_one_routine_leaves_its_last_to_see(cast: Cast, count):
    order = mobilisations.draft(
        unit=cast.unit, title="排口专案", kind="case", purpose="查清排口", coordinator=cast.people["leader"],
        item=plan_with_items(cast).mu, starts_on=DAY, ends_on=DAY, by=cast.office,
    )  # fmt: skip
    for n in range(count):
        mobilisations.ask_for(
            order=order, kind="things", department=cast.d8, text=f"第{n}样", asked=1, by=cast.office
        )
    catch_up()
    _drafted, *rows = timeline_rows(timeline.of(order), DAY)
    if count < 3:
        assert len(rows) == count
    else:
        assert [r["step"] for r in rows] == ["列入", "列入"]
        assert f"另 {count - 1} 条" in rows[0]["title"] and f"第{count - 1}样" in rows[1]["title"]
