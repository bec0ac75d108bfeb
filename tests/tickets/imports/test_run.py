"""A lead moves a desk: tickets, people and conversations land, once, and can be taken back."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import journal
from models.access import add_person
from models.connection import Desk, open_desk
from models.errors import CannotUndo, NotAllowed
from models.reading import one, rows, scalar
from tests.tickets.imports.story import (
    AL,
    JO,
    NOW,
    OPENED,
    ORGANIZATION,
    comment,
    contract,
    export,
    land,
    lead,
    stored,
    ticket,
)
from tickets import triage
from tickets.imports import landing, run
from tickets.imports.run import run_import

TAKEN_BACK = ("ticket", "message", "clock", "contact", "credit")
"""What an undone import leaves no row of; a basis is a constant that clocks share, and may stay."""

ACTORS = {"users": [JO, AL], "organizations": [ORGANIZATION]}


def test_a_whole_export_lands_with_everyone_in_their_place(desk: Desk, tmp_path: Path) -> None:
    asked = ticket(assignee_id=30, tags=["Ohio", "American Samoa"], status="pending", via={"channel": "email"})
    said = [comment(1, "2024-05-14T08:00:00Z"), comment(2, "2024-05-14T09:00:00Z", "Thanks", 20)]
    report = land(export(tmp_path, tickets=[asked | {"comments": said}], **ACTORS))
    assert report.complete
    assert not report.warnings
    landed = one(
        "SELECT c.name, k.name, p.name, t.subject, t.severity, t.customer_severity, t.state, t.is_open, t.channel,"
        " t.tags, t.source, t.external_id FROM ticket t JOIN customer c ON c.id = t.customer_id"
        " JOIN contact k ON k.id = t.contact_id JOIN person p ON p.id = t.owner_id"
    )
    people = ("Acme", "Jo Field", "Al Agent")
    assert landed == (*people, "Logins fail 1", 2, 2, "waiting", 1, "email", "Ohio,American Samoa", "zendesk", "1")
    assert rows("SELECT kind, side, author, body FROM message ORDER BY at, id") == [
        ("message", "customer", "Jo Field", "Since this morning nobody can log in."),
        ("message", "vendor", "Al Agent", "We look into it."),
        ("message", "customer", "Jo Field", "Thanks"),
    ]


def test_files_may_come_in_any_order_and_comments_apart(desk: Desk, tmp_path: Path) -> None:
    files = [
        export(tmp_path, "c.json", ticket_id=1, comments=[comment(1, "2024-05-14T08:00:00Z")]),
        export(tmp_path, "t.json", tickets=[ticket()]),
        export(tmp_path, "u.json", users=[JO, AL]),
        export(tmp_path, "o.json", organizations=[ORGANIZATION]),
    ]
    assert land(*files).complete
    assert scalar("SELECT count(*) FROM message") == 2
    assert rows("SELECT name FROM customer") == [("Acme",)]


def test_notes_stay_inside_and_audits_hold_comments_too(desk: Desk, tmp_path: Path) -> None:
    audit = {
        "id": 5,
        "ticket_id": 1,
        "author_id": 30,
        "created_at": "2024-05-14T08:00:00Z",
        "events": [{"type": "Change"}, {"type": "Comment", "id": 6, "public": False, "body": "Known problem"}],
    }
    assert land(export(tmp_path, tickets=[ticket()], audits=[audit], **ACTORS)).complete
    assert one("SELECT kind, side, author FROM message WHERE external_id = '6'") == ("note", "vendor", "Al Agent")


def test_a_second_run_changes_nothing_and_says_so(desk: Desk, tmp_path: Path) -> None:
    files = export(
        tmp_path, tickets=[ticket(1), ticket(2) | {"comments": [comment(1, "2024-05-14T08:00:00Z")]}], **ACTORS
    )
    land(files)
    before, newest = stored(), journal.newest()
    again = land(files)
    assert stored() == before
    assert journal.newest() == newest
    assert again.operation_id is None
    assert (again.tickets.landed, again.tickets.unchanged) == (0, 2)


def test_a_dry_run_foretells_and_writes_nothing(desk: Desk, tmp_path: Path) -> None:
    contract(lead())
    file = export(
        tmp_path,
        tickets=[ticket(1), ticket(2, organization_id=77), {"id": 3}],
        comments=[comment(1, "2024-05-14T08:00:00Z", ticket_id=1), comment(2, "2024-05-14T08:00:00Z", ticket_id=99)],
        **ACTORS,
    )
    before, newest = stored(), journal.newest()
    foretold = land(file, dry_run=True)
    assert (stored(), journal.newest()) == (before, newest)
    really = land(file)
    assert foretold.counts() == really.counts()
    assert foretold.clocks == really.clocks
    assert foretold.rejected == really.rejected
    assert foretold.warnings == really.warnings


def test_undo_takes_all_batches_back_at_once(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "BATCH_TICKETS", 2)
    contract(lead())
    before = stored()
    said = [comment(1, "2024-05-14T08:00:00Z")]
    file = export(tmp_path, tickets=[ticket(number, comments=said) for number in range(7)], **ACTORS)
    assert land(file).tickets.landed == 7
    journal.undo(lead(), NOW)
    after = stored()
    assert [row[2:] for row in after.pop("customer")] == [row[2:] for row in before.pop("customer")]
    for table in TAKEN_BACK:
        assert after[table] == before[table]
    assert land(file).tickets.landed == 7


def test_people_of_the_desk_are_known_by_address_and_newcomers_get_no_key(desk: Desk, tmp_path: Path) -> None:
    al = add_person("al", "Al", "engineer", lead(), OPENED)
    with journal.transaction(lead(), OPENED, "email") as tx:
        from models.people import Person

        tx.update(Person, al, email="AL@vendor.example")
        tx.say("Al has an address.")
    eve = {"id": 31, "name": "Eve", "email": "eve@vendor.example", "role": "admin"}
    report = land(export(tmp_path, tickets=[ticket(assignee_id=30)], users=[AL, eve], organizations=[ORGANIZATION]))
    assert (report.people.updated, report.people.landed) == (1, 1)
    assert one("SELECT owner_id FROM ticket") == (al,)
    assert one("SELECT login, role, active FROM person WHERE name = 'Eve'") == ("eve", "engineer", 0)
    with pytest.raises(NotAllowed, match="not active"):
        from models.access import identify

        identify("eve", NOW)


def test_an_open_severity_1_that_nobody_had_gets_an_owner_and_no_other_ticket_does(desk: Desk, tmp_path: Path) -> None:
    anna = lead()
    tickets = [
        ticket(1, priority="urgent"),
        ticket(2, priority="urgent", status="closed"),
        ticket(3),
        ticket(4, priority="urgent", assignee_id=30),
    ]
    land(export(tmp_path, tickets=tickets, users=[AL, JO], organizations=[ORGANIZATION]))
    al = scalar("SELECT id FROM person WHERE name = 'Al Agent'")
    assert rows("SELECT owner_id FROM ticket ORDER BY external_id") == [(anna,), (None,), (None,), (al,)]


def test_a_customer_of_the_desk_is_known_by_name_and_stays_known_when_renamed(desk: Desk, tmp_path: Path) -> None:
    acme = contract(lead())
    file = export(tmp_path, tickets=[ticket()], **ACTORS)
    assert land(file).customers.updated == 1
    with journal.transaction(lead(), NOW, "rename") as tx:
        from models.customers import Customer

        tx.update(Customer, acme, name="Acme Bank", key="acme-bank")
        tx.say("Acme is a bank now.")
    assert land(file).customers.unchanged == 1
    assert rows("SELECT name FROM customer") == [("Acme Bank",)]


def test_unknown_organizations_are_added_and_reported(desk: Desk, tmp_path: Path) -> None:
    orphans = [
        ticket(1, organization_id=77),
        ticket(2, organization_id=None, requester_id=None),
        ticket(3, organization_id="Initech"),
    ]
    report = land(export(tmp_path, tickets=orphans))
    assert report.complete
    assert [name for (name,) in rows("SELECT name FROM customer ORDER BY name")] == [
        "Initech",
        "No organization",
        "unknown organization 77",
    ]
    assert any("'77' is neither in the files nor on the desk" in warning for warning in report.warnings)
    assert land(export(tmp_path, tickets=orphans)).operation_id is None


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"id": 1, "subject": "x", "priority": None}, "created_at: the date is absent"),
        (ticket(None), "it has no id"),
        (ticket(created_at="04/05/2024"), "ambiguous"),
        (ticket(created_at="2031-01-01T00:00:00Z"), "lies in the future"),
        (ticket(created_at="1969-01-01T00:00:00Z"), "before 1970"),
        (ticket(subject="", description=" "), "neither subject nor description"),
        (ticket(description="x" * (10 * 1024 * 1024 + 1)), "longer than 10 MB"),
        (7, "int where a record should be"),
    ],
)
def test_what_cannot_land_is_reported_with_place_and_reason(
    sqlite_desk: Desk, tmp_path: Path, record: Any, reason: str
) -> None:
    report = land(export(tmp_path, tickets=[ticket(50), record]))
    assert report.tickets.landed == 1
    assert not report.complete
    (rejected,) = report.rejected
    assert reason in rejected.reason
    assert rejected.record == 2


def test_records_of_no_kind_and_comments_of_no_ticket_are_reported(desk: Desk, tmp_path: Path) -> None:
    lines = [
        {"color": "red"},
        comment(1, "2024-05-14T08:00:00Z", ticket_id=404),
        comment(2, "2024-05-14T08:00:00Z"),
        {"ticket_id": 1, "body": ""},
    ]
    path = tmp_path / "lines.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines))
    reasons = {rejected.line: rejected.reason for rejected in land(path).rejected}
    assert "do not tell" in reasons[1]
    assert "'404' is neither in the files nor on the desk" in reasons[2]
    assert "does not say which ticket" in reasons[3]
    assert "without text" in reasons[4]


def test_a_comment_that_cannot_be_read_is_reported_and_its_ticket_lands(desk: Desk, tmp_path: Path) -> None:
    said = [comment(1, "2024-05-14T08:00:00Z"), comment(2, "soon"), "hello", comment(3, "2024-05-14T08:00:00Z", "")]
    report = land(export(tmp_path, tickets=[ticket(comments=said)], **ACTORS))
    assert (report.tickets.landed, report.messages.landed, len(report.rejected)) == (1, 2, 3)
    assert "one comment of ticket '1': created_at: 'soon'" in report.rejected[0].reason


def test_undo_refuses_what_somebody_has_worked_on_since(desk: Desk, tmp_path: Path) -> None:
    ben = add_person("ben", "Ben", "engineer", lead(), OPENED)
    land(export(tmp_path, tickets=[ticket(1), ticket(2)], **ACTORS))
    triage.claim(stored()["ticket"][0][0], ben, NOW)
    with pytest.raises(CannotUndo):
        journal.undo(lead(), NOW)
    assert len(stored()["ticket"]) == 2


def test_flaws_are_put_up_with_and_told(desk: Desk, tmp_path: Path) -> None:
    dirty = ticket(
        1, priority="asap", status=None, via="fax", subject="", description="First line\nsecond", tags="a, b c"
    )
    report = land(
        export(tmp_path, tickets=[dirty, ticket(2, priority=None, created_at="2024-05-14T07:00:00")], **ACTORS)
    )
    assert report.complete
    assert one(
        "SELECT subject, severity, customer_severity, state, channel, tags FROM ticket WHERE external_id = '1'"
    ) == (
        "First line",
        3,
        None,
        "open",
        "ticket",
        "a,b c",
    )
    assert one("SELECT severity, customer_severity FROM ticket WHERE external_id = '2'") == (3, None)
    told = " ".join(report.warnings)
    for flaw in ("'asap'", "no status", "'fax'", "no subject", "without an offset"):
        assert flaw in told


def test_hostile_text_is_kept_as_it_is(desk: Desk, tmp_path: Path) -> None:
    hostile = "[bold]x[/] [[ ]] \x1b]52;c;ZXZpbA==\x07 \x1b[2J \u202eevil \\N \\. \t'; DROP TABLE ticket; --"
    assert land(export(tmp_path, tickets=[ticket(subject=hostile, description=hostile)], **ACTORS)).complete
    assert one("SELECT subject FROM ticket") == (hostile,)
    assert one("SELECT body FROM message") == (hostile,)


def test_a_nul_is_shown_since_no_database_keeps_it(desk: Desk, tmp_path: Path) -> None:
    assert land(export(tmp_path, tickets=[ticket(description="a\0b")], **ACTORS)).complete
    assert one("SELECT body FROM message") == ("a\u2400b",)


def test_a_ticket_that_comes_twice_counts_once_with_all_its_comments(desk: Desk, tmp_path: Path) -> None:
    first = ticket(comments=[comment(1, "2024-05-14T08:00:00Z", "One")])
    second = ticket(comments=[comment(1, "2024-05-14T08:00:00Z", "One"), comment(2, "2024-05-14T08:05:00Z", "Two")])
    report = land(export(tmp_path, tickets=[first, second], **ACTORS))
    assert (report.tickets.landed, report.tickets.unchanged) == (1, 1)
    assert [body for (body,) in rows("SELECT body FROM message ORDER BY at, id")][1:] == ["One", "Two"]


def test_only_a_lead_imports(desk: Desk, tmp_path: Path) -> None:
    engineer = add_person("ben", "Ben", "engineer", lead(), OPENED)
    with pytest.raises(NotAllowed):
        run_import([export(tmp_path, tickets=[ticket()])], actor=engineer, at=NOW)
    assert scalar("SELECT count(*) FROM ticket") == 0


def test_a_csv_brings_tickets_and_what_was_said(desk: Desk, tmp_path: Path) -> None:
    contract(lead())
    add_person("al", "Al", "engineer", lead(), OPENED)
    path = tmp_path / "old.csv"
    path.write_text(
        "record,id,subject,created_at,priority,status,organization,requester,assignee,ticket_id,author,body\n"
        "ticket,A-1,Logins fail,2024-05-14T09:00+02:00,high,open,acme,jo@acme.example,al,,,\n"
        "comment,c1,,2024-05-14T10:30+02:00,,,,,,A-1,al,Fixed\n"
    )
    report = land(path, source="old-desk")
    assert report.complete
    assert report.clocks == {"met": 1, "missed": 0, "running": 0}
    assert one("SELECT k.email FROM ticket t JOIN contact k ON k.id = t.contact_id") == ("jo@acme.example",)
    assert land(path, source="old-desk").operation_id is None


def test_what_was_imported_is_found_by_its_words(sqlite_desk: Desk, tmp_path: Path) -> None:
    land(export(tmp_path, tickets=[ticket(subject="Tokens expire early")], **ACTORS))
    assert rows("SELECT rowid FROM ticket_text WHERE ticket_text MATCH 'expire'") == [(1,)]
    assert rows("SELECT count(*) FROM message_text WHERE message_text MATCH 'morning'") == [(1,)]


RECORDS = st.fixed_dictionaries(
    {"id": st.integers(1, 6)},
    optional={
        "subject": st.text(max_size=5),
        "description": st.text(max_size=5),
        "created_at": st.sampled_from(["2024-05-14T07:00:00Z", "2024-05-14T07:00:00 -10:00", None, "soon", 1715670000]),
        "priority": st.sampled_from(["urgent", "high", "normal", "low", None, "?"]),
        "status": st.sampled_from(["new", "open", "pending", "hold", "solved", "closed", 5]),
        "organization_id": st.sampled_from([9, 77, "Acme", "Initech", None]),
        "requester_id": st.sampled_from([20, 30, 99, None, "new@acme.example"]),
        "assignee_id": st.sampled_from([30, 20, 99, None]),
        "comments": st.lists(
            st.fixed_dictionaries(
                {
                    "body": st.text(max_size=4),
                    "created_at": st.sampled_from(["2024-05-14T08:00:00Z", "2024-05-15T08:00:00Z", None]),
                },
                optional={
                    "author_id": st.sampled_from([20, 30, 99, -1]),
                    "public": st.booleans(),
                    "id": st.integers(1, 3),
                },
            ),
            max_size=3,
        ),
    },
)


@settings(max_examples=60)
@given(st.lists(RECORDS, max_size=6), st.booleans())
def test_twice_is_once_dry_is_nothing_and_undo_is_before(
    tmp_path_factory: pytest.TempPathFactory, records: list[dict[str, Any]], people: bool
) -> None:
    folder = tmp_path_factory.mktemp("desk")
    desk = open_desk(str(folder / "desk.db"))
    try:
        contract(lead())
        file = export(folder, tickets=records, **(ACTORS if people else {}))
        empty = stored()
        foretold = land(file, dry_run=True)
        assert stored() == empty
        report = land(file)
        assert (foretold.counts(), foretold.clocks) == (report.counts(), report.clocks)
        assert (foretold.rejected, foretold.credit_days) == (report.rejected, report.credit_days)
        landed = {entry["id"] for entry in records} - {None}
        assert report.tickets.landed <= len(landed)
        whole = [rejected for rejected in report.rejected if not rejected.reason.startswith("one comment of")]
        assert report.tickets.landed + report.tickets.unchanged + len(whole) == len(records)
        once = stored()
        assert land(file).operation_id is None
        assert stored() == once
        if report.operation_id is not None:
            journal.undo(lead(), NOW)
        for table in TAKEN_BACK:
            assert stored()[table] == empty[table]
    finally:
        desk.close()


def test_an_interrupted_import_goes_on_where_it_stopped(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = export(tmp_path, tickets=[ticket(number) for number in range(6)], **ACTORS)
    monkeypatch.setattr(run, "BATCH_TICKETS", 2)
    whole, calls = landing.Landing.land, iter(range(9))

    def interrupted(self: landing.Landing, *words: Any) -> None:
        whole(self, *words)
        if next(calls) == 1:
            raise KeyboardInterrupt

    monkeypatch.setattr(landing.Landing, "land", interrupted)
    with pytest.raises(KeyboardInterrupt):
        land(file)
    assert len(stored()["ticket"]) == 2
    report = land(file)
    assert (report.tickets.landed, report.tickets.unchanged) == (4, 2)
    assert [row[0] for row in rows("SELECT external_id FROM ticket ORDER BY external_id")] == list("012345")


def test_comments_that_come_later_end_where_one_run_would_have(tmp_path: Path) -> None:
    said = [comment(1, "2024-05-14T09:30:00Z"), comment(2, "2024-05-14T10:00:00Z", "Still broken", 20)]
    outcome = "SELECT state, is_open, waiting_since, updated_at, order_at, clock_state, due_at, basis_id FROM ticket"
    seen = []
    for name, runs in (("once", [said]), ("twice", [[], said]), ("bit by bit", [said[:1], said])):
        desk = open_desk(str(tmp_path / f"{name}.db"))
        contract(lead())
        for comments in runs:
            assert land(export(tmp_path, tickets=[ticket(comments=comments)], **ACTORS)).complete
        clock = rows("SELECT state, stopped_at, late_seconds, credit_days FROM clock")
        seen.append((rows(outcome), clock, rows("SELECT external_id, side, at FROM message ORDER BY at, id")))
        desk.close()
    assert seen[0] == seen[1] == seen[2]
