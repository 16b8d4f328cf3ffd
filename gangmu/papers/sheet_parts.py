"""The XML of a workbook, measured before its cells are read: how large, what is hidden, how numbers are shown, fills."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from dataclasses import dataclass, field

from lxml import etree

from gangmu.papers.errors import N_, Unreadable
from gangmu.papers.zipsafe import Package

_BUILT_IN = {2: "0.00", 4: "#,##0.00", 9: "0%", 10: "0.00%", 17: "mmm-yy", 55: "yyyy年m月", 57: "yyyy年m月"}
_MAX_COLUMN, _MAX_ROW = 16_384, 1_048_576
_NAMED = 12  # rows or cells named in a warning
_COLOURS = ((N_("红色"), lambda r, g, b: r > 200 and g < 130 and b < 150), (N_("黄色"), lambda r, g, b: r > 200 and g > 150 and b < 160),
            (N_("绿色"), lambda r, g, b: g > 140 and r < 190 and b < 170 and g - r > 30))  # fmt: skip


@dataclass
class Layout:
    """What a sheet's own XML says beside its values. Rows and columns from 0; ``box`` is rows × columns with values."""

    name: str
    box: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    fills: dict[tuple[int, int], str] = field(default_factory=dict)

    def warnings(self) -> list[str]:
        out = []
        if self.hidden_rows:
            words = {"sheet": self.name, "rows": _numbers(r + 1 for r in sorted(self.hidden_rows))}
            out.append(N_("“%(sheet)s”里隐藏的行没有读入：第%(rows)s行。") % words)
        if self.hidden_columns:
            words = {
                "sheet": self.name,
                "columns": _numbers(_letters(c) for c in sorted(self.hidden_columns)),
            }
            out.append(N_("“%(sheet)s”里隐藏的列没有读入：%(columns)s列。") % words)
        if self.fills:
            counts = Counter(self.fills.values())
            said = "、".join(N_("%(colour)s%(n)s格") % {"colour": c, "n": n} for c, n in counts.items())
            where = _numbers(f"{_letters(c)}{r + 1}" for r, c in sorted(self.fills))
            words = {"sheet": self.name, "said": said, "where": where}
            out.append(
                N_(
                    "“%(sheet)s”里有填了颜色的格子（%(said)s：%(where)s）。颜色只作提示，没有读作进展或完成情况。"
                )
                % words
            )
        return out


def _numbers(values) -> str:  # type: ignore[no-untyped-def]
    texts = [str(v) for v in values]
    return "、".join(texts[:_NAMED]) + (N_("等%s处") % len(texts) if len(texts) > _NAMED else "")


def _letters(column: int) -> str:
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def column_number(letters: str) -> int:
    """A -> 0, XFD -> 16383."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def layouts(package: Package) -> list[Layout]:
    """Every worksheet of the package, measured. Raises Unreadable for XML that is damaged or hostile."""
    names = {name.lower(): name for name in package.names}
    if "xl/workbook.xml" not in names:
        raise Unreadable("wrong_type")
    for extra in ("xl/sharedstrings.xml", "[content_types].xml"):
        if extra in names:
            package.xml(names[extra])
    targets = _targets(package, names)
    styles = _styles(package, names)
    out = []
    for element in package.xml(names["xl/workbook.xml"]).iter():
        if _local(element) != "sheet":
            continue
        target = next((targets.get(v) for k, v in element.attrib.items() if str(k).endswith("}id")), None)
        part = names.get((target or "").lower())
        if part is None:
            continue
        layout = Layout(str(element.get("name", "")))
        _measure(package.xml(part), layout, styles, visible=element.get("state", "visible") == "visible")
        out.append(layout)
    return out


def _targets(package: Package, names: dict[str, str]) -> dict[str, str]:
    """Relation id -> part name. A relation that leads out of the package is no part."""
    part = names.get("xl/_rels/workbook.xml.rels")
    found: dict[str, str] = {}
    for element in package.xml(part).iter() if part else ():
        target = str(element.get("Target", ""))
        if _local(element) == "Relationship" and target and element.get("TargetMode") != "External":
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            found[str(element.get("Id"))] = path
    return found


@dataclass(frozen=True)
class _Styles:
    formats: list[str]  # by style number
    fills: list[str]


def _styles(package: Package, names: dict[str, str]) -> _Styles:
    part = names.get("xl/styles.xml")
    if part is None:
        return _Styles([], [])
    root = package.xml(part)
    custom = {
        int(e.get("numFmtId", "0")): str(e.get("formatCode", ""))
        for e in root.iter() if _local(e) == "numFmt" and str(e.get("numFmtId", "")).isdigit()
    }  # fmt: skip
    fills = [_colour(e) for e in root.iter() if _local(e) == "fill"]
    table = next((e for e in root.iter() if _local(e) == "cellXfs"), None)
    formats, colours = [], []
    for style in table if table is not None else ():
        number = _int(style.get("numFmtId"))
        formats.append(custom.get(number) or _BUILT_IN.get(number, ""))
        fill = _int(style.get("fillId"))
        colours.append(fills[fill] if 0 <= fill < len(fills) else "")
    return _Styles(formats, colours)


def _int(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 8 else 0


def _colour(fill: etree._Element) -> str:
    """红色, 黄色, 绿色 or '': solid fills by their rgb only."""
    for element in fill.iter():
        rgb = str(element.get("rgb", ""))
        if _local(element) == "fgColor" and re.fullmatch(r"[0-9A-Fa-f]{8}", rgb):
            r, g, b = (int(rgb[i : i + 2], 16) for i in (2, 4, 6))
            return next((name for name, test in _COLOURS if test(r, g, b)), "")
    return ""


_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def _measure(root: etree._Element, layout: Layout, styles: _Styles, *, visible: bool) -> None:
    last_row, last_column, row = -1, -1, -1
    for element in root.iter("{*}col"):
        if element.get("hidden") in ("1", "true"):
            first, last = _int(element.get("min")), min(_int(element.get("max")), _MAX_COLUMN)
            layout.hidden_columns.update(range(max(first - 1, 0), last))
    hidden: set[int] = set()
    for element in root.iter("{*}row"):
        row = _int(element.get("r")) - 1 if element.get("r") else row + 1
        if not 0 <= row < _MAX_ROW:
            raise Unreadable("corrupt_sheet", f"row {row}")
        if element.get("hidden") in ("1", "true"):
            hidden.add(row)
        end = _measure_row(element, row, layout, styles)
        if end >= 0:
            last_row, last_column = max(last_row, row), max(last_column, end)
    layout.box = (last_row + 1) * (last_column + 1) if visible else 0
    layout.hidden_rows = {r for r in hidden if r <= last_row}
    layout.hidden_columns = {c for c in layout.hidden_columns if c <= last_column}


def _measure_row(element: etree._Element, row: int, layout: Layout, styles: _Styles) -> int:
    """The last column with a value, -1 without one."""
    column, end = -1, -1
    for cell in element:
        found = _REFERENCE.fullmatch(cell.get("r") or "")
        column = column_number(found[1]) if found else column + 1
        if not 0 <= column < _MAX_COLUMN or (found and int(found[2]) - 1 != row):
            raise Unreadable("corrupt_sheet", "cell reference")
        style = _int(cell.get("s"))
        if style < len(styles.fills) and styles.fills[style] and row > 0:
            layout.fills[row, column] = styles.fills[style]
        if len(cell) == 0:
            continue
        end = column
        if style < len(styles.formats) and styles.formats[style]:
            layout.formats[row, column] = styles.formats[style]
    return end
