"""From a tree with what was said to proposals: roles, inheritance, deadlines, and which items are tasks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from gangmu.papers.dates import parse_due
from gangmu.papers.errors import N_
from gangmu.papers.fields import Setting
from gangmu.papers.model import Due, Guess, Item
from gangmu.papers.prose import prose_due, prose_roles
from gangmu.papers.tree import SUB_POINTS, Node
from gangmu.papers.units import body_name, selector
from gangmu.papers.words import bare

PRINCIPLE = re.compile(
    r"总体要求|指导思想|基本原则|工作原则|总体思路|总体目标|工作目标|主要目标|目标任务$|发展目标|(?:出台|工作|制定|起草)?背景|政策依据|制定依据|适用范围|名词解释|重要意义|现状|^附则|总体情况|基本情况|存在(?:的)?(?:主要|突出)?问题|(?:取得|工作)(?:的)?成效|(?:开展|进展|完成|落实)情况$|^目的|意义$"
    r"|(?:申请|申报|补贴|补助|奖励|适用|认定|享受|实施|支持)(?:条件|对象|范围|主体|标准|期限)|(?:申请|申报|提交|所需|办理|证明)\S{0,4}材料"
    r"|(?:申请|申报|办理|审批|审核|兑付|发放|拨付)(?:程序|流程|方式)|资金来源|其[他它](?:情形|事项|规定)|(?:施行|实施|执行|有效)(?:时间|期限?)|^解释权"
)
SUPPORT = re.compile(
    r"组织领导|组织实施|保障措施|组织保障|工作要求|有关要求|实施保障|加强组织|职责分工|责任分工|执行期限|附则|监督管理"
)
NOT_TASK = re.compile(
    r"^本?(?:通知|方案|意见|办法|措施|文件|政策|计划|细则|规定)(?:自|由|未|所称|有效期)|自(?:印发|发布|公布)之日起(?:施行|实施|执行)|负责解释$"
)
PERIOD_TITLE = re.compile(
    r"^(?:第?[一二三四1-4]季度|[\d一二三四五六七八九十]{1,2}月份?|上半年|下半年)(?:重点)?(?:工作|任务|安排)*$"
)
_PERSON = re.compile(
    r"^([\u4e00-\u9fa5×Xx某]{2,4}?)(?:同志|(?:副?(?:书记|检察长|市长|区长|县长|主任|局长|院长)))+(?:[（(][^）)]*[）)])?(?:主抓|牵头|负责|分管|领办|包抓)\S*$"
)


_POSTED = re.compile(
    r"^((?:[\u4e00-\u9fa5]{2,12}(?:书记|检察长|主任|组长|成员|委员|专委|局长|处长|主席|院长|部长)、?)+[\u4e00-\u9fa5×Xx某]{2,4}?(?:同志)?)"
    r"(?:主抓|牵头|负责|分管|领办|包抓)(?:的)?(?:重点)?(?:工作|任务|事项)*$"
)
# What was done so far holds dates that are over.
_SO_FAR = re.compile(r"^[\u4e00-\u9fff]{2}(?:情况|成效|进展)\s*[:：].*$", re.MULTILINE)
_PROMISED = re.compile(r"[（(]\s*共?\s*(\d+)\s*[项条个件]\s*[）)]$")


def _guess(node: Node, field: str, why: str, text: str) -> None:
    node.item.guesses.append(Guess(field, why, text))


def roles(node: Node, *, first_leads: bool, comma_leads: bool = False) -> None:
    """Write what was said into the item: 责任单位 alone names no lead unless a rule says the first does."""
    said, item = node.own, node.item
    item.lead, item.units, item.leader = list(said.lead), list(said.units), [*said.leader]
    item.leader += [p for p in said.person if p not in item.leader]
    if comma_leads and (said.before_comma or len(item.units) == 1):
        first_as_lead(item, said.before_comma or item.units)
    elif first_leads:
        first_as_lead(item)
    elif len(item.units) > 1 and not item.lead:
        _guess(
            node, "lead", "position", N_("文中只列责任单位，未写明牵头单位；首位单位可能为牵头单位，请确认。")
        )
    for name in [*item.lead, *item.units]:
        if selector(name) == "RELEVANT":
            _guess(node, "units", "alias", N_("“%s”未指明具体单位，请确定。") % name)
    item.due = said.due
    if said.due and said.due.guessed:
        _guess(node, "due", "label", N_("“%s”按惯例推定日期，请核对。") % said.due.raw)


def first_as_lead(item: Item, first: Sequence[str] = ()) -> None:
    """The rule that the first unit (or those before the first comma) leads, for an item that names no lead."""
    if item.units and not item.lead:
        leading = list(first) or item.units[:1]
        item.lead, item.units = leading, [u for u in item.units if u not in leading]
        item.guesses.append(
            Guess("lead", "legend", N_("按文中“列第一位的为牵头单位”的规定，取首位单位为牵头单位。"))
        )


def select(item: Item) -> None:
    """Write the codes of the vague units and leaders among the names of an item, in order."""
    codes = (selector(name) for name in [*item.lead, *item.units, *item.leader])
    item.selectors = list(dict.fromkeys(code for code in codes if code))


def miscounted(node: Node) -> str:
    """The warning for a heading that promises another number of items （5项） than stand under it, or ''."""
    promised = _PROMISED.search(node.item.title)
    here = {len(node.children), len(node.leaves())}
    if promised is None or not node.children or int(promised[1]) in here:
        return ""
    return N_("“%(title)s”标明%(said)s项，实际读到%(found)s项，请核对。") % {
        "title": node.item.title, "said": promised[1], "found": len(node.children),
    }  # fmt: skip


def _body(node: Node) -> str:
    """The department that a heading names and nothing else, without its count （5项）; '' when it is none."""
    title = _PROMISED.sub("", node.item.title).strip()
    return title if body_name(title) else ""


def heading_fields(node: Node, setting: Setting, siblings: Sequence[Node] = ()) -> None:
    """A heading that is a person (×××副检察长主抓重点工作), a month or a department gives it to what is under it."""
    if not node.children:
        return
    unit = _body(node)
    if unit and sum(bool(_body(n)) for n in siblings) >= 2 and not (node.item.lead or node.item.units):
        node.item.units = [unit]
        _guess(node, "units", "position", N_("标题为部门名称，取作责任单位。"))
    title = _PROMISED.sub("", node.item.title)
    person = _PERSON.match(title) or _POSTED.match(title)
    if person and not node.item.leader:
        node.item.leader = [re.sub(r"(?:主抓|牵头|负责|分管|领办|包抓).*$", "", title)]
        _guess(node, "leader", "position", N_("标题为领导姓名，取作牵头领导。"))
    if PERIOD_TITLE.match(node.item.title) and node.item.due is None:
        node.item.due = parse_due(
            re.sub(r"(?:重点)?(?:工作|任务|安排)+$", "", node.item.title), year=setting.year
        )


def inherit(node: Node) -> None:
    """Units, leader and deadline said above hold below where nothing else is said."""
    for child in node.children:
        mine, above = child.item, node.item
        taken: list[str] = []
        if not mine.lead and not mine.units and (above.lead or above.units):
            mine.lead, mine.units = list(above.lead), list(above.units)
            taken += [name for name in ("lead", "units") if getattr(above, name)]
        if not mine.leader and above.leader:
            mine.leader = list(above.leader)
            taken.append("leader")
        if mine.due is None and above.due is not None and (above.due.kind != "milestones"):
            mine.due = above.due
            taken.append("due")
        if taken:
            mine.inherited = taken
            _guess(child, taken[0], "inherited", N_("取自上级条目“%s”。") % (above.label + above.title[:16]))
        inherit(child)


def _annotated(node: Node) -> bool:
    return bool(node.item.lead or node.item.units or node.item.leader or node.own.due)


def _chapter_is(node: Node | None, pattern: re.Pattern[str]) -> bool:
    longest = 9 if node and not node.children else 24
    while node is not None:
        if pattern.search(node.item.title) and len(bare(node.item.title)) <= longest:
            return True
        node, longest = node.parent, 24
    return False


def _candidates(roots: list[Node]) -> list[Node]:
    """The lowest numbered items; 一是, ① below an item that carries its own unit are parts of it, not items."""
    found: list[Node] = []

    def visit(node: Node) -> None:
        parts = node.children and all(c.kind in SUB_POINTS for c in node.children)
        silent = parts and not all(c.own.found for c in node.children)
        if not node.children or (silent and (_annotated(node) or any(c.own.found for c in node.children))):
            found.append(node)
            return
        for child in node.children:
            visit(child)

    for root in roots:
        visit(root)
    return found


def _lift_parts(node: Node) -> None:
    """What only a part (一是 …（A负责）) says is said of the whole item too."""
    for part in node.children:
        for name in ("lead", "units", "leader"):
            mine, theirs = getattr(node.item, name), getattr(part.item, name)
            mine.extend(n for n in theirs if n not in mine)
    node.item.units = [u for u in node.item.units if u not in node.item.lead]


def tasks(roots: list[Node]) -> None:
    """Mark the tasks. Where the paper names units, items of kinds that never have one are no tasks."""
    leaves = _candidates(roots)
    for leaf in leaves:
        if leaf.children:
            _lift_parts(leaf)
    named = [leaf for leaf in leaves if _annotated(leaf)]
    strict = len(named) >= 2 and len(named) >= 0.25 * len(leaves)
    kinds = {leaf.kind for leaf in named}
    for leaf in leaves:
        siblings = leaf.parent.children if leaf.parent else roots
        if not strict:
            leaf.item.task = not _chapter_is(leaf, PRINCIPLE)
        elif _annotated(leaf):
            leaf.item.task = True
        elif leaf.kind in kinds:
            beside = any(_annotated(n) for n in siblings if n is not leaf)
            leaf.item.task = (
                beside
                and not _chapter_is(leaf, PRINCIPLE)
                or not (_chapter_is(leaf, PRINCIPLE) or _chapter_is(leaf, SUPPORT))
            )
            if leaf.item.task:
                _guess(leaf, "task", "position", N_("本条未写责任单位，按相邻条目提出为任务，请确认。"))
        if NOT_TASK.search(leaf.item.title) or leaf.holds_table:
            leaf.item.task = False


def deadlines(roots: list[Node], setting: Setting, issued: date | None = None) -> None:
    """Tasks without a deadline field: look into their own sentences."""
    for node in (n for root in roots for n in root.walk()):
        item = node.item
        if item.due is not None:
            item.due = _checked(node, item.due, issued)
        if not item.task or item.due is not None:
            continue
        text = _SO_FAR.sub("", item.text)
        body = text if text.startswith(item.title) else f"{item.title}。{text}"
        parts = "\n".join(f"{n.item.title}。{n.item.text}" for n in node.walk()[1:])
        due, soft = prose_due(f"{body}\n{parts}".strip(), year=setting.year)
        if due and due.date and issued and due.date < issued:
            soft, due = [due.raw], None
        item.due = due
        if due:
            _guess(node, "due", "prose", N_("完成时限取自正文“%s”，请核对。") % due.raw)
        elif soft:
            _guess(node, "due", "prose", N_("正文提到“%s”，未作为完成时限。") % "、".join(soft))


def roles_in_prose(roots: list[Node]) -> None:
    """Tasks that name nobody in a field: 由…牵头、…配合 in their sentences, as minutes write it."""
    for item in (n.item for root in roots for n in root.walk()):
        if not item.task or item.lead or item.units:
            continue
        item.lead, item.units = prose_roles(f"{item.title}。{item.text}")
        if item.lead or item.units:
            item.guesses.append(
                Guess("lead" if item.lead else "units", "prose", N_("责任单位取自正文“由……负责”，请核对。"))
            )


def _checked(node: Node, due: Due, issued: date | None) -> Due:
    """A deadline before the paper's own date is kept as written and marked."""
    if issued is None or due.date is None or due.date >= issued or due.kind not in ("date", "range"):
        return due
    _guess(node, "due", "label", N_("期限“%s”早于成文日期，请核对。") % due.raw)
    return replace(due, invalid=True)


def year_in(text: str) -> int | None:
    """The first year named in figures in a text."""
    found = re.search(r"(?<!\d)((?:19|20)\d\d)\s*年|(?<!\d)((?:19|20)\d\d)-\d\d-\d\d", text)
    return int(found[1] or found[2]) if found else None
