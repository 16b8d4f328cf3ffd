"""The demo city: everything in order, by actions only."""

from gangmu.cli.demo import (
    dues_year,
    honour_year,
    meeting_year,
    people,
    plan_year,
    task_year,
    visit_year,
    work_year,
)
from gangmu.cli.demo.calendar import Story
from gangmu.common import clock, source
from gangmu.events import readers
from gangmu.org.models import User
from gangmu.rules import store


def build() -> None:
    """Make the city and let it live through twelve months that end today. Needs an empty, migrated database."""
    story = Story(clock.today())
    start = story.day(0, 1)
    with readers.asleep(), source.through("demo"):
        with clock.at(start):
            cast = people.settle(start)
            meeting_year.standing(cast, start)
            for number, county in enumerate(cast.counties, start=1):
                people.county_account(county, number, cast.users["机关党委"].password)
        _live(cast, story)
    store.recheck()


def _live(cast: people.Cast, story: Story) -> None:
    kinds = meeting_year.Kinds()
    plan_year.receive_directives(cast, story)
    plan, found = plan_year.make_plan(cast, story, kinds)
    made = work_year.deploy(cast, story, found)
    work_year.cancel_one(cast, story, found["涉企挂案清理"])
    office = cast.act("机关党委")
    for index in range(12):
        meeting_year.leading_month(cast, story, index, kinds, found)
        meeting_year.branch_month(cast, story, index, kinds, office)
        dues_year.collect(cast, story, index)
    for county in cast.counties:
        with clock.at(story.day(0, 1)):
            county.act("office")
        plan_year.county_plan(county, story, kinds)
        for index in range(12):
            meeting_year.branch_month(county, story, index, kinds, county.act("office"))
    work_year.carry_out(cast, story, made)
    work_year.carry_out_decisions(cast, story)
    work_year.inspect(cast, story, plan, found)
    visit_year.live(cast, story, found)
    task_year.live(cast, story, found)
    honour_year.live(cast, story, found)


def sign_ins() -> list[str]:
    """What ``serve`` prints: only where the demo city is in the database."""
    shown = {
        "shen": "党办主任 沈知白", "wen": "党组书记 温若谷", "jiang": "第八检察部主任 江映川",
        "ning": "第三党支部组织委员 宁采薇", "pei": "办公室主任 裴明朗", "gu": "机关党委书记 顾行之",
        "auditor": "审计管理员",
    }  # fmt: skip
    found = {u.username: u for u in User.objects.filter(username__in=shown)}
    if "shen" not in found or not found["shen"].check_password(people.PASSWORD):
        return []
    return [f"{name:8} {people.PASSWORD}   {who}" for name, who in shown.items() if name in found]
