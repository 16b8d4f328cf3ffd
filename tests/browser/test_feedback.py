"""一次填报 with the keyboard alone: a sentence, Enter, the next; up and down for the word."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor


@pytest.fixture
def head(chromium, served: str):
    """The party office's head: of the demo year's owners the one with the most tasks to speak of."""
    visitor = Visitor(chromium, served, "shen")
    yield visitor
    assert visitor.complaints == []
    visitor.close()


def test_row_after_row_without_a_mouse(head: Visitor):
    page = head.go("/tasks/feedback/")
    boxes = page.locator("[data-line]")
    before = boxes.count()
    assert before > 3
    expect(boxes.first).to_be_focused()  # and what it holds is chosen, so that typing replaces it
    rows = page.locator(".gm-line")
    first, second = (rows.nth(n).get_attribute("id") for n in (0, 1))
    page.keyboard.type("摸排完 12 处")
    page.keyboard.press("Enter")
    expect(page.locator(f"#{first}.is-saved")).to_contain_text("摸排完 12 处")
    expect(page.locator(f"#{second} [data-line]")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.type("还差两家没有回")
    chosen = page.locator(f"#{second} input:checked").get_attribute("value")
    page.keyboard.press("Enter")
    saved = page.locator(f"#{second}.is-saved")
    expect(saved).to_contain_text("还差两家没有回")
    words = {"done": "已完成", "on_track": "按序时推进", "slow": "进展缓慢", "not_started": "未启动"}
    expect(saved).to_contain_text(words[chosen or ""])
    expect(page.locator("[data-count]")).to_have_text(re.compile(f"还有 {before - 2} 件"))


def test_a_refused_row_comes_back_with_the_pen(head: Visitor):
    page = head.go("/tasks/feedback/")
    row = page.locator(".gm-line").first
    row.locator("[data-line]").fill(" ")
    page.keyboard.press("Enter")
    expect(page.locator(f"#{row.get_attribute('id')} .gm-err")).to_contain_text("写一句办到哪一步了")
    expect(page.locator(f"#{row.get_attribute('id')} [data-line]")).to_be_focused()
    head.complaints = [
        c for c in head.complaints if "422" not in c
    ]  # the browser notes each refusal by itself
