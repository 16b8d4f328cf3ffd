"""Invented papers in Word, from their XML up: merged cells, tables over pages, changes, automatic numbers, boxes."""

from __future__ import annotations

from tests.papers.helpers import W_NS, p, raw_docx
from tests.papers.invented import Paper


def _cell(text: str, properties: str = "", run: str = "", inner: str = "") -> str:
    lines = "".join(
        f"<w:p><w:r><w:rPr>{run}</w:rPr><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n")
    )
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{lines}{inner}</w:tc>"


def _row(*cells: str | tuple[str, str], header: bool = False) -> str:
    made = "".join(
        _cell(*c) if isinstance(c, tuple) else c if c.startswith("<w:tc>") else _cell(c) for c in cells
    )
    return f"<w:tr>{'<w:trPr><w:tblHeader/></w:trPr>' if header else ''}{made}</w:tr>"


def _wide(text: str, columns: int) -> str:
    return _row((text, f'<w:gridSpan w:val="{columns}"/>'))


_FIRST, _REST = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
_HEAD = _row(
    "序号",
    "类别",
    "重点任务",
    "具体举措",
    "牵头领导",
    "牵头部门",
    "配合部门",
    "完成时限",
    "备注",
    header=True,
)
TABLE = Paper(
    "分解表.docx",
    raw_docx(
        p("附件") + p("云泽市人民检察院2025年重点任务分解表") + "<w:tbl>" + _HEAD + _wide("一、政治建设（3项）", 9)
        + _row("1", ("党建", _FIRST), "落实第一议题", "每月学习\n形成记录", ("王某某", _FIRST), "机关党委", "各支部", "长期坚持", "")
        + _row("2", ("", _REST), "开展党课", "班子成员讲党课", ("", _REST), "政治部", "机关党委", "6.30", "")
        + _row("3", "队建", "分级培训", "举办培训班", "李某某", "政治部", "各部门", "2025年3月—\n5月", "重点")
        + "</w:tbl>" + p("续表") + "<w:tbl>" + _HEAD + _wide("二、业务建设（2项）", 9)
        + _row("4", "刑检", "案件质量评查", "全覆盖", "张某某", "第一、二检察部", "案管办", "每季度", "")
        + _row("5", "公益", "公益诉讼专项", "开展巡查", "", "第八检察部（公益诉讼、未检）", "第七检察部", "45930", "")
        + _row(("合计", '<w:gridSpan w:val="2"/>'), ("5项", '<w:gridSpan w:val="7"/>')) + "</w:tbl>"
        + "<w:tbl>" + _row("6", "保障", "机房改造", "完成招标", "张某某", "技术信息部", "办公室", "9月31日前", "") + "</w:tbl>"
    ),
    (6, 7, 23),
    "云泽市人民检察院2025年重点任务分解表",
    [
        ("落实第一议题", ["机关党委"], ["各支部"], ["王某某"], "ongoing"),
        ("开展党课", ["政治部"], ["机关党委"], ["王某某"], "2025-06-30"),
        ("分级培训", ["政治部"], ["各部门"], ["李某某"], "2025-05-31"),
        ("案件质量评查", ["第一检察部", "第二检察部"], ["案管办"], ["张某某"], "recurring"),
        ("公益诉讼专项", ["第八检察部（公益诉讼、未检）"], ["第七检察部"], ["张某某"], "2025-09-30"),
        ("机房改造", ["技术信息部"], ["办公室"], ["张某某"], "invalid"),
    ],
    warnings=("标明2项，实际读到3项",),
)  # fmt: skip

_QUARTERS = _row(
    ("序号", _FIRST), ("工作任务", _FIRST), ("责任领导", _FIRST), ("责任部门", _FIRST), ("推进计划", '<w:gridSpan w:val="4"/>'), ("进展情况", _FIRST)
) + _row(("", _REST), ("", _REST), ("", _REST), ("", _REST), "一季度", "二季度", "三季度", "四季度", ("", _REST))  # fmt: skip
LEDGER = Paper(
    "台账.docx",
    raw_docx(
        p("2025年党建工作台账") + "<w:tbl>" + _wide("填报单位：云泽市检察院　填报时间：2025年1月", 9) + _QUARTERS
        + _wide("牵头领导：王某某（共3项）", 9)
        + _row("1", "1.制定计划\n2.召开部署会", "", "机关党委\n办公室", "√", "", "", "", "已印发")
        + _row("2", "党建述职", "张某某", "各党支部", "", "", "", "12月完成", "")
        + _row("3", "开展督查", "", "办公室", "", "√", "", "●", "上半年已督查一次")
        + "</w:tbl>"
    ),
    (4, 19),
    "2025年党建工作台账",
    [
        ("制定计划", [], ["机关党委", "办公室"], ["王某某"], "2025-03-31"),
        ("党建述职", [], ["各党支部"], ["张某某"], "2025-12-31"),
        ("开展督查", [], ["办公室"], ["王某某"], "2025-06-30;2025-12-31"),
    ],
)  # fmt: skip

_CHANGED = (
    '<w:p><w:r><w:t>1.清理积案。</w:t></w:r><w:del w:id="1" w:author="a"><w:r><w:delText>（责任部门：第五检察部）</w:delText></w:r></w:del>'
    '<w:ins w:id="2" w:author="a"><w:r><w:t>（责任部门：第七检察部；完成时限：8月底）</w:t></w:r></w:ins></w:p>'
    "<w:p><w:r><w:t>2.办理司法救助</w:t></w:r><w:r><w:rPr><w:strike/></w:rPr><w:t>和国家赔偿</w:t></w:r><w:r><w:t>。（责任部门：第七检察部）</w:t></w:r></w:p>"
    "<w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>3.已经取消的任务。（责任部门：办公室）</w:t></w:r></w:p>"
    "<w:p><w:r><w:t>3.开展听证。</w:t></w:r><w:r><w:br/></w:r><w:r><w:t>责任部门：第六检察部　完成时限：二○二五年十一月</w:t></w:r></w:p>"
)
CHANGED = Paper(
    "修订稿.docx",
    raw_docx(
        p("云泽市人民检察院2025年检察工作要点") + p("一、业务") + _CHANGED,
        comments=f'<w:comments xmlns:w="{W_NS}"/>',
    ),
    (10,),
    "云泽市人民检察院2025年检察工作要点",
    [
        ("清理积案", [], ["第七检察部"], [], "2025-08-31"),
        ("办理司法救助", [], ["第七检察部"], [], None),
        ("开展听证", [], ["第六检察部"], [], "2025-11-30"),
    ],
    warnings=("修订痕迹", "删除线", "和国家赔偿", "批注"),
)  # fmt: skip

_LEVELS = "".join(
    f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
    for level, form, more, text in (
        (0, "chineseCountingThousand", "", "%1、"),
        (1, "chineseCountingThousand", "", "（%2）"),
        (2, "decimal", '<w:lvlRestart w:val="0"/>', "%3."),
    )
)
_NUMBERING = (
    f'<w:numbering xmlns:w="{W_NS}"><w:abstractNum w:abstractNumId="0">{_LEVELS}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num></w:numbering>'
)


def _numbered(text: str, level: int, number: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


AUTOMATIC = Paper(
    "自动编号.docx",
    raw_docx(
        p("云泽市人民检察院2025年工作方案") + _numbered("政治建设", 0) + _numbered("理论学习", 1)
        + _numbered("办读书班。（责任部门：政治部）", 2) + _numbered("讲党课。（责任部门：机关党委）", 2)
        + _numbered("业务建设", 0) + _numbered("刑事检察", 1) + _numbered("评查案件。（责任部门：案管办；完成时限：一、三季度）", 2)
        + _numbered("保障", 0, 2) + _numbered("装备", 1, 2) + _numbered("购置设备。（责任部门：办公室，12月底完成）", 2, 2),
        numbering=_NUMBERING,
    ),
    (),
    "云泽市人民检察院2025年工作方案",
    [
        ("办读书班", [], ["政治部"], [], None),
        ("讲党课", [], ["机关党委"], [], None),
        ("评查案件", [], ["案管办"], [], "2025-03-31;2025-09-30"),
        ("购置设备", [], ["办公室"], [], "2025-12-31"),
    ],
)  # fmt: skip

_BOX = (
    '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="wps"><w:drawing>'
    "<w:txbxContent><w:p><w:r><w:t>（此件公开发布）</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>"
    "<w:p><w:r><w:t>（此件公开发布）</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
)
_INNER = f"<w:tbl>{_row('指标', '目标')}{_row('起诉率', '80%')}</w:tbl><w:p/>"
NESTED = Paper(
    "责任清单.docx",
    raw_docx(
        _BOX + p("2025年责任清单") + "<w:tbl>" + _row("序号", "责任内容", "责任主体", "时限")
        + _row("1", _cell("提升指标", inner=_INNER), "案管办", "年底前") + _row("2", "通报情况", "办公室", "按月") + "</w:tbl>"
    ),
    (),
    "2025年责任清单",
    [("提升指标", [], ["案管办"], [], "2025-12-31"), ("通报情况", [], ["办公室"], [], "recurring")],
)  # fmt: skip

PAPERS = [TABLE, LEDGER, CHANGED, AUTOMATIC, NESTED]
