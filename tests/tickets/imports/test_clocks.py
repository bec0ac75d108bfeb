"""The clocks of imported tickets are what they would have been, had the tickets been received and answered here."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.connection import Desk, open_desk
from models.reading import one, rows, scalar
from tests.tickets.imports.story import (
    AL,
    JO,
    ORGANIZATION,
    comment,
    contract,
    export,
    instant,
    land,
    lead,
    ticket,
)
from tickets import conversation, intake

ACTORS = {"users": [JO, AL], "organizations": [ORGANIZATION]}
CLOCK = (
    "SELECT state, severity, objective_minutes, plan, revision, section, received_at, started_at, due_at, stopped_at,"
    " late_seconds, credit_days FROM clock ORDER BY id DESC LIMIT 1"
)
STANDING = (
    "SELECT clock_state, due_at, order_at, objective_minutes, basis_id, contract_id, severity, received_at,"
    " waiting_since FROM ticket ORDER BY id DESC LIMIT 1"
)
OWED = "SELECT customer_id, term_id, entry, days, at FROM credit ORDER BY id"


def landed(folder: Path, *said: dict[str, Any], **fields: Any) -> None:
    assert land(export(folder, tickets=[ticket(comments=list(said), **fields)], **ACTORS)).complete


@pytest.fixture
def acme(desk: Desk) -> int:
    return contract(lead())


def state() -> tuple[Any, ...] | None:
    return one("SELECT state, late_seconds, credit_days FROM clock")


def test_an_answer_in_time_is_met_and_names_its_message(acme: int, tmp_path: Path) -> None:
    landed(tmp_path, comment(1, "2024-05-14T09:00:00Z"))
    assert state() == ("met", 0, 0)
    assert one("SELECT m.external_id FROM clock c JOIN message m ON m.id = c.message_id") == ("1",)


def test_a_late_answer_is_missed_with_its_days(acme: int, tmp_path: Path) -> None:
    landed(tmp_path, comment(1, "2024-05-14T09:47:00Z"))
    assert state() == ("missed", 47 * 60, 3)
    owed = "SELECT t.starts_on, c.entry, c.days, c.at FROM credit c JOIN term t ON t.id = c.term_id"
    assert one(owed) == ("2024-01-01", "owed", 3, instant("2024-05-14T09:47:00Z"))


@pytest.mark.parametrize(
    "said",
    [
        comment(1, "2024-05-14T07:10:00Z", public=False),
        comment(1, "2024-05-14T07:10:00Z", author=20),
        comment(1, "2024-05-14T07:10:00Z", author=-1),
        comment(1, "2024-05-14T07:10:00Z", via={"channel": "rule"}),
        comment(1, "2024-05-14T07:10:00Z", via="community"),
    ],
    ids=["a note", "the customer", "the system", "a rule", "the community"],
)
def test_what_is_no_answer_of_a_person_stops_no_clock(acme: int, tmp_path: Path, said: dict[str, Any]) -> None:
    landed(tmp_path, said)
    assert state() == ("running", 0, 0)


def test_a_request_that_staff_typed_in_is_no_answer(acme: int, tmp_path: Path) -> None:
    landed(tmp_path, comment(1, "2024-05-14T07:00:00Z", "Since this morning nobody can log in."))
    assert state() == ("running", 0, 0)
    assert rows("SELECT side, author FROM message") == [("customer", "Jo Field")]


def test_a_ticket_solved_without_a_known_answer_claims_nothing(acme: int, tmp_path: Path) -> None:
    report = land(export(tmp_path, tickets=[ticket(status="closed")], **ACTORS))
    assert state() is None
    assert any("nobody knows" in warning for warning in report.warnings)


def test_its_comments_may_come_in_a_later_run_and_settle_it(acme: int, tmp_path: Path) -> None:
    land(export(tmp_path, tickets=[ticket(status="closed"), ticket(2)], **ACTORS))
    later = [comment(number, "2024-05-14T09:30:00Z", ticket_id=number) for number in (1, 2)]
    report = land(export(tmp_path, "later.json", users=[AL], comments=later))
    assert report.complete
    assert report.tickets.updated == 2
    assert rows("SELECT state, late_seconds FROM clock") == [("missed", 1800), ("missed", 1800)]
    assert rows("SELECT days FROM credit") == [(2,), (2,)]
    assert report.credit_days == 4
    assert rows("SELECT clock_state, waiting_since FROM ticket") == [("missed", None), ("missed", None)]


def test_no_contract_means_no_clock(desk: Desk, tmp_path: Path) -> None:
    landed(tmp_path, comment(1, "2024-05-14T09:47:00Z"))
    assert scalar("SELECT count(*) FROM clock") == 0
    assert one("SELECT clock_state, contract_id, due_at FROM ticket") == ("none", None, None)


RECEIVED = st.integers(instant("2024-03-20T00:00:00Z"), instant("2024-05-20T00:00:00Z"))
PRIORITIES = {1: "urgent", 2: "high", 3: "normal", 4: "low"}


@settings(max_examples=40)
@given(received=RECEIVED, severity=st.integers(1, 4), after=st.none() | st.integers(0, 9 * 86_400))
def test_an_import_counts_as_the_desk_itself_does(
    tmp_path_factory: pytest.TempPathFactory, received: int, severity: int, after: int | None
) -> None:
    folder = tmp_path_factory.mktemp("desk")
    desk = open_desk(str(folder / "desk.db"))
    try:
        acme = contract(lead())
        number = intake.receive(
            customer_id=acme,
            subject="Here",
            body="Here",
            severity=severity,
            customer_severity=severity,
            actor=None,
            at=received,
        )
        said = []
        if after is not None:
            conversation.reply(number, "Answer", lead(), received + after, then="open")
            said = [comment(1, str(received + after))]
        here = one(CLOCK), one(STANDING), rows(OWED)
        landed(folder, *said, created_at=str(received), priority=PRIORITIES[severity])
        assert (one(CLOCK), one(STANDING)) == here[:2]
        assert rows(OWED) == here[2] * 2
    finally:
        desk.close()


def test_a_waiting_customer_waits_since_the_first_word_that_was_not_answered(acme: int, tmp_path: Path) -> None:
    said = [
        comment(1, "2024-05-14T08:00:00Z"),
        comment(2, "2024-05-14T09:00:00Z", "Still broken", 20),
        comment(3, "2024-05-14T10:00:00Z", "Hello?", 20),
    ]
    landed(tmp_path, *said)
    assert one("SELECT waiting_since, updated_at FROM ticket") == (
        instant("2024-05-14T09:00:00Z"),
        instant("2024-05-14T10:00:00Z"),
    )
