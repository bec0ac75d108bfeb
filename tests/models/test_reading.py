"""Rows are read as plain tuples, or as the record that is asked for."""

from dataclasses import dataclass
from typing import NamedTuple

import pytest

from models import connection
from models.connection import Desk
from models.errors import DatabaseUnavailable
from models.reading import one, rows, scalar

QUEUES = "SELECT key, name FROM queue WHERE id < ? ORDER BY id"


class QueueLine(NamedTuple):
    key: str
    name: str


@dataclass(frozen=True)
class QueueCard:
    key: str
    name: str


def test_rows_are_tuples_unless_a_record_is_asked_for(desk: Desk) -> None:
    assert rows(QUEUES, (9,)) == [("support", "Support"), ("onboarding", "Onboarding")]
    assert rows(QUEUES, (9,), QueueLine)[1].name == "Onboarding"
    assert rows(QUEUES, (9,), QueueCard) == [QueueCard("support", "Support"), QueueCard("onboarding", "Onboarding")]


def test_one_row_and_one_value_are_none_where_there_is_none(desk: Desk) -> None:
    assert one(QUEUES, (9,), QueueLine) == ("support", "Support")
    assert (one(QUEUES, (0,)), one(QUEUES, (0,), QueueLine), scalar(QUEUES, (0,))) == (None, None, None)
    assert scalar("SELECT count(*) FROM queue") == 2


def test_reading_without_a_desk_is_told_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection._Current, "desk", None)
    with pytest.raises(DatabaseUnavailable, match="No desk is open"):
        rows("SELECT 1")
