"""What papers there are, and what each can tell a template: names for the office, with an example of each.

A value is text, or rows of named text; nothing else ever reaches a template.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gangmu.papers.errors import N_
from gangmu.papers.official import Block, Paper, day_text

Facts = Mapping[str, Any]

COMMON: dict[str, Any] = {
    "标题": "关于开展联合督查的通知", "发文机关": "云泽市人民检察院", "文号": "云检〔2026〕3号", "主送": "各部门",
    "署名": "云泽市人民检察院", "成文日期": "2026年3月5日", "正文": [{"文字": "一、总体情况"}, {"文字": "一句正文。"}],
}  # fmt: skip
_ITEM = {
    "序号": "1", "纲目": "目", "事项": "清澜河排口清理", "内容": "逐一走访排口。", "牵头部门": "第二检察部", "配合部门": "机关党委",
    "牵头领导": "江映川", "期限": "2026年11月30日",
}  # fmt: skip
_FINDING = {
    "问题": "取样记录不全", "哪一头": "业务", "整改部门": "第二检察部", "期限": "2026年7月1日", "状态": "整改中",
}  # fmt: skip
_STEP = {"日期": "2026年3月5日", "步骤": "部署", "事": "清澜河排口清理，第二检察部牵头", "经手": "沈知白"}
_VISIT = {
    "督查": "年中联合督查",
    "日期": "2026年6月10日",
    "地点": "办案现场",
    "党务": "沈知白",
    "业务": "江映川",
}


@dataclass(frozen=True)
class Kind:
    """``facts``: name → an example; the same names that the paper gives."""

    code: str
    name: str
    facts: Facts


def _kind(code: str, name: str, **facts: Any) -> Kind:
    return Kind(code, name, {**COMMON, **facts})


KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        _kind("plan", N_("工作计划"), 年度="2026", 通过日期="2026年1月14日", 事项=[_ITEM]),
        _kind("task_list", N_("任务分解表"), 年度="2026", 通过日期="2026年1月14日", 事项=[_ITEM]),
        _kind(
            "mobilisation", N_("动员令"), 事由="清澜河专案办案", 协调人="陆承安", 起="2026年5月6日", 止="2026年5月20日",
            调配=[{"部门": "第八检察部", "内容": "办案人员", "数量": "4", "时间": "2026年5月6日至2026年5月20日"}],
        ),
        _kind(
            "minutes", N_("会议纪要"), 会议="党组会第3次", 时间="2026年3月5日", 地点="三楼会议室", 主持="温若谷", 记录="简采薇",
            出席="温若谷、陆承安", 列席="沈知白", 请假="顾行之（出差）", 应到="5", 实到="4",
            议题=[{"序号": "1", "议题": "研究排口清理", "党建切入": "办案组设先锋岗", "表决": "表决：同意4票，通过。",
                   "决定": "会议决定：同意。"}],
        ),
        _kind("order", N_("联合督查通知"), **_VISIT, 事项=[
            {"序号": "1", "事项": "清澜河排口清理", "牵头部门": "第二检察部", "党建事项": "党员责任岗", "期望": "夜查有党员带班"}]),
        _kind("circular", N_("督查通报"), **_VISIT, 条目=[
            {"事项": "清澜河排口清理", "牵头部门": "第二检察部", "业务实效": "办结三件", "党建实效": "党员带班", "比照期望": "已见效"}],
            问题=[_FINDING]),
        _kind("progress", N_("落实情况通报"), 统计日="2026年6月10日", 在办="12", 逾期="2", 一周内到期="3", 办结="20", 任务=[
            {"任务": "整理排口清单", "牵头部门": "第二检察部", "责任人": "江映川", "期限": "2026年6月30日", "状态": "办理中",
             "进展": "2026年6月1日：列出清单"}], 问题=[_FINDING]),
        _kind("notice", N_("督办单"), 任务="整理排口清单", 来源="党组会第3次的决定", 牵头部门="第二检察部", 配合部门="机关党委",
              责任人="江映川", 交办日期="2026年3月5日", 期限="2026年6月30日", 要求="逐一走访", 状态="办理中",
              签收日期="2026年3月6日", 核查日期="", 核查人="", 销号日期="",
              进展=[{"日期": "2026年4月1日", "进展": "列出清单", "报送人": "江映川"}]),
        _kind("duty", N_("一岗双责台账"), 姓名="江映川", 职务="第二检察部主任", 年度="2026",
              记录=[{"哪一头": "抓业务", "类别": "任务", "内容": "整理排口清单", "情形": "办理中"}]),
        _kind("report", N_("述职报告"), 姓名="江映川", 职务="第二检察部主任", 年度="2026",
              句子=[{"方面": "抓业务", "文字": "在办1件：整理排口清单〔1〕。"}],
              依据=[{"序号": "1", "记录": "任务", "名称": "整理排口清单", "日期": "2026年6月30日"}]),
        _kind("thread", N_("全线记录"), 事项="清澜河排口清理", 计划="2026年工作要点", 牵头部门="第二检察部", 期限="2026年11月30日",
              任务=[{"任务": "整理排口清单", "牵头部门": "第二检察部", "期限": "2026年6月30日", "状态": "办理中"}], 经过=[_STEP],
              荣誉=[{"日期": "2026年12月1日", "荣誉": "全市先进集体", "颁授": "云泽市委云委〔2026〕9号", "凭什么": "清了排口"}]),
    )
}  # fmt: skip


def facts_of(paper: Paper) -> dict[str, Any]:
    """What a template is given for this paper."""
    body = [{"文字": b.text + b.rest} for b in (*paper.body, *paper.after) if isinstance(b, Block)]
    return {
        "标题": paper.title, "发文机关": paper.head, "文号": paper.doc_no, "主送": paper.addressee, "署名": paper.signed_by,
        "成文日期": day_text(paper.signed_on), "正文": body, **paper.facts,
    }  # fmt: skip
