"""Who a command acts for, and the file it reads."""

from pathlib import Path

from gangmu.common.errors import Invalid
from gangmu.org import actor
from gangmu.org.models import Post, Unit, User


def unit_named(text: str) -> Unit:
    """By number, name or short name."""
    by = {"pk": int(text)} if text.isdigit() else None
    unit = Unit.objects.filter(**by).first() if by else (
        Unit.objects.filter(name=text).first() or Unit.objects.filter(short=text).first()
    )  # fmt: skip
    if unit is None:
        raise Invalid(f"没有这个单位：{text}")
    return unit


def importer(unit: Unit, username: str | None) -> actor.Actor:
    """The named account, or that of the party office's head."""
    users = User.objects.filter(unit=unit, is_active=True).select_related("person")
    if username:
        user = users.filter(username=username).first()
    else:
        user = users.filter(person__posts__kind=Post.Kind.PARTY_OFFICE_HEAD).first()
    if user is None:
        raise Invalid("没有可以导入的账号。请用 --as 写明账号。")
    return actor.of(user)


def content(file: Path) -> bytes:
    """The bytes of a file, or a sentence why not."""
    try:
        return file.read_bytes()
    except OSError as problem:
        raise Invalid(f"读不到文件 {file}：{problem.strerror}") from None
