"""All that was agreed stands in one list, and amounts are typed as people write them."""

import pytest

from models.connection import Desk
from tam.agreed import agreed, agreed_minutes
from tam.allowances import AllowanceRefused, agree, top_up
from tests.tam.hours_desk import contract_of, promise, spend
from tests.tickets.cast import at, cast

NOW = at("Wed 12:00")


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("20", 1200), (" 7:30 ", 450), ("7.5", 450), ("7,25h", 435), ("1h30", 90), ("2 h", 120), ("90m", 90), (".5", 30)],
)
def test_amounts_are_hours_unless_they_say_otherwise(typed: str, minutes: int) -> None:
    assert agreed_minutes(typed) == minutes


@pytest.mark.parametrize("typed", ["", "ten", "-5", "1:75", "5 days", "h", "."])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(AllowanceRefused):
        agreed_minutes(typed)


def test_allowances_and_top_ups_stand_newest_first(desk: Desk) -> None:
    who = cast()
    promise(who, who.acme, 600)
    agree(contract_of(who.acme), 900, "month", "2026-06-01", who.tom, NOW, replace=True)
    top_up(who.acme, 60, "2026-06-01", "2026-07-01", "Audit", who.tom, NOW)
    spend(who, who.acme, "2026-06-02", 930)
    found = agreed(who.acme, NOW)
    assert [(row.minutes, row.starts_on, row.ends_on) for row in found.allowances] == [
        (900, "2026-06-01", None),
        (600, "2026-01-01", "2026-06-01"),
    ]
    (held,) = found.top_ups
    assert (held.row.note, held.account.minutes) == ("Audit", 60)
    assert held.account.used + held.account.left == 60
    assert found.contract_id == contract_of(who.acme)
