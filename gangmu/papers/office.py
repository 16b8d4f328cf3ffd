""".doc and .wps -> .docx through LibreOffice, in a throw-away folder with its own profile."""

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
    """Convert; raises needs_office, timeout or corrupt. Macros do not run in a headless conversion."""
    program = available()
    if program is None:
        raise Unreadable("needs_office")
    with tempfile.TemporaryDirectory(prefix="papers-") as folder:
        source = Path(folder) / f"paper{suffix}"
        source.write_bytes(data)
        command = [
            program,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless", "--norestore", "--nologo", "--convert-to", "docx", "--outdir", f"{folder}/out", str(source),
        ]  # fmt: skip
        _run(command, timeout, folder)
        made = Path(folder) / "out" / "paper.docx"
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
