"""Built-in skeletons (骨架) of a plan by kind of unit: headings and usual items, to be filled by the office.

They are what a first draft starts from, written into the plan as its own text; so they are data, not interface.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Seed:
    """A heading or an item. ``facet`` only on party lines."""

    title: str
    track: str
    facet: str = ""
    deeper: int = 0
    is_task: bool = True


def _party(title: str, facet: str) -> Seed:
    return Seed(title, "gang", facet, deeper=1)


def _heading(title: str, track: str, facet: str = "") -> Seed:
    return Seed(title, track, facet, is_task=False)


_FACETS = [
    _heading("思想建设", "gang", "thought"),  # data
    _party("第一议题与中心组学习", "thought"),  # data
    _party("青年理论学习小组", "thought"),  # data
    _party("意识形态工作责任制", "thought"),  # data
    _heading("制度建设", "gang", "system"),  # data
    _party("党组研究党建工作规则", "system"),  # data
    _party("一岗双责履职清单", "system"),  # data
    _party("三个规定记录报告", "system"),  # data
    _heading("活动载体", "gang", "activity"),  # data
    _party("主题党日进办案一线", "activity"),  # data
    _party("党员先锋岗", "activity"),  # data
    _party("廉政警示教育", "activity"),  # data
    _heading("支部工作", "gang", "work"),  # data
    _party("党支部标准化规范化建设", "work"),  # data
    _party("发展党员与党费管理", "work"),  # data
    _party("支部书记述职评议", "work"),  # data
]


def _work(*titles: str) -> list[Seed]:
    return [Seed(title, "mu", deeper=1) for title in titles]


_CITY = [
    *_FACETS,
    _party("县区院党建联系点", "work"),  # data
    _heading("刑事检察", "mu"),  # data
    *_work("轻罪案件快办", "重大案件提前介入", "对下业务指导"),  # data
    _heading("民事、行政检察", "mu"),  # data
    *_work("民事执行监督", "行政争议实质性化解"),  # data
    _heading("公益诉讼检察", "mu"),  # data
    *_work("公益诉讼专项", "检察建议落实回访"),  # data
    _heading("未成年人、控告申诉与案件管理", "mu"),  # data
    *_work("未成年人综合保护", "信访件件有回复", "案件质量评查"),  # data
]
_COUNTY = [
    *_FACETS,
    _heading("刑事检察", "mu"),  # data
    *_work("轻罪案件快办", "侦查监督与协作配合"),  # data
    _heading("民事、行政与公益诉讼检察", "mu"),  # data
    *_work("民事执行监督", "公益诉讼线索摸排", "行刑反向衔接"),  # data
    _heading("综合检察业务", "mu"),  # data
    *_work("未成年人综合保护", "信访件件有回复", "社区矫正巡回检察"),  # data
]
_CAMPAIGN = [
    _heading("党建保障", "gang", "work"),  # data
    _party("专项临时党支部", "activity"),  # data
    _party("专项动员与警示教育", "thought"),  # data
    _heading("专项任务", "mu"),  # data
    *_work("线索摸排", "集中办理", "总结与建章立制"),  # data
]

SKELETONS = {
    "city": (_("市院骨架：四个抓手、业务条线"), _CITY),
    "county": (_("区县院骨架：四个抓手、三块业务"), _COUNTY),
    "campaign": (_("专项骨架：党建保障、专项任务"), _CAMPAIGN),
}
