"""What stands around a plan: site navigation, titles, document numbers, addressees, signatures, closing debris."""

from __future__ import annotations

import re

from gangmu.papers.errors import N_
from gangmu.papers.words import bare

DOC_NO = re.compile(
    r"([\u4e00-\u9fa5]{1,14})\s*(?:[〔\[【(（]\s*((?:19|20)\d\d)\s*[〕\]】)）]\s*第?\s*(\d+)\s*[号期])"
)
DATE_LINE = re.compile(
    r"^\s*(?:(?:19|20)\d\d|[一二][九〇○零OＯ]..)\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月\s*(?:[\d一二三四五六七八九十]{1,3}\s*日?)?\s*$"
)
SIGNED = re.compile(
    r"^(?P<who>[\u4e00-\u9fa5]{4,30})\s+(?P<when>(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)\s*(?:印发)?$"
)
ORGAN = re.compile(r"^[\u4e00-\u9fa5]+(?:党组|委员会|检察院|法院|政府|办公室|办公厅|[局厅院])$")
GENRE = (
    r"(?:通知|意见|方案|要点|计划|措施|办法|规定|细则|安排|分工|清单|公告|决定|报告|纪要|通报|表|任务|解读|条例|标准|指南|规划|行动"
    r"|制度|规则|台账|总结|汇报|说明|举措|政策|责任书|分解|要求|指引|体系|事项)"
)
TITLE = re.compile(rf"{GENRE}(?:》)?(?:的通知|的函|的意见)?\s*(?:[（(][^（()）]{{1,14}}[）)])*$")
# Names of genres that end a title for certain; 体系, 任务, 工作 … may stand in the middle of one.
_STRONG = re.compile(
    r"(?:通知|意见|方案|要点|计划|措施|办法|规定|细则|安排|清单|公告|决定|报告|纪要|通报|表|解读|条例|规划|制度|规则)》?(?:的通知)?(?:[（(][^（()）]{1,14}[）)])*$"
)
ADDRESSEE = re.compile(r"^[^。！？]{2,400}[:：]$")
_ATTACHMENT = re.compile(r"^\s*附\s*(?:件|表|录)\s*[\d一二三四五六七八九十]{0,3}\s*[:：]?\s*$")
ATTACHMENT_LIST = re.compile(
    r"^\s*附\s*(?:件|表)\s*[\d一二三四五六七八九十]{0,3}\s*(?:[:：]\s*\S|(?=\d+\s*[.．、])|[—－-]\s*\d)"
)
CUT_NUMBER = re.compile(r"^[\u4e00-\u9fa5]{1,14}[〔\[【]\d{4,}[^〕\]】]*$|^(?:19|20)\d{4,6}$")
_REASONS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (N_("网页导航"), re.compile(
        r"^(?:您?(?:当前|现在)?的?(?:所在)?位置|首页\s*(?:[>＞»]|->)|网站首页|返回(?:首页|顶部)|[>＞»]\s*\S{2,12}$|当前位置)")),
    (N_("发布信息"), re.compile(
        r"^(?:【?\s*(?:发布|发文|成文|更新|生成|公开|印发)(?:时间|日期)|(?:作者|来源|信息来源|文章来源|稿源)\s*[:：]|浏览(?:次数|量)|点击(?:数|量)|字号|字体|打印|分享|阅读|访问量"
        r"|\[\S{2,8}\]|【(?:字体|打印|关闭))")),
    (N_("页码或翻页"), re.compile(r"^(?:[（(]?续\s*[表上前]页?[）)]?\s*\d*$|\d+\s*/\s*\d+.*(?:页|$)|第?\s*\d+\s*页(?:\s*共\s*\d+\s*页)?|[-—–－]\s*\d+\s*[-—–－]|上一[页篇条].*|下一[页篇条].*|尾页)$")),
    (N_("相关链接"), re.compile(
        r"^(?:猜你想看|相关(?:文章|阅读|链接|推荐|政策|解读|新闻|稿件|附件)\s*[:：]?$|延伸阅读|热门(?:文章|推荐)|推荐阅读|上一[篇条]|下一[篇条]|(?:PDF|政策解读|图解|一图读懂|解读链接|公报PDF)\s*(?:[:：]|$)"
        r"|评价建议$|放弃$|您访问的链接|扫一扫|打印本页|关闭(?:窗口|本页)|点击下载|附件下载)", re.IGNORECASE)),
    (N_("版权或备案信息"), re.compile(r"copyright|©|版权所有|备案号|ICP备|公网安备|主办单位\s*[:：].*(?:承办|联系方式|联系电话|备案)|网站标识码", re.IGNORECASE)),
    (N_("公开属性"), re.compile(r"^[（(【]?\s*(?:此件|本文|本件)?(?:\S{0,6})(?:公开发布|主动公开|依申请公开|不予公开|删减后公开)[^，。]{0,8}[)）】]?$")),
    (N_("印发机关版记"), re.compile(r"^(?:抄\s*送|抄\s*报|分送|印发机关|共印\s*\d+\s*份|[^，。]{2,30}(?:办公室|秘书处|办公厅)\s*(?:19|20)\d\d年\d+月\d+日\s*印发)")),
    (N_("红头或份号"), re.compile(r"^(?:[\u4e00-\u9fa5]{4,30}文件|(?:特急|加急|急件|平急)|\d{6}|签发人\s*[:：].*)$")),
)  # fmt: skip
SUMMARY = re.compile(r"^【?\s*(?:摘要|内容摘要|导读|核心提示|提要)\s*】?\s*[:：]?\s*")


def noise(text: str, kind: str) -> str | None:
    """Why a paragraph is no part of the paper; None when it may be."""
    if kind in ("nav", "footer"):
        return N_("网页导航")
    if kind == "link" and len(text) < 60 and not TITLE.search(text):
        return N_("网页导航")
    if kind == "meta":
        return N_("网页属性")
    if kind == "title":
        return N_("网页标题栏")
    if kind == "header":
        return N_("页眉")
    for why, pattern in _REASONS:
        if pattern.search(text) if pattern.pattern.startswith("copyright") else pattern.match(text):
            return why
    if re.fullmatch(r"[\W_]*", text) or re.fullmatch(r"[\d\s./|>\-]{1,8}", text):
        return N_("分隔符或页码")
    return None


def attachment(text: str) -> bool:
    """附件, 附件1, 附表： alone on their line."""
    return bool(_ATTACHMENT.match(text))


def title_like(text: str) -> bool:
    """A line that can be (the end of) a title: short, no sentence, ends with the name of a genre."""
    flat = text.replace(" ", "")
    return 4 <= len(flat) <= 90 and not re.search(r"[。；：:！]|^[（(]", flat) and bool(TITLE.search(flat))


def whole_title(text: str) -> bool:
    """A line that ends with a genre which cannot stand in the middle of a title."""
    return title_like(text) and bool(_STRONG.search(text.replace(" ", "")))


def title_part(text: str) -> bool:
    """A line that can be the beginning of a split title."""
    return (
        2 <= len(text) <= 45
        and not re.search(r"[。；：:，,！]|如下$", text)
        and not DATE_LINE.match(text)
        and not DOC_NO.search(text)
    )


def same(text: str, title: str) -> bool:
    """Equal but for blanks and punctuation."""
    return bool(title) and bare(text) == bare(title)
