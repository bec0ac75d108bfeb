"""The sentence above the customers with promised hours: how many, which are over, what is new, which calls come."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from models.reading import scalar
from sla.wall import day_bounds, local_of
from tam.alerts import Alert, alerts
from tam.portfolio import counts


class Overview(NamedTuple):
    """Numbers of customers and of planned calls to the week's end (Sunday, in the person's zone), and unseen alerts."""

    customers: int
    over: int
    calls: int
    alerts: list[Alert]


def overview(person_id: int, zone: str, now: int, tam_id: int | None = None) -> Overview:
    """Read it at an instant (UTC seconds), for all customers or for those of one TAM."""
    held = counts(now, tam_id)
    today = local_of(zone, now).date()
    sunday = today + timedelta(days=6 - today.weekday())
    whose, values = ("", []) if tam_id is None else (" AND c.tam_id = ?", [tam_id])
    calls = scalar(
        "SELECT COUNT(*) FROM review_call r JOIN customer c ON c.id = r.customer_id WHERE r.state = 'planned'"
        f" AND r.at >= ? AND r.at < ?{whose}",
        (now, day_bounds(zone, sunday.toordinal())[1], *values),
    )
    return Overview(held.customers, held.over, int(calls), alerts(person_id, now))
