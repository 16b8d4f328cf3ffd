"""Honours at the end of the story: a department, a branch, a person; one registered twice and withdrawn; one of a county."""

from gangmu.cli.demo.calendar import Story
from gangmu.cli.demo.people import Cast
from gangmu.common import clock
from gangmu.common.periods import add_months
from gangmu.plan.models import PlanItem
from gangmu.review.actions import honours
from gangmu.review.actions.honours import Recipients
from gangmu.tasks.models import Task


def live(cast: Cast, story: Story, found: dict[str, PlanItem]) -> None:
    _river(cast, story, found)
    _branch(cast, story, found)
    _person(cast, story, found)
    _county(cast.counties[0], story)


def _task_of(item: PlanItem) -> Task:
    return item.tasks.exclude(state=Task.State.CANCELLED).order_by("pk")[0]


def _river(cast: Cast, story: Story, found: dict[str, PlanItem]) -> None:
    """Conferred on the department that led the river case, with the party work that carried it."""
    day, office = story.workday(11, 23), cast.act("机关党委")
    with clock.at(day):
        row = honours.register(
            unit=cast.unit, title="全省公益诉讼办案先进集体", issuer="省人民检察院", level="province", award="system",
            doc_no=f"省检发〔{day.year}〕46号", given_on=day, task=_task_of(found["清澜河流域公益诉讼"]),
            reason="十二处排口年内立案到位", recipients=Recipients(departments=[cast.departments["第八检察部"]]), by=office,
        )  # fmt: skip
        honours.link(
            honour=row,
            item=found["党员先锋岗进办案一线"],
            reason="夜查、取样由党员带班，专报写到了这一条",
            by=office,
        )
        twice = honours.register(
            unit=cast.unit, title="全省检察机关公益诉讼先进集体", issuer="省人民检察院", level="province", award="system",
            given_on=day, recipients=Recipients(departments=[cast.departments["第八检察部"]]), by=cast.act("办公室"),
        )  # fmt: skip
        honours.withdraw(honour=twice, reason="和党办登记的是同一个表彰，登重了", by=office)


def _branch(cast: Cast, story: Story, found: dict[str, PlanItem]) -> None:
    """两优一先, in force for three years."""
    day = story.workday(7, 1)
    with clock.at(day):
        honours.register(
            unit=cast.unit, title="市直机关先进基层党组织", issuer="市直机关工委", level="city", award="party",
            doc_no=f"云直工发〔{day.year}〕18号", given_on=day, until=add_months(day, 36),
            item=found["重大案件临时党支部办法"], reason="临时党支部的做法在全市推开",
            recipients=Recipients(party_orgs=[cast.branches[7]]), by=cast.act("机关党委"),
        )  # fmt: skip


def _person(cast: Cast, story: Story, found: dict[str, PlanItem]) -> None:
    day = story.workday(10, 20)
    with clock.at(day):
        honours.register(
            unit=cast.unit, title="个人三等功", issuer="云泽市委、市政府", level="city", award="third",
            doc_no=f"云泽委〔{day.year}〕73号", given_on=day, task=_task_of(found["支持农民工起诉"]),
            reason="欠薪案件当周受理、支持起诉", recipients=Recipients(people=[cast.people["第六检察部"]]),
            by=cast.act("机关党委"),
        )  # fmt: skip


def _county(county: Cast, story: Story) -> None:
    """The city reads it, and nobody reports it again."""
    day, by = story.workday(9, 15), county.act("office")
    item = PlanItem.objects.filter(plan__unit=county.unit, track="mu").select_related("plan").first()
    with clock.at(day):
        honours.register(
            unit=county.unit, title="全县平安单位", issuer="临溪县委、县政府", level="county", award="other", given_on=day,
            item=item, recipients=Recipients(unit=True), by=by,
        )  # fmt: skip
