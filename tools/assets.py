"""Copy what the pages use from node_modules into gangmu/web/static/vendor (kept out of git).

Run after ``npm ci``. Of Tabler 1.6 (635 kB) we keep the reset and the grid: its colours are written in
functions that Chromium 109 does not know, and every colour that shows is ours anyway.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TABLER = ROOT / "node_modules" / "@tabler" / "core" / "dist" / "css" / "tabler.min.css"
VENDOR = ROOT / "gangmu" / "web" / "static" / "vendor"
# A selector we keep: elements, attributes and pseudo-classes only, or a class of the grid.
KEPT_SELECTOR = re.compile(r"^(?:[a-z*][a-z0-9]*|\[[^\]]+\]|::?[a-z-]+(?:\([^)]*\))?|[ ,>+~])+$")
KEPT_GRID = re.compile(r"^\.(?:row|col|row-cols|offset|g|gx|gy)(?:-[a-z]{2})?(?:-[a-z0-9]+)?(?:>\*)?$")
KEPT_MEDIA = re.compile(r"^@media \(min-width:[0-9.]+px\)$")
# Declarations that an old browser cannot read, or that would draw a colour, a face or an edge of Tabler's.
DROPPED = re.compile(
    r"oklch\(|color-mix\(|light-dark\(|var\(--tblr-(?!gutter)"
    r"|^(?:color|background|border|outline|box-shadow|font|letter-spacing|line-height|transition|--tblr-(?!gutter))"
)


def rules(css: str) -> list[tuple[str, str]]:
    """Top-level (prelude, body) pairs of minified CSS; strings with braces do not occur outside data URLs."""
    found, depth, start, prelude = [], 0, 0, ""
    for at, char in enumerate(css):
        if char == "{":
            if depth == 0:
                prelude, start = css[start:at].strip(), at + 1
            depth += 1
        elif char == "}":
            depth -= 1
            if depth == 0:
                found.append((prelude.split(";")[-1], css[start:at]))
                start = at + 1
    return found


def kept_declarations(body: str) -> str:
    """The declarations of one rule that may stay."""
    parts = re.split(r";(?![^(]*\))", body)
    return ";".join(p for p in parts if p and not DROPPED.search(p.strip()))


def strip(css: str) -> str:
    """Reset and grid of a stylesheet, one rule a line."""
    lines = []
    for prelude, body in rules(re.sub(r"/\*.*?\*/", "", css, flags=re.S)):
        if KEPT_MEDIA.match(prelude):
            inner = strip(body)
            lines += [f"{prelude}{{\n{inner}}}"] if inner else []
            continue
        selectors = [s for s in prelude.split(",") if KEPT_SELECTOR.match(s) or KEPT_GRID.match(s)]
        declarations = kept_declarations(body)
        if selectors and declarations and not prelude.startswith("@"):
            lines.append(f"{','.join(selectors)}{{{declarations}}}")
    return "\n".join(lines) + "\n" if lines else ""


def main() -> int:
    """Write the vendor folder; 1 with a sentence when npm has not run yet."""
    if not TABLER.is_file():
        print("node_modules is missing: run `npm ci` first", file=sys.stderr)
        return 1
    VENDOR.mkdir(parents=True, exist_ok=True)
    css = "/* @tabler/core, MIT licence: reset and grid only */\n" + strip(TABLER.read_text(encoding="utf-8"))
    (VENDOR / "tabler.css").write_text(css, encoding="utf-8")
    print(f"vendor/tabler.css {len(css)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
