"""What every test stands on: a data folder of its own, a cheap database, a fixed day and a named cast.

The environment is set before Django reads it: nothing of a test lands in the data folder of the checkout.
"""

# ruff: noqa: E402 - the environment comes first

import atexit
import os
import shutil
import tempfile
from importlib import import_module

# A worker gets a folder below that of the run, so that none sees the files of another.
if worker := os.environ.get("PYTEST_XDIST_WORKER"):
    os.environ["GANGMU_DATA"] = os.path.join(os.environ["GANGMU_DATA"], worker)
    os.mkdir(os.environ["GANGMU_DATA"])
else:
    os.environ["GANGMU_DATA"] = tempfile.mkdtemp(prefix="gangmu-test-")
    atexit.register(shutil.rmtree, os.environ["GANGMU_DATA"], ignore_errors=True)
os.environ["GANGMU_TEST_SQLITE"] = os.path.join(os.environ["GANGMU_DATA"], "test.sqlite3")
os.environ["GANGMU_SECRET_KEY"] = "only-for-tests"
os.environ["DJANGO_SETTINGS_MODULE"] = "gangmu.settings"

import django

django.setup()
# A worker that inherits the name would read the settings before it has its folder.
del os.environ["DJANGO_SETTINGS_MODULE"]

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from gangmu.common import clock

pytest.register_assert_rewrite("tests.cast")
from tests.cast import DAY, Cast, assemble

# Signing in is not what is tested: the cheapest hash does.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup):
    """Let a test that really commits be cleaned up, although the database refuses to forget an event."""
    operations = type(connection.ops)
    flush = operations.execute_sql_flush

    def execute_sql_flush(self, sql_list):
        with _forgetting(self.connection):
            flush(self, sql_list)
        import_module("gangmu.meetings.migrations.0002_kinds").create(apps, None)

    operations.execute_sql_flush = execute_sql_flush
    yield
    operations.execute_sql_flush = flush


def _alter(cursor, what: str) -> None:
    """PostgreSQL alters no table while foreign keys of this transaction are still to be checked."""
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute(f"ALTER TABLE events_event {what} TRIGGER USER")
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")


class _forgetting:
    """The triggers of the log are off inside. Also used by tests that tamper with events."""

    def __init__(self, on) -> None:
        self.connection = on

    def __enter__(self) -> None:
        with self.connection.cursor() as cursor:
            if self.connection.vendor == "sqlite":
                cursor.execute(
                    "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'events_event'"
                )
                self.triggers = cursor.fetchall()
                for name, _sql in self.triggers:
                    cursor.execute(f"DROP TRIGGER {name}")
            else:
                _alter(cursor, "DISABLE")

    def __exit__(self, *problem) -> None:
        with self.connection.cursor() as cursor:
            if self.connection.vendor == "sqlite":
                for _name, sql in self.triggers:
                    cursor.execute(sql)
            else:
                _alter(cursor, "ENABLE")


@pytest.fixture
def forgetting(db):
    """``with forgetting: …``: what somebody with the database in hand could do."""
    return _forgetting(connection)


@pytest.fixture
def day():
    """The day on which everything happens: Wednesday, 10 June 2026, nine in the morning."""
    with clock.at(DAY):
        yield DAY


@pytest.fixture
def cast(db, day) -> Cast:
    return assemble()
