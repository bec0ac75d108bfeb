import pytest

from models import journal
from models.connection import Desk
from models.errors import DomainError, NotAllowed, NotFound, StaleRow
from models.reading import rows, scalar
from tam.entries import change, delete, entries, entry, log
from tests.tam.time_desk import NOW, TODAY, close_until, time_desk
from tests.tickets.cast import at, everything, receive


def test_a_tam_logs_time_and_the_journal_says_so(desk: Desk) -> None:
    who = time_desk()
    logged = log(who.acme, 90, TODAY, "advice", who.tom, NOW, note="agreed on\x1b[31m LDAP\r\nand more")
    assert logged.warnings == ()
    kept = entry(logged.id)
    assert (kept.customer, kept.person, kept.on, kept.minutes) == ("Acme", "Tom", TODAY, 90)
    assert (kept.counts, kept.billable, kept.late, kept.booked_on) == (1, 0, 0, TODAY)
    assert kept.note == "agreed on[31m LDAP\nand more"
    assert journal.since(0)[-1].sentence == "Tom logged 1:30 h for Acme: advice."


def test_logging_changing_and_deleting_can_be_undone_and_done_again(desk: Desk) -> None:
    who = time_desk()
    before = everything("time_entry")
    logged = log(who.acme, 90, TODAY, "advice", who.tom, NOW)
    kept = everything("time_entry")
    journal.undo(who.tom, NOW)
    assert everything("time_entry") == before
    journal.redo(who.tom, NOW)
    assert everything("time_entry") == kept
    change(logged.id, who.tom, NOW, entry(logged.id).version, minutes=30)
    delete(logged.id, who.tom, NOW)
    assert entries(person_id=who.tom) == []
    journal.undo(who.tom, NOW)
    assert entry(logged.id).minutes == 30
    journal.undo(who.tom, NOW)
    assert everything("time_entry") == kept


@pytest.mark.parametrize("minutes", [0, -30, 1441])
def test_an_entry_has_a_minute_to_a_day(desk: Desk, minutes: int) -> None:
    who = time_desk()
    with pytest.raises(DomainError, match="1 minute to 24 hours"):
        log(who.acme, minutes, TODAY, "advice", who.tom, NOW)


def test_a_day_of_25_hours_is_refused_with_what_stands_there(desk: Desk) -> None:
    who = time_desk()
    log(who.acme, 700, TODAY, "advice", who.tom, NOW)
    long_day = log(who.globex, 300, TODAY, "advice", who.tom, NOW)
    assert long_day.warnings == ("Tom has 16:40 h on Wed 3 Jun 2026 now; is that right?",)
    with pytest.raises(DomainError, match=r"over 24 hours for Tom on .*: Acme 11:40 h, Globex 5:00 h stand there"):
        log(who.acme, 441, TODAY, "advice", who.tom, NOW)
    assert log(who.acme, 440, TODAY, "advice", who.tom, NOW).id


def test_a_long_day_can_still_be_made_shorter_and_told_more_about(desk: Desk) -> None:
    who = time_desk()
    first = log(who.acme, 1440, TODAY, "advice", who.tom, NOW)
    assert change(first.id, who.tom, NOW, 1, note="a day and a night").warnings == ()
    assert change(first.id, who.tom, NOW, 2, minutes=1000).id == first.id
    with pytest.raises(DomainError, match="1 minute to 24 hours"):
        change(first.id, who.tom, NOW, 3, minutes=0)


def test_overlapping_entries_are_kept_and_told(desk: Desk) -> None:
    who = time_desk()
    times = {"started_at": at("Wed 09:00"), "ended_at": at("Wed 10:00")}
    log(who.acme, 60, TODAY, "advice", who.tom, NOW, **times)
    again = {"started_at": at("Wed 09:30"), "ended_at": at("Wed 10:30")}
    logged = log(who.globex, 60, TODAY, "advice", who.tom, NOW, **again)
    assert logged.warnings == ("It overlaps 09:00–10:00 for Acme; both are kept.",)
    after = {"started_at": at("Wed 10:30"), "ended_at": at("Wed 11:00")}
    assert log(who.globex, 30, TODAY, "advice", who.tom, NOW, **after).warnings == ()
    assert log(who.globex, 60, TODAY, "advice", who.ben, NOW, **again).warnings == ()


def test_times_that_cannot_hold_the_minutes_are_refused(desk: Desk) -> None:
    who = time_desk()
    with pytest.raises(DomainError, match=r"1:01 h do not fit between start and end; there are 1:00 h"):
        log(who.acme, 61, TODAY, "advice", who.tom, NOW, started_at=NOW - 3600, ended_at=NOW)
    with pytest.raises(DomainError, match="a start and an end after it"):
        log(who.acme, 30, TODAY, "advice", who.tom, NOW, started_at=NOW, ended_at=NOW)
    with pytest.raises(DomainError, match="a start and an end after it"):
        log(who.acme, 30, TODAY, "advice", who.tom, NOW, started_at=NOW)


def test_time_may_be_logged_for_tomorrow_and_not_beyond(desk: Desk) -> None:
    who = time_desk()
    assert log(who.acme, 60, "2026-06-04", "advice", who.tom, NOW).id
    with pytest.raises(DomainError, match="Fri 5 Jun 2026 is still to come"):
        log(who.acme, 60, "2026-06-05", "advice", who.tom, NOW)
    with pytest.raises(DomainError, match="is no day"):
        log(who.acme, 60, "2026-02-30", "advice", who.tom, NOW)


@pytest.mark.parametrize(("customer", "reason"), [("plain", "has no technical account"), ("stray", "no contract")])
def test_without_agreed_hours_time_is_kept_only_as_not_counting(desk: Desk, customer: str, reason: str) -> None:
    who = time_desk()
    customer_id = getattr(who, customer)
    with pytest.raises(
        DomainError, match=f"(?s){reason}.*Log the time as not counting \\(nocount\\), or offer .* a quote"
    ):
        log(customer_id, 60, TODAY, "advice", who.tom, NOW)
    kept = entry(log(customer_id, 60, TODAY, "advice", who.tom, NOW, counts=False).id)
    assert kept.counts == 0


def test_time_before_the_contract_is_not_covered(desk: Desk) -> None:
    who = time_desk()
    with pytest.raises(DomainError, match="no contract in force on 2025-12-31"):
        log(who.acme, 60, "2025-12-31", "advice", who.tom, NOW)


def test_a_vendor_defect_does_not_count_and_consulting_offers_a_quote(desk: Desk) -> None:
    who = time_desk()
    number = receive(who)
    defect = entry(log(who.acme, 60, TODAY, "defect", who.ben, NOW, ticket_id=number).id)
    assert (defect.counts, defect.billable, defect.ticket_id) == (0, 0, number)
    assert "not counting" in journal.since(0)[-1].sentence
    consulting = log(who.acme, 60, TODAY, "consulting", who.tom, NOW)
    assert consulting.warnings == ("Consulting is not covered by the agreed hours; offer the customer a quote.",)
    assert (entry(consulting.id).counts, entry(consulting.id).billable) == (0, 1)
    asked = entry(log(who.acme, 60, TODAY, "defect", who.ben, NOW, counts=True, billable=True).id)
    assert (asked.counts, asked.billable) == (1, 1)


def test_a_ticket_of_another_customer_is_no_link(desk: Desk) -> None:
    who = time_desk()
    number = receive(who)
    with pytest.raises(DomainError, match=f"#{number} is Acme's, not Globex's"):
        log(who.globex, 60, TODAY, "advice", who.ben, NOW, ticket_id=number)
    with pytest.raises(NotFound, match="#999 is not on this desk"):
        log(who.acme, 60, TODAY, "advice", who.ben, NOW, ticket_id=999)


def test_late_time_counts_in_the_open_period_and_is_marked(desk: Desk) -> None:
    who = time_desk()
    close_until(who.acme, "2026-05-01", "2026-06-01")
    logged = log(who.acme, 60, "2026-05-29", "advice", who.tom, NOW)
    kept = entry(logged.id)
    assert (kept.on, kept.booked_on, kept.late) == ("2026-05-29", "2026-06-01", 1)
    assert "before Mon 1 Jun 2026 is closed" in logged.warnings[0]
    assert change(logged.id, who.tom, NOW, kept.version, minutes=30).warnings == ()
    assert entry(logged.id).booked_on == "2026-06-01"


def test_a_closed_entry_stays_and_it_is_said_what_to_do(desk: Desk) -> None:
    who = time_desk()
    logged = log(who.acme, 60, "2026-05-29", "advice", who.tom, NOW)
    close_until(who.acme, "2026-05-01", "2026-06-01")
    with pytest.raises(DomainError, match="Ask a lead to reopen the period of Fri 29 May 2026, or enter a correction"):
        change(logged.id, who.tom, NOW, 1, minutes=30)
    with pytest.raises(DomainError, match="reopen"):
        delete(logged.id, who.tom, NOW)
    assert entry(logged.id).minutes == 60


def test_moving_an_entry_into_closed_time_makes_it_late(desk: Desk) -> None:
    who = time_desk()
    logged = log(who.acme, 60, TODAY, "advice", who.tom, NOW)
    close_until(who.acme, "2026-05-01", "2026-06-01")
    assert change(logged.id, who.tom, NOW, 1, on="2026-05-30").warnings
    assert (entry(logged.id).booked_on, entry(logged.id).late) == ("2026-06-01", 1)


def test_a_changed_activity_brings_its_own_counting(desk: Desk) -> None:
    who = time_desk()
    logged = log(who.acme, 60, TODAY, "advice", who.tom, NOW)
    changed = change(logged.id, who.tom, NOW, 1, activity="defect")
    assert (entry(logged.id).activity, entry(logged.id).counts) == ("defect", 0)
    assert changed.sentence == "Tom changed time for Acme: 1:00 h defect on Wed 3 Jun 2026."
    with pytest.raises(StaleRow):
        change(logged.id, who.tom, NOW, 1, minutes=10)


def test_time_logged_for_the_wrong_customer_is_moved(desk: Desk) -> None:
    who = time_desk()
    logged = log(who.acme, 60, TODAY, "advice", who.tom, NOW)
    with pytest.raises(DomainError, match="Stray has no contract"):
        change(logged.id, who.tom, NOW, 1, customer_id=who.stray)
    changed = change(logged.id, who.tom, NOW, 1, customer_id=who.globex)
    assert changed.sentence == "Tom changed time for Acme: 1:00 h advice on Wed 3 Jun 2026, now for Globex."


def test_own_time_is_ones_own_and_a_tams_and_a_leads_business(desk: Desk) -> None:
    who = time_desk()
    logged = log(who.acme, 60, TODAY, "advice", who.ben, NOW)
    with pytest.raises(NotAllowed):
        log(who.acme, 60, TODAY, "advice", who.cleo, NOW, person_id=who.ben)
    with pytest.raises(NotAllowed):
        change(logged.id, who.cleo, NOW, 1, minutes=1)
    with pytest.raises(NotAllowed):
        delete(logged.id, who.cleo, NOW)
    with pytest.raises(NotAllowed):
        log(who.acme, 60, TODAY, "advice", who.rita, NOW)
    with pytest.raises(NotAllowed):
        change(logged.id, who.ben, NOW, 1, person_id=who.cleo)
    assert log(who.acme, 30, TODAY, "advice", who.tom, NOW, person_id=who.ben).sentence == (
        "Tom logged 0:30 h of Ben for Acme: advice."
    )
    assert delete(logged.id, who.anna, NOW).sentence == (
        "Anna deleted 1:00 h of Ben for Acme on Wed 3 Jun 2026: advice."
    )


def test_what_came_from_elsewhere_is_kept_once(desk: Desk) -> None:
    who = time_desk()
    log(who.acme, 60, TODAY, "advice", who.tom, NOW, external_id="calendar:7")
    with pytest.raises(DomainError, match="'calendar:7' is here already"):
        log(who.acme, 60, TODAY, "advice", who.tom, NOW, external_id="calendar:7")
    assert len(entries()) == 1


def test_budgets_are_looked_at_in_the_same_operation(desk: Desk) -> None:
    who = time_desk()
    desk.execute("UPDATE allowance SET minutes = 100")
    log(who.acme, 79, TODAY, "advice", who.tom, NOW)
    assert rows("SELECT percent FROM budget_alert") == []
    log(who.acme, 1, TODAY, "advice", who.tom, NOW)
    assert rows("SELECT percent FROM budget_alert") == [(80,)]


def test_entries_are_read_a_page_at_a_time_the_newest_first(desk: Desk) -> None:
    who = time_desk()
    for day in ("2026-06-01", "2026-06-02", "2026-06-02", "2026-06-03"):
        log(who.acme, 10, day, "advice", who.tom, NOW)
    log(who.globex, 10, "2026-06-02", "advice", who.ben, NOW)
    whole = entries()
    assert [each.on for each in whole] == ["2026-06-03", "2026-06-02", "2026-06-02", "2026-06-02", "2026-06-01"]
    assert [each.id for each in whole] == [4, 5, 3, 2, 1]
    read, key = [], None
    while page := entries(limit=2, before=key):
        read += page
        key = page[-1].key
    assert read == whole
    assert [each.id for each in entries(customer_id=who.acme, first="2026-06-02", after="2026-06-03")] == [3, 2]
    assert [each.id for each in entries(person_id=who.ben)] == [5]


def test_what_is_gone_is_said(desk: Desk) -> None:
    who = time_desk()
    with pytest.raises(NotFound, match="no time entry 7 any more"):
        delete(7, who.anna, NOW)
    with pytest.raises(NotFound, match="no customer 99"):
        log(99, 60, TODAY, "advice", who.tom, NOW)
    assert scalar("SELECT COUNT(*) FROM time_entry") == 0
