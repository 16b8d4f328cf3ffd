"""Files from one form into another through LibreOffice, in a throw-away folder with its own profile."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from gangmu.papers.errors import Unreadable

TIMEOUT = 60  # seconds


def available() -> str | None:
    """The LibreOffice program, or None."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def to_docx(data: bytes, suffix: str = ".doc", *, timeout: float = TIMEOUT) -> bytes:
    """.doc and .wps to read. Raises needs_office, timeout or corrupt."""
    return convert(data, suffix, "docx", timeout=timeout)


def to_pdf(data: bytes, suffix: str = ".docx", *, timeout: float = TIMEOUT) -> bytes:
    """A paper or a ledger of our own as PDF. Raises no_pdf or timeout."""
    if available() is None:
        raise Unreadable("no_pdf")
    return convert(data, suffix, "pdf", timeout=timeout)


def convert(data: bytes, suffix: str, to: str, *, timeout: float = TIMEOUT) -> bytes:
    """``suffix`` with its dot, ``to`` without. Macros do not run in a headless conversion."""
    program = available()
    if program is None:
        raise Unreadable("needs_office")
    with tempfile.TemporaryDirectory(prefix="papers-") as folder:
        source = Path(folder) / f"paper{suffix}"
        source.write_bytes(data)
        command = [
            program,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless", "--norestore", "--nologo", "--convert-to", to, "--outdir", f"{folder}/out", str(source),
        ]  # fmt: skip
        _run(command, timeout, folder)
        made = Path(folder) / "out" / f"paper.{to}"
        if not made.is_file():
            raise Unreadable("corrupt", "no conversion")
        return made.read_bytes()


def _run(command: list[str], timeout: float, home: str) -> None:
    """Run in its own session so that a time-out ends the children too."""
    environment = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "HOME": home, "LANG": "C.UTF-8"}
    with subprocess.Popen(  # noqa: S603  (fixed program, no shell, own temporary file)
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True, env=environment
    ) as process:
        try:
            process.wait(timeout)
        except subprocess.TimeoutExpired as error:
            os.killpg(process.pid, signal.SIGKILL)
            raise Unreadable("timeout") from error
