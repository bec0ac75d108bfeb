from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tam.activities import KEYS
from tam.entry_line import Parsed, line_of, parse, preview
from tests.tickets.cast import ZONE, at

CUSTOMERS = [(1, "acme", "Acme"), (2, "globex", "Globex"), (3, "acorn", "Acorn Ltd"), (4, "north", "Northwind Traders")]
NOW, TODAY = at("Wed 14:00"), "2026-06-03"


def understood(line: str, now: int = NOW, today: str = TODAY) -> Parsed:
    return parse(line, today, now, ZONE, CUSTOMERS, {1042: 2}.get)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("1h30 acme review call, agreed on LDAP", "1:30 h, Wed 3 Jun 2026, Acme, review call: agreed on LDAP"),
        ("9:15-10:45 yesterday globex advice", "1:30 h, Tue 2 Jun 2026 09:15–10:45, Globex, advice"),
        ("advice globex 9:15 to 10:45 yesterday", "1:30 h, Tue 2 Jun 2026 09:15–10:45, Globex, advice"),
        ("9-10:30am acme", "1:30 h, Wed 3 Jun 2026 09:00–10:30, Acme, advice"),
        ("11-1pm acme", "2:00 h, Wed 3 Jun 2026 11:00–13:00, Acme, advice"),
        ("12am-1am acme", "1:00 h, Wed 3 Jun 2026 00:00–01:00, Acme, advice"),
        ("22:00-24:00 mon acme", "2:00 h, Mon 1 Jun 2026 22:00–00:00, Acme, advice"),
        ("9:00-12:00 2h acme", "2:00 h, Wed 3 Jun 2026 09:00–12:00, Acme, advice"),
        ("#1042 30m nocount", "0:30 h, Wed 3 Jun 2026, Globex, advice, #1042, not counting"),
        ("30m acme bug count nonbillable", "0:30 h, Wed 3 Jun 2026, Acme, defect, counts, not billable"),
        ('30m "North" demo of things, and more', "0:30 h, Wed 3 Jun 2026, Northwind Traders, feature walk-through: "
         "of things, and more"),
        ("45m northwind traders looked twice, at logs", "0:45 h, Wed 3 Jun 2026, Northwind Traders, advice: "
         "looked twice, at logs"),
        ("45m for acme", "0:45 h, Wed 3 Jun 2026, Acme, advice"),
        ("45m acme with Bob", "0:45 h, Wed 3 Jun 2026, Acme, advice: with Bob"),
        ("1,5h acme, 2,5 times", "1:30 h, Wed 3 Jun 2026, Acme, advice: 2,5 times"),
    ],
)  # fmt: skip
def test_a_line_is_understood(line: str, told: str) -> None:
    parsed = understood(line)
    assert (preview(parsed), parsed.problems, parsed.ready) == (told, (), True)


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("1h30", 90), ("1h30m", 90), ("1h 30m", 90), ("1 h 30 min", 90), ("2 hours", 120), ("45m", 45), ("90min", 90),
        ("1:30", 90), ("0:05", 5), ("1.5h", 90), ("1,5h", 90), (".5h", 30), ("0.25h", 15), ("0.1h", 6), ("90", 90),
        ("24h", 1440),
    ],
)  # fmt: skip
def test_lengths_are_whole_minutes(typed: str, minutes: int) -> None:
    assert understood(f"{typed} acme").minutes == minutes


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("0.33h", "0.33h is no whole number of minutes; type 19m or 20m."),
        ("1/3", "'1/3' is neither a time nor a day; type 20m, or 1 mar."),
        ("1.5", "1.5 of what? Type 1.5h for hours, or the minutes alone."),
        ("-30", "Time cannot be negative; change or delete the entry that is too long."),
        ("1h90", "'1h90' has 90 minutes beside its hours; they go up to 59."),
        ("1:75", "'1:75' has 75 minutes beside its hours; they go up to 59."),
        ("25h", "25:00 h is more than a day has."),
        ("0m", "No time at all is no entry; type how long it was."),
        ("9:15-", "Until when? Type 9:15-10:45."),
        ("9:75-10:00", "'9:75-10:00' are no times; type them like 9:15-10:45."),
        ("13pm-2pm", "'13pm-2pm' are no times; type them like 9:15-10:45."),
        ("9:00-9:00", "It starts and ends at the same time; type how long it was."),
        ("9:00-10:00 2h", "2:00 h do not fit into 1:00 h between the times."),
        ("30m 31 feb", "There is no day '31 feb'."),
        ("30m 2026-13-01", "There is no day '2026-13-01'."),
        ("30m 1066-10-14", "1066-10-14 is not in the calendar of this desk."),
        ("30m 2026-06-05", "Fri 5 Jun 2026 is still to come; log time up to tomorrow."),
    ],
)
def test_what_cannot_be_is_said(typed: str, problem: str) -> None:
    assert understood(f"{typed} acme").problems == (problem,)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("today", "2026-06-03"), ("yesterday", "2026-06-02"), ("tomorrow", "2026-06-04"), ("wed", "2026-06-03"),
        ("last wed", "2026-05-27"), ("Thursday", "2026-05-28"), ("12 mar", "2026-03-12"), ("mar 12", "2026-03-12"),
        ("12 March 2025", "2025-03-12"), ("2026-03-12", "2026-03-12"), ("12.3.", "2026-03-12"),
        ("12.3.2025", "2025-03-12"), ("12 dec", "2025-12-12"), ("29 feb", "2024-02-29"),
    ],
)  # fmt: skip
def test_days_are_understood(typed: str, day: str) -> None:
    parsed = understood(f"30m {typed} acme")
    assert (parsed.on, parsed.problems) == (day, ())


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("1h ac review", "'ac' could be Acme (acme) or Acorn Ltd (acorn); type more of it."),
        ("1h akme review", "There is no customer 'akme'; did you mean Acme?"),
        ('1h "Globx" review', "There is no customer 'Globx'; did you mean 'Globex'?"),
        ("1h review", "Which customer? Known are Acme, Globex, Acorn Ltd, Northwind Traders."),
        ("1h #1042 acme", "#1042 is Globex's, not Acme's."),
        ("1h #77", "No customer has a ticket #77; check the number, or say for whom it was."),
        ("acme review", "How long? Type 1h30, 45m, 1:30 or 9:15-10:45."),
    ],
)
def test_what_is_missing_is_said_with_the_nearest_customer(line: str, problem: str) -> None:
    assert understood(line).problems == (problem,)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("acme 1h30 acme review call, agreed on LDAP", "1:30 h, Wed 3 Jun 2026, Acme, review call: agreed on LDAP"),
        ("north 30m northw yesterday demo", "0:30 h, Tue 2 Jun 2026, Northwind Traders, feature walk-through"),
        ("acme 45m acme", "0:45 h, Wed 3 Jun 2026, Acme, advice"),
        ("45m acme review call acme asked for more", "0:45 h, Wed 3 Jun 2026, Acme, review call: acme asked for more"),
        ("45m acme review call with globex people", "0:45 h, Wed 3 Jun 2026, Acme, review call: with globex people"),
    ],
)
def test_a_customer_that_stood_there_already_can_be_typed_again(line: str, told: str) -> None:
    parsed = understood(line)
    assert (preview(parsed), parsed.problems) == (told, ())


@pytest.mark.parametrize("line", ["acme 1h30 globex review call, agreed", "acme 45m globex"])
def test_a_second_customer_is_asked_about_not_taken_as_a_note(line: str) -> None:
    assert understood(line).problems == ("Acme or Globex? Name one; a note goes after a comma.",)
    assert understood("acme 45m, globex asked").ready


def test_times_over_midnight_are_of_the_day_they_began_on() -> None:
    typed = understood("22:30-0:15 mon acme")
    assert (typed.on, typed.started, typed.ended) == ("2026-06-01", "2026-06-01T22:30", "2026-06-02T00:15")
    assert (typed.minutes, typed.started_at, typed.ended_at) == (105, at("Mon 22:30"), at("Tue 00:15"))
    assert understood("22:30-0:15 acme").on == "2026-06-02", "tonight is still to come, so it was last night"
    assert understood("22:30-0:15 acme", at("Wed 23:50")).on == "2026-06-03"


def test_the_hour_that_is_missing_and_the_one_that_comes_twice() -> None:
    gap = understood("2:15-3:45 2026-03-29 acme")
    assert gap.problems == ("02:15 did not exist on Sun 29 Mar 2026: the clocks went forward.",)
    across = understood("1:30-3:30 2026-03-29 acme")
    assert (across.minutes, across.problems) == (60, ())
    twice = understood("1:30-3:30 2025-10-26 acme")
    assert (twice.minutes, twice.problems) == (180, ())


def test_each_part_that_is_understood_is_marked_in_the_line() -> None:
    line = "1h30 acme review call yesterday #7 nocount, 1h30 acme"
    marked = {span.kind: line[span.start : span.end] for span in understood(line).spans}
    assert marked == {
        "length": "1h30",
        "customer": "acme",
        "activity": "review call",
        "day": "yesterday",
        "ticket": "#7",
        "counts": "nocount",
    }


@pytest.mark.parametrize("end", range(len("9:15-10:45 yesterday globex review call, agreed") + 1))
def test_every_beginning_of_a_line_can_be_shown(end: int) -> None:
    line = "9:15-10:45 yesterday globex review call, agreed"
    assert preview(understood(line[:end]))


@given(st.text(max_size=60) | st.text(alphabet='0123456789:-,./h m"#acmeglobx', max_size=30))
@example("９0 acme")
@example("#99999999999999 30m acme")
@example('"""" 30m')
@example("30m 9999-12-31 22:00-1:00 acme")
@example("30m 29.2.0001 acme")
def test_no_text_is_too_odd(line: str) -> None:
    parsed = understood(line)
    assert preview(parsed)
    assert parsed.ready == (parsed.minutes is not None and parsed.customer_id is not None and not parsed.problems)
    assert all(0 <= span.start < span.end <= len(line) for span in parsed.spans)


NOTES = st.text(max_size=30).map(str.strip)
KEY = st.text(alphabet='abc-_ ,"ü1', min_size=1, max_size=8).filter(lambda key: bool(key.strip()))


@given(
    minutes=st.integers(1, 1440),
    back=st.integers(-1, 4000),
    doing=st.sampled_from(KEYS),
    ticket=st.none() | st.integers(1, 10**9 - 1),
    marks=st.tuples(*[st.none() | st.booleans()] * 2),
    note=NOTES,
    key=KEY,
)
def test_what_a_line_says_can_be_typed_again(
    minutes: int,
    back: int,
    doing: str,
    ticket: int | None,
    marks: tuple[bool | None, bool | None],
    note: str,
    key: str,
) -> None:
    on = (date(2026, 6, 3) - timedelta(days=back)).isoformat()
    said = Parsed(minutes, on, None, None, None, None, 9, "Name", doing, note, ticket, *marks, (), ())
    again = parse(line_of(said, key), TODAY, NOW, ZONE, [(9, key, "Name")])
    assert again._replace(spans=()) == said


@given(begin=st.integers(0, 1439), end=st.integers(0, 1439), back=st.integers(1, 300))
def test_times_can_be_typed_again(begin: int, end: int, back: int) -> None:
    on = (date(2026, 6, 3) - timedelta(days=back)).isoformat()
    line = f"{begin // 60}:{begin % 60:02}-{end // 60}:{end % 60:02} {on} acme"
    said = understood(line)
    if said.ready:
        assert understood(line_of(said, "acme"))._replace(spans=()) == said._replace(spans=())
    else:
        assert begin == end or "did not exist" in said.problems[0]
