"""Ready means: the database answers, and it is the one this code was written for."""

import pytest
from django.db import OperationalError

from collegium.lib.serving import ready
from collegium.lib.serving.ready import Readiness
from collegium.testing.looping import run

pytestmark = pytest.mark.django_db(transaction=True)


def word():
    asked = Readiness()
    try:
        return run(asked.word())
    finally:
        asked.close()


def test_ready():
    assert word() == ""


def test_a_schema_that_is_behind(monkeypatch):
    monkeypatch.setattr(ready.MigrationExecutor, "migration_plan", lambda self, targets: ["one"])
    assert word() == "migrations missing"


def test_a_database_that_is_away(monkeypatch):
    def away(self):
        raise OperationalError

    monkeypatch.setattr("django.db.backends.base.base.BaseDatabaseWrapper.cursor", away)
    assert word() == "database away"


def test_a_database_that_does_not_answer(monkeypatch):
    monkeypatch.setattr(ready, "PATIENCE", 0.05)
    monkeypatch.setattr(Readiness, "_ask", lambda self: __import__("time").sleep(0.3))
    assert word() == "database slow"
