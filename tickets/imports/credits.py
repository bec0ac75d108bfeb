"""What late answers cost: the ledger's lines for imported clocks, as the desk's own answers write them."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from models.reading import rows
from sla.wall import local_of
from tickets.words import amount

CREDIT_COLUMNS = ("customer_id", "term_id", "clock_id", "entry", "days", "at", "reason")


class Late(NamedTuple):
    """A late answer: whose, on which clock, when, and what it costs; seconds, UTC seconds and days."""

    customer: int
    contract: int | None
    ticket: int
    clock: int
    answered_at: int
    late_seconds: int
    days: int


class Ledger:
    """Writes what is owed; the terms of each contract are read once."""

    def __init__(self) -> None:
        self._terms: dict[int, list[tuple[str, int]]] = {}

    def lines(self, late: Iterable[Late]) -> list[tuple[Any, ...]]:
        """The ledger's rows, in the order of CREDIT_COLUMNS."""
        return [
            (
                each.customer,
                self._term(each.contract, each.answered_at),
                each.clock,
                "owed",
                each.days,
                each.answered_at,
                f"#{each.ticket} was answered {amount(each.late_seconds)} late",
            )
            for each in late
        ]

    def _term(self, contract: int | None, at: int) -> int | None:
        """The contract's term that runs at an instant, else its newest."""
        if contract is None:
            return None
        if contract not in self._terms:
            found = rows("SELECT starts_on, id FROM term WHERE contract_id = ? ORDER BY starts_on DESC", (contract,))
            self._terms[contract] = [(starts_on, row_id) for starts_on, row_id in found]
        terms = self._terms[contract]
        today = local_of("UTC", at).date().isoformat()
        running = (row_id for starts_on, row_id in terms if starts_on <= today)
        return next(running, terms[0][1] if terms else None)
