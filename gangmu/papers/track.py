"""A first guess which of the two tracks an item belongs to: 纲 (party-building) or 目 (business). By words only."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gangmu.papers.errors import N_

GANG = (
    "党建", "党组", "党支部", "支部", "党员", "党委", "党总支", "主题党日", "三会一课", "组织生活", "民主评议", "意识形态", "廉政",
    "廉洁", "党风", "纪律", "作风", "巡视", "巡察", "从严治党", "主题教育", "理论学习", "中心组", "政治建设", "政治学习", "思想政治",
    "思想建设", "党课", "党费", "党性", "发展党员", "入党", "群团", "工会", "共青团", "团委", "妇委会", "党史", "初心", "第一议题",
    "四个意识", "两个维护", "党章", "党纪", "一岗双责", "述职评议", "干部队伍", "选人用人",
)  # fmt: skip
MU = (
    "办案", "起诉", "公诉", "批捕", "逮捕", "监督", "公益诉讼", "检察业务", "抗诉", "案件", "检察建议", "刑事", "民事", "行政检察",
    "未成年人", "控告", "申诉", "信访", "认罪认罚", "侦查", "审判", "刑罚执行", "羁押", "司法救助", "检察听证", "数字检察", "扫黑",
    "营商环境", "知识产权", "质效", "员额", "检委会", "卷宗", "案管", "法律监督", "典型案例", "检察官", "执行监督", "追赃", "普法",
)  # fmt: skip
_PARTY_SUPERVISION = re.compile(r"(?:党内|纪律|廉政|作风|日常|政治)监督|监督执纪|监督责任")


def propose_track(text: str, parents: Sequence[str] = ()) -> tuple[str, str]:
    """('gang' | 'mu', Chinese reason). The item's own words weigh three times as much as its parents'."""
    gang, mu = _count(text)
    above = [_count(parent) for parent in parents]
    party = 3 * len(gang) + sum(len(g) for g, _ in above)
    business = 3 * len(mu) + sum(len(m) for _, m in above)
    if party > business:
        return "gang", N_("出现党建用语：%s") % "、".join(gang[:3] or above_words(above, 0))
    if business > party:
        return "mu", N_("出现业务用语：%s") % "、".join(mu[:3] or above_words(above, 1))
    return "mu", N_("未见明显的党建或业务用语，暂归业务，请核对")


def above_words(above: list[tuple[list[str], list[str]]], side: int) -> list[str]:
    """The words of one track found in the headings above, at most three."""
    return [word for pair in above for word in pair[side]][:3]


def _count(text: str) -> tuple[list[str], list[str]]:
    party = [word for word in GANG if word in text]
    # 监督 alone is business; 党内监督 or 监督执纪 is not.
    plain = _PARTY_SUPERVISION.sub("", text)
    party += [m.group() for m in _PARTY_SUPERVISION.finditer(text)]
    return party, [word for word in MU if word in plain]
