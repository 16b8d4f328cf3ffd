"""A demo city served on a port of its own, and a browser: Debian's Chromium."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "yunze-demo-1"
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def pytest_collection_modifyitems(items) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


def _gangmu(env: dict[str, str], *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "gangmu.cli", *arguments], env=env, cwd=ROOT, check=True, capture_output=True
    )


@contextmanager
def serve_demo() -> Iterator[str]:
    """The address of a server over a demo year that was made for this run."""
    folder = tempfile.mkdtemp(prefix="gangmu-browser-")
    env = {k: v for k, v in os.environ.items() if not k.startswith("GANGMU_")} | {"GANGMU_DATA": folder}
    _gangmu(env, "demo")
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "gangmu.cli", "serve", "--port", str(port)], env=env, cwd=ROOT,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def served() -> Iterator[str]:
    with serve_demo() as base:
        yield base


def _wait(port: int) -> None:
    for _attempt in range(200):
        with socket.socket() as s:
            if s.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the server did not start")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Visitor:
    """Somebody at a browser of their own, signed in."""

    def __init__(
        self, browser: Browser, base: str, username: str, *, width: int = 1440, height: int = 900
    ) -> None:
        self.base = base
        self.context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.complaints: list[str] = []
        self.page.on("console", lambda m: self.complaints.append(m.text) if m.type == "error" else None)
        self.page.on("pageerror", lambda e: self.complaints.append(str(e)))
        self.go("/sign-in/")
        self.page.fill("input[name=username]", username)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.get_by_role("button").first.click()
        self.page.wait_for_url(base + "/")

    def go(self, path: str) -> Page:
        self.page.goto(self.base + path)
        return self.page

    def press(self, word: str) -> None:
        """Click the button with exactly this word (key caps beside it are not read out)."""
        self.page.get_by_role("button", name=word, exact=True).first.click()
        self.page.wait_for_load_state()

    def follow(self, word: str) -> None:
        self.page.get_by_role("link", name=word, exact=True).first.click()
        self.page.wait_for_load_state()

    def says(self, text: str) -> None:
        """The page shows this sentence."""
        body = self.page.inner_text("body")
        assert text in body, f"{self.page.url}: {text!r} is not on the page:\n{body[:1500]}"

    def close(self) -> None:
        self.context.close()
        assert not self.complaints, self.complaints


@pytest.fixture
def visit(chromium: Browser, served: str):
    """``visit("shen")``: a signed-in visitor; all are closed at the end, and none may have console errors."""
    made: list[Visitor] = []

    def enter(username: str, **size: int) -> Visitor:
        made.append(Visitor(chromium, served, username, **size))
        return made[-1]

    yield enter
    for visitor in made:
        visitor.close()
