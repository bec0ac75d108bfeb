"""TAMs and leads agree hours with customers, for dates, and never for what is closed."""

import pytest

from models.connection import Desk
from models.errors import NotAllowed, NotFound, StaleRow
from models.journal import redo, undo
from models.reading import one, rows, scalar
from tam.allowances import (
    AllowanceRefused,
    agree,
    change,
    change_top_up,
    top_up,
    withdraw,
    withdraw_top_up,
)
from tam.balance import accounts, balance
from tam.closing import close_all
from tests.tam.hours_desk import contract_of, promise
from tests.tickets.cast import at, cast, everything, sign

NOW = at("Wed 12:00")


def sentence() -> str:
    found: str = scalar("SELECT sentence FROM operation ORDER BY id DESC LIMIT 1")
    return found


def test_hours_are_agreed_told_and_undone(desk: Desk) -> None:
    who = cast()
    promise(who, who.globex, 600, carry="capped", carry_cap=120, reason="order PO 9")
    assert sentence() == "Tom agreed 10 h per month with Globex from 2026-01-01 on."
    assert balance(who.globex, NOW).promised == 720
    undo(who.tom, NOW)
    assert balance(who.globex, NOW).promised == 0
    redo(who.tom, NOW)
    assert balance(who.globex, NOW).promised == 720


def test_only_tams_and_leads_agree_hours(desk: Desk) -> None:
    who = cast()
    contract = contract_of(who.globex)
    for person in (who.ben, who.rita):
        with pytest.raises(NotAllowed):
            agree(contract, 600, "month", "2026-01-01", person, NOW)
    agree(contract, 600, "month", "2026-01-01", who.anna, NOW)


def test_an_overlap_names_the_other_allowance(desk: Desk) -> None:
    who = cast()
    first = promise(who, who.globex, 600, ends_on="2026-06-16")
    with pytest.raises(
        AllowanceRefused, match="Globex has 10 h per month from 2026-01-01 on, until 2026-06-15; end that"
    ):
        promise(who, who.globex, 900, start="2026-06-15")
    second = promise(who, who.globex, 900, start="2026-06-16")
    with pytest.raises(AllowanceRefused, match="15 h per month from 2026-06-16 on, without an end"):
        change(first, who.tom, NOW, ends_on=None)
    with pytest.raises(AllowanceRefused, match="10 h per month"):
        change(second, who.tom, NOW, starts_on="2026-06-01")


def test_replacing_ends_the_open_one_and_keeps_past_periods(desk: Desk) -> None:
    who = cast()
    promise(who, who.globex, 600)
    promise(who, who.globex, 900, start="2026-06-16", replace=True)
    assert rows("SELECT starts_on, ends_on FROM allowance ORDER BY id") == [
        ("2026-01-01", "2026-06-16"),
        ("2026-06-16", None),
    ]
    assert [(each.label, each.allowance) for each in accounts(who.globex, NOW)[:2]] == [
        ("Jun 2026", 750),
        ("May 2026", 600),
    ]
    promise(who, who.globex, 300, start="2026-06-16", replace=True)
    assert balance(who.globex, NOW).period.allowance == 450


def test_what_the_order_agrees_holds_until_it_is_replaced(desk: Desk) -> None:
    who = cast()
    beta = sign("Beta", "production", order={"reference": "PO 7", "tam": {"minutes": 600, "per": "month"}})
    assert balance(beta, NOW).period.allowance == 600
    with pytest.raises(AllowanceRefused, match="Beta has 10 h per month from 2026-01-01 on, without an end"):
        promise(who, beta, 1200, start="2026-06-01")
    promise(who, beta, 1200, start="2026-06-01", replace=True)
    found = accounts(beta, NOW)
    assert [(each.label, each.allowance) for each in found[:2]] == [("Jun 2026", 1200), ("May 2026", 600)]
    assert "10 h per month: agreed from 2026-01-01 on, order PO 7." in balance(beta, at("2026-05-05 12:00")).why


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"minutes": 0}, "at least a minute"),
        ({"minutes": -5}, "at least a minute"),
        ({"minutes": 10**9}, "not more than ten years"),
        ({"per": "day"}, "per week, month, quarter, term, not per 'day'"),
        ({"starts_on": "1.6.2026"}, "'1.6.2026' is not a date"),
        ({"starts_on": "20260601"}, "'20260601' is not a date"),
        ({"ends_on": "2026-01-01"}, "ends before it starts"),
        ({"carry": "some"}, "none, capped, full, not 'some'"),
        ({"carry": "capped"}, "needs its cap"),
        ({"carry": "full", "carry_cap": 60}, "needs its cap"),
        ({"carry": "capped", "carry_cap": -1}, "needs its cap"),
    ],
)
def test_what_cannot_be_agreed_is_refused_in_a_sentence(sqlite_desk: Desk, said: dict[str, object], told: str) -> None:
    who = cast()
    values = {"minutes": 600, "per": "month", "starts_on": "2026-01-01"} | said
    with pytest.raises(AllowanceRefused, match=told):
        agree(contract_of(who.globex), actor=who.tom, at=NOW, **values)  # type: ignore[arg-type]
    assert everything("allowance")["allowance"] == []


def test_an_allowance_is_changed_and_taken_back_by_version(desk: Desk) -> None:
    who = cast()
    row = promise(who, who.globex, 600)
    change(row, who.tom, NOW, 1, minutes=660, carry="full")
    assert sentence() == "Tom changed what is agreed with Globex: 11 h per month."
    with pytest.raises(StaleRow):
        change(row, who.tom, NOW, 1, minutes=700)
    with pytest.raises(AllowanceRefused, match="An allowance has no colour; it has minutes, per"):
        change(row, who.tom, NOW, colour="red")
    withdraw(row, who.tom, NOW)
    assert sentence() == "Tom took back 11 h per month for Globex."
    with pytest.raises(NotFound):
        withdraw(row, who.tom, NOW)


def test_nothing_changes_within_closed_periods(desk: Desk) -> None:
    who = cast()
    row = promise(who, who.globex, 600)
    extra = top_up(who.globex, 60, "2026-03-01", "2026-12-31", "", who.tom, NOW)
    close_all("2026-05-31", who.anna, NOW)
    closed = "The hours of Globex are closed up to 2026-06-01"
    for refused in (
        lambda: promise(who, who.globex, 900, start="2026-05-31", replace=True),
        lambda: change(row, who.tom, NOW, minutes=900),
        lambda: change(row, who.tom, NOW, ends_on="2026-05-31"),
        lambda: withdraw(row, who.tom, NOW),
        lambda: change_top_up(extra, who.tom, NOW, minutes=90),
        lambda: change_top_up(extra, who.tom, NOW, ends_on="2026-05-31"),
        lambda: withdraw_top_up(extra, who.tom, NOW),
    ):
        with pytest.raises(AllowanceRefused, match=closed):
            refused()
    promise(who, who.globex, 900, start="2026-06-01", replace=True)
    assert balance(who.globex, NOW).period.allowance == 900
    change(row, who.tom, NOW, reason="order PO 9")
    change_top_up(extra, who.tom, NOW, ends_on="2026-09-30", note="moved")


def test_a_top_up_counts_from_the_first_open_day_on(desk: Desk) -> None:
    who = cast()
    promise(who, who.globex, 600)
    close_all("2026-05-31", who.anna, NOW)
    added = top_up(who.globex, 120, "2026-03-01", "2026-07-01", "for the migration", who.tom, NOW)
    assert one("SELECT starts_on, ends_on FROM top_up WHERE id = ?", (added,)) == ("2026-06-01", "2026-07-01")
    assert sentence() == "Tom added 2 h for Globex until 2026-06-30, counted from 2026-06-01 on."
    assert (balance(who.globex, NOW).promised, balance(who.globex, NOW).left) == (720, 720)
    change_top_up(added, who.tom, NOW, minutes=180)
    assert balance(who.globex, NOW).left == 780
    withdraw_top_up(added, who.tom, NOW)
    assert balance(who.globex, NOW).left == 600


def test_hours_are_only_added_to_what_is_agreed(desk: Desk) -> None:
    who = cast()
    with pytest.raises(AllowanceRefused, match=r"Hobby's Free.* has no technical account management"):
        top_up(who.hobby, 60, "2026-06-01", "2026-07-01", "", who.tom, NOW)
    with pytest.raises(AllowanceRefused, match="Stray has no contract in force on 2026-06-01"):
        top_up(who.stray, 60, "2026-06-01", "2026-07-01", "", who.tom, NOW)
    promise(who, who.globex, 600)
    with pytest.raises(AllowanceRefused, match="ends before it starts"):
        top_up(who.globex, 60, "2026-07-01", "2026-07-01", "", who.tom, NOW)
