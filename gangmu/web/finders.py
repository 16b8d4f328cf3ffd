"""Static files: only what the pages use, by suffix, and never a whole package."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import django_htmx
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

OURS = Path(__file__).resolve().parent / "static"
HTMX = Path(django_htmx.__file__).resolve().parent / "static"
SUFFIXES = frozenset({".css", ".js", ".svg", ".png", ".ico", ".woff2", ".webmanifest"})
# Older releases of django-htmx call the file htmx.min.js; the page asks for HTMX_FILE either way.
HTMX_FILE = next(
    (name for name in ("django_htmx/htmx-2.min.js", "django_htmx/htmx.min.js") if (HTMX / name).is_file()),
    "django_htmx/htmx.min.js",
)


def allowed(path: str) -> Path | None:
    """The file behind a static path, or None when it is not on the list."""
    if path in (HTMX_FILE, "django_htmx/htmx.min.js"):
        return HTMX / HTMX_FILE
    file = (OURS / path).resolve()
    inside = file.is_relative_to(OURS) and not any(part.startswith(".") for part in Path(path).parts)
    return file if inside and file.suffix in SUFFIXES and file.is_file() else None


class Whitelist(BaseFinder):
    """Serves gangmu/web/static by suffix, and htmx from the package that bundles it."""

    def check(self, **kwargs: Any) -> list[Any]:
        """Nothing to configure, so nothing to complain about."""
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> str | list[str]:  # type: ignore[override]
        """The absolute path as a string, or [] (Django's way to say "not here")."""
        file = allowed(path)
        if file is None:
            return []
        return [str(file)] if find_all or kwargs.get("all") else str(file)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:  # type: ignore[override]
        """Every file to serve, as (path, storage); whitenoise and collectstatic read this."""
        ours = FileSystemStorage(location=str(OURS))
        for file in sorted(OURS.rglob("*")):
            path = file.relative_to(OURS).as_posix()
            if allowed(path):
                yield path, ours
        yield HTMX_FILE, FileSystemStorage(location=str(HTMX))
