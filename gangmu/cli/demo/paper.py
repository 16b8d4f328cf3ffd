"""The plan as the party office would have typed it: a Word file that the demo writes and then imports."""

from datetime import date

from gangmu.cli.demo import content
from gangmu.cli.demo.calendar import Story
from gangmu.papers.model import Due, Item, Outline
from gangmu.papers.write import write_plan


def plan_docx(story: Story) -> bytes:
    """About sixty tasks in two chapters, 纲 by facet and 目 by department."""
    gang = Item(label="一、", level=1, title="党建工作")
    for number, (facet, rows) in enumerate(content.GANG.items()):
        gang.children.append(_chapter(number, facet, [_task(story, i, row) for i, row in enumerate(rows)]))
    mu = Item(label="二、", level=1, title="检察业务工作")
    for number, (department, business) in enumerate(content.MU.items()):
        tasks = [
            _task(story, i, (title, department, co, due, text))
            for i, (title, co, due, text) in enumerate(business)
        ]
        mu.children.append(_chapter(number, department + "工作", tasks))
    outline = Outline(
        title=f"{content.CITY}{story.year}年党建与检察业务工作要点", doc_no=f"云检党发〔{story.year}〕3号",
        issuer=content.CITY, year=story.year, items=[gang, mu], kind="plan",
    )  # fmt: skip
    return write_plan(outline)


def _chapter(number: int, title: str, tasks: list[Item]) -> Item:
    return Item(
        label=f"（{'一二三四五六七八九十'[number] if number < 10 else '十一'}）",
        level=2,
        title=title,
        children=tasks,
    )


def _task(story: Story, number: int, row: content.Row) -> Item:
    title, lead, co, due, text = row
    return Item(
        label=f"{number + 1}.", level=3, title=title, text=text + "。", task=True, lead=[lead],
        units=co.split("、") if co else [], due=_due(story, due),
    )  # fmt: skip


def _due(story: Story, due: object) -> Due:
    if isinstance(due, tuple):
        day = due_day(story, due)
        return Due(kind="date", raw=f"{day.year}年{day.month}月{day.day}日前", date=day)
    words = str(due)
    return Due(kind="ongoing" if words == "长期坚持" else "recurring", raw=words)


def due_day(story: Story, due: tuple[int, int]) -> date:
    """Content speaks of a year whose present is November 23; the story moves it to the real present."""
    return story.day(due[0], due[1])
