"""A customer with technical account management, and the calls that stories about them begin with."""

from typing import Any, NamedTuple

from models import journal
from models.people import Person
from models.reading import rows, scalar
from tam import calls, series
from tests.tickets.cast import Cast, at, cast, sign

NOW = at("Mon 09:00")
DAY = 86_400
HOURS = {"tam": {"minutes": 1200, "per": "month"}}


class CallDesk(NamedTuple):
    """Bank has 20 hours a month and Tom as its TAM; the others are those of every story about tickets."""

    who: Cast
    bank: int

    @property
    def tom(self) -> int:
        """The TAM."""
        return self.who.tom


def call_desk(order: dict[str, Any] | None = None) -> CallDesk:
    """Set the desk up."""
    who = cast()
    bank = sign("Bank", "production", "extended", order=HOURS | (order or {}))
    with journal.transaction(None, at("2026-01-01 00:00"), "setup") as tx:
        tx.update(Person, who.tom, email="tom@vendor.example")
        tx.say("Tom has an address.")
    return CallDesk(who, bank)


def agree(desk: CallDesk, **changed: Any) -> int:
    """Every other Tuesday at 14:00 from 2 June 2026, 45 minutes, unless told otherwise."""
    said: dict[str, Any] = {
        "customer_id": desk.bank,
        "title": "",
        "rule": "every other week",
        "local_time": "14:00",
        "zone": "Europe/Zurich",
        "minutes": 45,
        "starts_on": "2026-06-02",
        "actor": desk.tom,
        "at": NOW,
    }
    return series.agree(**(said | changed))


def plan(desk: CallDesk, when: str = "Wed 10:00", **changed: Any) -> int:
    """A single call of 30 minutes, unless told otherwise."""
    said: dict[str, Any] = {
        "customer_id": desk.bank,
        "at_instant": at(when),
        "minutes": 30,
        "kind": "review",
        "title": "",
        "actor": desk.tom,
        "at": NOW,
    }
    return calls.plan(**(said | changed)).call_id


def planned(desk: CallDesk) -> list[calls.CallRow]:
    """Bank's planned calls, the first one on top."""
    return [each for each in reversed(calls.calls(desk.bank)) if each.state == "planned"]


def sentence() -> str:
    """What the journal says last."""
    told: str = scalar("SELECT sentence FROM operation ORDER BY id DESC LIMIT 1")
    return told


def table(name: str) -> list[tuple[Any, ...]]:
    """Every row of a table without its version, by id."""
    from models.schema import BY_NAME

    columns = [field.column_name for field in BY_NAME[name]._meta.sorted_fields if field.column_name != "version"]
    return rows(f"SELECT {', '.join(columns)} FROM {name} ORDER BY id")
