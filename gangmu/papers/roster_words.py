"""What the columns of a roster are called: five kinds of lists, their fields, and the header words of each.

Pure data and matching. A header is compared folded: blanks, line breaks, hints in brackets and marks such as ``*`` dropped.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from gangmu.papers.errors import N_


@dataclass(frozen=True)
class Field:
    """A column that the product has a use for. kind: text | name | number | day | month | money | words."""

    code: str
    head: str
    words: tuple[str, ...] = ()
    kind: str = "text"
    need: bool = False

    @property
    def all_words(self) -> tuple[str, ...]:
        return (self.head, *self.words)


_NAME = Field(
    "name",
    N_("姓名"),
    ("党员姓名", "干警姓名", "人员姓名", "职工姓名", "干部姓名", "名字"),
    "name",
    need=True,
)
_NUMBER = Field(
    "number",
    N_("工号"),
    ("学号/工号", "职工号", "编号", "人员编号", "警号", "工作证号", "员工编号"),
    "number",
)
_DEPARTMENT = Field(
    "department", N_("部门"), ("所在部门", "内设机构", "工作部门", "所属部门", "所在内设机构", "处室", "科室", "部室", "所在处室")
)  # fmt: skip
_ORG = Field(
    "org",
    N_("所在支部"),
    ("支部", "党支部", "所在党支部", "所属支部", "所属党支部", "党组织", "所在党组织", "所属党组织", "所属组织", "组织", "支部名称",
     "党支部名称", "党组织名称", "所在支部名称", "所在组织"),
    need=True,
)  # fmt: skip
_SINCE = Field(
    "since",
    N_("任职日期"),
    ("任职时间", "起始日期", "任现职时间", "现任职时间", "任职起始时间", "任职起", "起", "开始日期"),
    "day",
)
_UNTIL = Field(
    "until",
    N_("免职日期"),
    ("免职时间", "终止日期", "任职止", "止", "结束日期", "离任时间", "离任日期"),
    "day",
)
_REMARK = Field("remark", N_("备注"), ("备注说明", "说明"))

FIELDS: dict[str, tuple[Field, ...]] = {
    "people": (_NAME, _NUMBER, _DEPARTMENT),
    "departments": (
        Field(
            "name",
            N_("部门名称"),
            ("部门", "内设机构名称", "内设机构", "机构名称", "名称", "部门全称"),
            need=True,
        ),
        Field("short", N_("简称"), ("部门简称", "机构简称", "规范简称")),
        Field("former", N_("曾用名"), ("原名称", "原名", "曾用名称", "改革前名称", "原机构名称")),
        Field("line", N_("类别"), ("部门类别", "机构类别", "业务类别", "部门性质", "条线"), "words"),
        Field("note", N_("职能"), ("主要职能", "职责", "主要职责", "工作职责", "职能职责")),
        Field("leader", N_("分管领导"), ("分管院领导", "分管领导姓名", "院领导", "主管领导"), "name"),
        Field("since", N_("设立日期"), ("设立时间", "成立日期", "成立时间"), "day"),
        Field("until", N_("撤销日期"), ("撤销时间", "撤并日期", "撤并时间"), "day"),
    ),
    "posts": (
        _NAME,
        _NUMBER,
        Field(
            "title",
            N_("任职"),
            ("职务", "现任职务", "担任职务", "职务名称", "岗位", "行政职务", "党内职务", "党内行政职务"),
            need=True,
        ),
        Field("place", N_("部门或党组织"), (*_DEPARTMENT.all_words, "任职部门", "任职单位", "任职机构", *_ORG.all_words)),
        Field("charge", N_("分管部门"), ("分管内设机构", "分管处室", "分管工作部门")),
        _SINCE,
        _UNTIL,
    ),
    "members": (
        _NAME,
        _NUMBER,
        _DEPARTMENT,
        _ORG,
        Field("status", N_("党员类别"), ("类别", "人员类别", "党员身份", "组织身份", "党员状态", "身份", "是否正式"), "words"),
        Field("joined", N_("入党时间"), ("入党日期", "加入党组织日期", "加入党组织时间", "入党年月", "加入中国共产党时间"), "day"),
        Field("confirmed", N_("转正时间"), ("转正日期", "转为正式党员日期", "转为正式党员时间", "转正年月"), "day"),
        Field("since", N_("编入日期"), ("编入支部日期", "编入支部时间", "转入日期", "转入时间", "转入支部时间", "进入支部时间", "进入支部日期"), "day"),
        Field("post", N_("党内职务"), ("支部职务", "党务职务", "支部内职务", "党内任职", "支委职务")),
        _REMARK,
    ),
    "dues": (
        _NAME,
        _NUMBER,
        Field("org", _ORG.head, _ORG.words),
        Field("month", N_("月份"), ("缴费月份", "所属月份", "年月", "所属期", "缴纳月份", "党费所属月份"), "month"),
        Field("due", N_("应缴"), ("应交", "应缴党费", "应交党费", "月应缴", "月应交", "应缴金额", "应交金额", "每月应缴", "每月应交", "应缴数", "应交数", "月缴标准", "月交纳标准", "缴纳标准", "月缴党费", "月党费"), "money"),
        Field("paid", N_("实缴"), ("实交", "实缴党费", "实交党费", "实缴金额", "实交金额", "已缴", "已交", "缴纳金额", "交纳金额", "缴费金额", "党费金额", "金额", "实缴数", "实交数", "缴纳党费"), "money"),
        Field("paid_on", N_("缴费日期"), ("缴费时间", "交费日期", "缴纳日期", "缴纳时间", "交纳日期", "交纳时间", "收缴日期"), "day"),
    ),
}  # fmt: skip
KINDS = tuple(FIELDS)
KIND_HEADS = {
    "people": N_("人员名册"), "departments": N_("部门名单"), "posts": N_("任职名单"), "members": N_("党员名册"), "dues": N_("党费台账"),
}  # fmt: skip
# Never kept, whatever a person would choose: a match with one of these wins over everything.
PRIVATE = (
    "身份证", "证件号", "公民身份", "手机", "电话", "联系方式", "住址", "地址", "现居住地", "银行", "卡号", "账号", "微信", "邮箱",
    "电子邮件", "登录名", "密码", "工资", "户籍",
)  # fmt: skip
# Known, and of no use here.
UNUSED = (
    "序号", "序", "性别", "民族", "出生", "年龄", "学历", "学位", "籍贯", "出生地", "毕业院校", "专业", "职称", "职级", "职务层次", "政治面貌",
    "婚姻", "健康", "参加工作", "照片", "党龄", "介绍人", "志愿者", "党代表", "困难党员", "党务工作者", "是否管理员", "政治安排", "审核人",
    "转出", "法律职务", "编制", "工龄", "合计", "总计", "小计", "签名", "签字", "加入何民主党派", "民主党派", "认定时间",
)  # fmt: skip
_EXACT_UNUSED = {"序号", "序", "no", "合计", "总计", "小计", "备注", "备注说明", "职务", "签名", "专业"}
WHY = {
    "exact": N_("表头一致"), "part": N_("表头里有这个词"), "hint": N_("上次这样对的"), "chosen": N_("您选的"),
    "private": N_("个人敏感信息，不读不存"), "unused": N_("本系统用不着，不存"), "unknown": N_("没认出来，不存；要用请在这里选"),
    "double": N_("和前面一列重复，不存"), "aside": N_("您选了不要"),
}  # fmt: skip

_BRACKETS = re.compile(r"[(（\[【〔{][^)）\]】〕}]*[)）\]】〕}]")
_MARKS = re.compile(r"[\s*＊★☆※:：、。,.;；!！?？\"'“”_\-—]+")
_MONTH = re.compile(
    r"^(?:(?P<year>(?:19|20)\d\d)年?)?(?P<month>1[0-2]|0?[1-9])月份?(?:党费)?"
    r"(?P<what>应缴|应交|实缴|实交|已缴|已交|缴纳|交纳|缴费|金额)?(?:党费|金额|数)?$"
)


def fold_head(text: object) -> str:
    """A header as it is compared: width folded, hints in brackets, blanks and marks dropped."""
    flat = unicodedata.normalize("NFKC", str(text))
    bare = _MARKS.sub("", _BRACKETS.sub("", flat))
    return (bare or _MARKS.sub("", flat)).lower()


_EXACT = {
    kind: {fold_head(word): f for f in fields for word in reversed(f.all_words)}
    for kind, fields in FIELDS.items()
}


def is_private(head: str) -> bool:
    """Whether a column of this header is never read, whoever asks."""
    folded = fold_head(head)
    return any(word in folded for word in PRIVATE)


def month_code(folded: str) -> str:
    """``paid@2026-03`` or ``due@03`` for the column of a month, else ""."""
    found = _MONTH.match(folded)
    if not found:
        return ""
    what = "due" if (found["what"] or "").startswith("应") else "paid"
    year = f"{found['year']}-" if found["year"] else ""
    return f"{what}@{year}{int(found['month']):02d}"


def match(head: str, kind: str) -> tuple[str, str]:
    """(field code or "", why) of one header."""
    folded = fold_head(head)
    if not folded:
        return "", "unknown"
    if is_private(head) and folded not in _EXACT[kind]:
        return "", "private"
    if folded in _EXACT[kind]:
        return _EXACT[kind][folded].code, "exact"
    if kind == "dues" and (code := month_code(folded)):
        return code, "exact"
    if folded in _EXACT_UNUSED or any(word in folded for word in UNUSED if word not in _EXACT_UNUSED):
        return "", "unused"
    inside = [w for w in _EXACT[kind] if len(w) >= 4 and w in folded]
    if inside:
        return _EXACT[kind][max(inside, key=len)].code, "part"
    return "", "unknown"


def field(kind: str, code: str) -> Field | None:
    """The field behind a code; a month's column is a money field of its own."""
    found = next((f for f in FIELDS[kind] if f.code == code), None)
    if found or "@" not in code or kind != "dues" or not _CODE.match(code):
        return found
    return Field(code, code, (), "money")


_CODE = re.compile(r"^(?:due|paid)@(?:(?:19|20)\d\d-)?(?:0[1-9]|1[0-2])$")
