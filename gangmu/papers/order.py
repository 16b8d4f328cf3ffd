"""The order in which the schema wants the properties of a paragraph and of a run: Word minds it, others do not."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn

_PARAGRAPH = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
)
_RUN = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish "
    "webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang"
)
_ORDERS = {
    qn("w:pPr"): {qn(f"w:{name}"): n for n, name in enumerate(_PARAGRAPH.split())},
    qn("w:rPr"): {qn(f"w:{name}"): n for n, name in enumerate(_RUN.split())},
}


def in_order(root: Any) -> None:
    """Sort the children of every pPr and rPr below ``root`` in place."""
    for tag, order in _ORDERS.items():
        for properties in root.iter(tag):
            wanted = sorted(properties, key=lambda child: order.get(child.tag, len(order)))
            if wanted != list(properties):
                properties[:] = wanted
