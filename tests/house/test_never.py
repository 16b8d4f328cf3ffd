"""What the product never has: the rules against formalism forbid it."""

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models
from django.urls import URLPattern, get_resolver

pytestmark = pytest.mark.pure

WORDS = {
    "checkin", "checkins", "streak", "streaks", "badge", "badges", "rank", "ranks", "ranking", "rankings",
    "leaderboard", "league", "score", "scores", "scoring", "geo", "gps", "location", "locations", "latitude",
    "longitude", "photo", "photos", "selfie", "reward", "rewards", "lottery", "footprint",
}  # fmt: skip
PAIRS = {
    ("check", "in"), ("clock", "in"), ("punch", "in"), ("online", "time"), ("online", "minutes"), ("reading", "time"),
    ("reading", "minutes"), ("stay", "time"), ("sign", "streak"), ("total", "points"), ("bonus", "points"),
    ("self", "register"), ("self", "attend"),
}  # fmt: skip
# A point of a directive and the point of entry are no points to be earned.
HONEST_POINTS = {"EntryPoint", "DirectivePoint", "PointAnswer", "ProposedEntryPoint"}


def words(name: str) -> list[str]:
    return re.findall(r"[a-z]+", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower())


def forbidden(name: str) -> bool:
    found = words(name)
    return bool(set(found) & WORDS or set(zip(found, found[1:], strict=False)) & PAIRS)


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("check_in", True), ("CheckIn", True), ("checkin_at", True), ("signin_streak", True), ("department_rank", True),
        ("onlineTime", True), ("geo_hash", True), ("photo", True), ("tasks/<int:pk>/check-in/", True),
        ("sign_in", False), ("frank", False), ("ranked", False), ("entry_point", False), ("check", False),
        ("allocation", False), ("check_up", False),
    ],
)  # fmt: skip
def test_the_net_catches_what_it_should(name, bad):
    assert forbidden(name) is bad


def our_models() -> list[type[models.Model]]:
    return [m for m in apps.get_models() if m.__module__.startswith("gangmu.")]


def test_no_model_and_no_field_of_it():
    names = [m.__name__ for m in our_models()]
    names += [f"{m.__name__}.{f.name}" for m in our_models() for f in m._meta.get_fields()]
    assert [n for n in names if forbidden(n.replace(".", "_of_"))] == []


def test_no_state_or_kind_of_it():
    found = [
        f"{m.__name__}.{f.name}={code}"
        for m in our_models()
        for f in m._meta.fields
        for code, _label in f.choices or ()
        if forbidden(str(code))
    ]
    assert found == []


def test_nothing_counts_points():
    numbers = (models.IntegerField, models.DecimalField, models.FloatField)
    found = [
        f"{m.__name__}.{f.name}"
        for m in our_models()
        for f in m._meta.fields
        if isinstance(f, numbers) and {"point", "points"} & set(words(f.name))
    ]
    assert found == []
    pointed = {m.__name__ for m in our_models() if {"point", "points"} & set(words(m.__name__))}
    assert pointed == HONEST_POINTS


def test_no_picture_or_file_is_required():
    assert [f"{m.__name__}.{f.name}" for m in our_models() for f in m._meta.fields if
            isinstance(f, models.ImageField) or (isinstance(f, models.FileField) and not f.blank)] == []  # fmt: skip


def patterns(resolver=None) -> Iterator[tuple[str, str]]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield entry.name or "", str(entry.pattern)
        else:
            yield from patterns(entry)


def test_no_address_leads_to_it():
    found = list(patterns())
    assert len(found) > 30
    assert [(name, route) for name, route in found if forbidden(name) or forbidden(route)] == []
