from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import journal
from models.connection import Desk, open_desk
from models.errors import DomainError, NotAllowed, NotFound
from models.reading import rows
from tam import timer
from tam.entries import entries, entry, log
from tam.entry_words import whole_minutes
from tam.timer import TimerRow, idle_since, measured
from tests.tam.time_desk import NOW, close_until, time_desk
from tests.tickets.cast import ZONE, at, everything, receive


def test_a_timer_measures_and_stops_as_an_entry(desk: Desk) -> None:
    who = time_desk()
    started = timer.start(who.acme, "review call", who.tom, at("Wed 09:00"), note="LDAP")
    assert (started.timer.customer, started.logged, started.warnings) == ("Acme", None, ())
    timer.note("LDAP and SCIM", who.tom, at("Wed 09:10"))
    logged = timer.stop(who.tom, at("Wed 09:44") + 30)
    kept = entry(logged.id)
    assert (kept.minutes, kept.activity, kept.note, kept.on) == (45, "review call", "LDAP and SCIM", "2026-06-03")
    assert (kept.started_at, kept.ended_at, kept.counts) == (at("Wed 09:00"), at("Wed 09:44") + 30, 1)
    assert logged.sentence == "Tom logged 0:45 h for Acme: review call."
    assert timer.running(who.tom) is None


def test_a_timer_survives_a_restart_of_the_program(sqlite_address: str) -> None:
    first = open_desk(sqlite_address)
    who = time_desk()
    timer.start(who.acme, "advice", who.tom, NOW)
    first.close()
    again = open_desk(sqlite_address)
    running = timer.running(who.tom)
    assert running is not None
    assert running.elapsed(NOW + 90) == 90
    again.close()


def test_what_stood_still_does_not_count(desk: Desk) -> None:
    who = time_desk()
    timer.start(who.acme, "advice", who.tom, NOW)
    assert timer.pause(who.tom, NOW + 600).is_paused
    with pytest.raises(DomainError, match="paused already"):
        timer.pause(who.tom, NOW + 601)
    timer.resume(who.tom, NOW + 3600)
    with pytest.raises(DomainError, match="running already"):
        timer.resume(who.tom, NOW + 3601)
    kept = entry(timer.stop(who.tom, NOW + 4200).id)
    assert (kept.minutes, kept.started_at, kept.ended_at) == (20, NOW, NOW + 4200)


def test_one_timer_a_person_and_a_switch_keeps_the_old_one(desk: Desk) -> None:
    who = time_desk()
    timer.start(who.acme, "advice", who.tom, NOW)
    timer.start(who.acme, "advice", who.ben, NOW)
    with pytest.raises(DomainError, match=r"A timer for Acme \(advice\) has 0:10 h already; stop it first, or switch"):
        timer.start(who.globex, "advice", who.tom, NOW + 600)
    switched = timer.switch(who.globex, "review call", who.tom, NOW + 600, note="soon")
    assert switched.logged is not None
    assert entry(switched.logged.id).minutes == 10
    assert (switched.timer.customer, switched.timer.note) == ("Globex", "soon")
    assert journal.since(0)[-1].sentence == (
        "Tom logged 0:10 h for Acme: advice. Then Tom started a timer for Globex: review call."
    )
    journal.undo(who.tom, NOW + 601)
    running = timer.running(who.tom)
    assert running is not None
    assert (running.customer, entries()) == ("Acme", [])


def test_a_stop_can_be_undone_and_the_timer_runs_on(desk: Desk) -> None:
    who = time_desk()
    timer.start(who.acme, "advice", who.tom, NOW)
    before = everything("timer", "time_entry")
    timer.stop(who.tom, NOW + 600)
    journal.undo(who.tom, NOW + 601)
    assert everything("timer", "time_entry") == before


def test_under_half_a_minute_is_a_minute(desk: Desk) -> None:
    who = time_desk()
    timer.start(who.acme, "advice", who.tom, NOW)
    assert entry(timer.stop(who.tom, NOW).id).minutes == 1


@pytest.mark.parametrize("customer", ["plain", "stray"])
def test_a_timer_without_agreed_hours_stops_as_not_counting(desk: Desk, customer: str) -> None:
    who = time_desk()
    started = timer.start(getattr(who, customer), "advice", who.tom, NOW)
    assert "The time is kept and does not count." in started.warnings[0]
    logged = timer.stop(who.tom, NOW + 600)
    assert (entry(logged.id).minutes, entry(logged.id).counts) == (10, 0)
    assert "The time is kept and does not count." in logged.warnings[0]


def test_a_timer_stops_when_the_budget_is_spent_and_the_period_closed(desk: Desk) -> None:
    who = time_desk()
    desk.execute("UPDATE allowance SET minutes = 60")
    log(who.acme, 100, "2026-06-03", "advice", who.tom, NOW)
    timer.start(who.acme, "advice", who.tom, NOW)
    assert entry(timer.stop(who.tom, NOW + 600).id).counts == 1
    timer.start(who.acme, "advice", who.tom, at("2026-05-29 17:00"))
    timer.pause(who.tom, at("2026-05-29 17:20"))
    close_until(who.acme, "2026-05-01", "2026-06-01")
    logged = timer.stop(who.tom, NOW)
    assert (entry(logged.id).on, entry(logged.id).minutes) == ("2026-05-29", 20)
    assert (entry(logged.id).late, entry(logged.id).booked_on) == (1, "2026-06-01")
    assert "closed" in logged.warnings[0]


def test_a_timer_stops_on_a_day_that_is_full(desk: Desk) -> None:
    who = time_desk()
    log(who.acme, 1440, "2026-06-03", "advice", who.tom, NOW)
    timer.start(who.acme, "advice", who.tom, NOW)
    logged = timer.stop(who.tom, NOW + 600)
    assert logged.warnings == ("Tom has 24:10 h on Wed 3 Jun 2026 now; is that right?",)


def test_a_timer_over_midnight_is_an_entry_a_day(desk: Desk) -> None:
    who = time_desk()
    timer.start(who.acme, "advice", who.tom, at("Wed 23:20"))
    logged = timer.stop(who.tom, at("Thu 00:20") + 40)
    assert [(each.on, each.minutes) for each in entries()] == [("2026-06-04", 21), ("2026-06-03", 40)]
    assert len(logged.ids) == 2
    assert logged.warnings == ("It ran over midnight: 0:40 h on Wed 3 Jun 2026, 0:21 h on Thu 4 Jun 2026.",)
    assert [each.ended_at for each in entries()] == [at("Thu 00:20") + 40, at("Thu 00:00")]


def test_a_forgotten_timer_is_cut_at_a_day_and_says_so(desk: Desk) -> None:
    who = time_desk()
    timer.start(who.acme, "advice", who.tom, at("Mon 12:00"))
    logged = timer.stop(who.tom, at("Wed 13:00"))
    assert sum(each.minutes for each in entries()) == 1440
    assert "The timer had 49:00 h" in logged.warnings[0]
    assert all("The timer had 49:00 h." in each.note for each in entries())


def test_a_forgotten_timer_stops_with_the_minutes_that_are_right(desk: Desk) -> None:
    who = time_desk()
    timer.start(who.acme, "advice", who.tom, at("Mon 12:00"))
    with pytest.raises(DomainError, match="1 minute to 24 hours"):
        timer.stop(who.tom, at("Wed 13:00"), minutes=1441)
    kept = entry(timer.stop(who.tom, at("Wed 13:00"), "lunch was long", minutes=45).id)
    assert (kept.on, kept.minutes, kept.note, kept.started_at) == ("2026-06-01", 45, "lunch was long", None)


def test_a_timer_is_thrown_away_only_when_asked(desk: Desk) -> None:
    who = time_desk()
    timer.start(who.acme, "advice", who.tom, NOW)
    assert timer.discard(who.tom, NOW + 600) == "Tom discarded a timer for Acme with 0:10 h: advice."
    assert (timer.running(who.tom), entries()) == (None, [])
    with pytest.raises(NotFound, match="start one first"):
        timer.stop(who.tom, NOW + 600)


def test_a_timer_keeps_its_ticket_and_refuses_another_customers(desk: Desk) -> None:
    who = time_desk()
    number = receive(who)
    with pytest.raises(DomainError, match="not Globex's"):
        timer.start(who.globex, "advice", who.ben, NOW, ticket_id=number)
    with pytest.raises(DomainError, match="is no activity"):
        timer.start(who.acme, "lunch", who.ben, NOW)
    with pytest.raises(NotAllowed):
        timer.start(who.acme, "advice", who.rita, NOW)
    timer.start(who.acme, "defect", who.ben, NOW, ticket_id=number, counts=True, billable=True)
    kept = entry(timer.stop(who.ben, NOW + 60).id)
    assert (kept.ticket_id, kept.counts, kept.billable) == (number, 1, 1)


def test_idle_time_is_asked_about_and_can_be_taken_off(desk: Desk) -> None:
    who = time_desk()
    running = timer.start(who.acme, "advice", who.tom, NOW).timer
    assert idle_since(running, NOW + 60, NOW + 60 + 899) is None
    assert idle_since(running, NOW + 60, NOW + 60 + 900) == NOW + 60
    assert idle_since(running, NOW - 5000, NOW + 900) == NOW, "it cannot be idle before it ran"
    assert timer.subtract(900, who.tom, NOW + 960).elapsed(NOW + 960) == 60
    assert timer.subtract(900, who.tom, NOW + 1000).elapsed(NOW + 1000) == 0
    paused = timer.pause(who.tom, NOW + 1000)
    assert idle_since(paused, 0, NOW + 9000) is None
    with pytest.raises(DomainError, match="taken off"):
        timer.subtract(-1, who.tom, NOW + 1000)


STEPS = st.lists(st.tuples(st.sampled_from(["pause", "resume", "note", "switch", "stop"]), st.integers(0, 20_000)))


@settings(max_examples=60)
@given(steps=STEPS)
def test_minutes_add_up_for_any_order_of_steps(sqlite_desk: Desk, steps: list[tuple[str, int]]) -> None:
    if not rows("SELECT 1 FROM customer"):
        time_desk()
    sqlite_desk.execute("DELETE FROM time_entry")
    sqlite_desk.execute("DELETE FROM timer")
    acme, tom = (rows(sql)[0][0] for sql in ("SELECT id FROM customer", "SELECT id FROM person WHERE login = 'tom'"))
    now, seconds, runs, expected = NOW, 0, True, 0
    timer.start(acme, "advice", tom, now)
    for step, wait in steps:
        now += wait
        seconds += wait if runs else 0
        if step in ("pause", "resume") and runs == (step == "pause"):
            getattr(timer, step)(tom, now)
            runs = not runs
        elif step == "note":
            timer.note("x", tom, now)
        elif step in ("switch", "stop"):
            expected += min(whole_minutes(seconds), 1440)
            if step == "stop":
                timer.stop(tom, now)
            timer.switch(acme, "advice", tom, now)
            seconds, runs = 0, True
    expected += min(whole_minutes(seconds), 1440)
    timer.stop(tom, now)
    kept: list[tuple[Any, ...]] = rows("SELECT minutes, started_at, ended_at FROM time_entry")
    assert sum(minutes for minutes, _, _ in kept) == expected
    assert all(minutes <= -((start - end) // 60) for minutes, start, end in kept)


@given(
    start=st.integers(at("2026-03-01 00:00"), at("2026-11-30 00:00")),
    seconds=st.integers(0, 100_000),
    gap=st.integers(0, 200_000),
    runs=st.integers(0, 200_000),
)
def test_the_pieces_of_a_timer_add_up_over_midnights_and_clock_changes(
    start: int, seconds: int, gap: int, runs: int
) -> None:
    row = TimerRow(1, 1, 1, "Acme", "advice", None, None, None, None, 0, "", start, start + seconds + gap, seconds)
    end = start + seconds + gap + runs
    pieces, cut = measured(row, end, ZONE)
    assert sum(piece.minutes for piece in pieces) == min(whole_minutes(seconds + runs), 1440)
    assert bool(cut) == (seconds + runs > 86_400)
    assert [piece.on for piece in pieces] == sorted({piece.on for piece in pieces})
    assert all(start <= piece.started_at < piece.ended_at <= max(end, start + 1) for piece in pieces)
