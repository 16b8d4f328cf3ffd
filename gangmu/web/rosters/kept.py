"""An uploaded list between two pages: a file of its own that only its uploader can open, gone after a day at the latest.

Lists of people hold what this product does not keep (identity numbers, telephones), so the original never reaches the
database or its backups.
"""

import json
import os
import re
import secrets
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext as _

LIFE = 24 * 3600  # seconds
TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")


@dataclass(frozen=True)
class Kept:
    """``name`` is the file's own name; ``kind`` what the uploader said it is, or ""."""

    token: str
    name: str
    kind: str
    data: bytes


def _folder() -> Path:
    found = Path(settings.DATA) / "incoming"
    found.mkdir(parents=True, exist_ok=True, mode=0o700)
    return found


def keep(data: bytes, name: str, *, kind: str, user_id: int) -> str:
    """Put the file aside for its uploader; returns what stands in the address. Old ones go first."""
    sweep()
    token = secrets.token_urlsafe(24)
    about = {"user": user_id, "name": name[:200], "kind": kind}
    for suffix, content in ((".bin", data), (".json", json.dumps(about).encode())):
        handle = os.open(_folder() / f"{token}{suffix}", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
    return token


def fetch(token: str, user_id: int) -> Kept:
    """The file, if it is this person's and still there; 404 otherwise, without saying which."""
    try:
        if not TOKEN.fullmatch(token):
            raise OSError
        about = json.loads((_folder() / f"{token}.json").read_bytes())
        if about["user"] != user_id or _age(_folder() / f"{token}.bin") > LIFE:
            raise OSError
        return Kept(token, about["name"], about["kind"], (_folder() / f"{token}.bin").read_bytes())
    except (OSError, ValueError, KeyError):
        raise Http404(_("这份名册已经导入、放弃，或者放了超过一天。请重新上传。")) from None


def waiting(user_id: int) -> list[tuple[str, str]]:
    """(token, name) of what somebody put aside and has neither taken nor given up, the newest first."""
    sweep()
    found = []
    for file in sorted(_folder().glob("*.json"), key=_age):
        try:
            about = json.loads(file.read_bytes())
        except (OSError, ValueError):
            continue
        if about.get("user") == user_id:
            found.append((file.stem, about["name"]))
    return found


def forget(token: str) -> None:
    """Delete the file. ``token`` comes from ``fetch``."""
    for suffix in (".bin", ".json"):
        (_folder() / f"{token}{suffix}").unlink(missing_ok=True)


def sweep() -> None:
    """Delete what has lain for a day."""
    for file in _folder().iterdir():
        try:
            if _age(file) > LIFE:
                file.unlink(missing_ok=True)
        except OSError:
            continue


def _age(file: Path) -> float:
    return time.time() - file.stat().st_mtime
