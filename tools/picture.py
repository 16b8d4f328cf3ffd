"""The picture of the README: the net map of the demo city as the product draws it. Usage: make picture"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from playwright.sync_api import sync_playwright

from tests.browser.conftest import CHROMIUM, FLAGS, PASSWORD, serve_demo

OUT = Path(__file__).resolve().parents[1] / "docs" / "img" / "netmap.png"


def main() -> None:
    with serve_demo() as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="zh-CN")
        page.goto(base + "/sign-in/")
        page.fill("input[name=username]", "shen")
        page.fill("input[name=password]", PASSWORD)
        page.get_by_role("button").first.click()
        page.goto(base + "/net/")
        page.screenshot(path=str(OUT))
        browser.close()
    print(OUT)


if __name__ == "__main__":
    main()
