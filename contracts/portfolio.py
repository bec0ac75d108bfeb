"""Every customer in a line: what they signed, what is open, and what the vendor owes them."""

from __future__ import annotations

from typing import NamedTuple

from contracts.current import catalogue
from contracts.terms import support_annex
from models.reading import rows


class CustomerLine(NamedTuple):
    """A customer; `plan` and `support_option` are as the catalogue names them, None where there is no contract."""

    id: int
    key: str
    name: str
    badge: str
    plan: str | None
    support_option: str | None
    deployment: str | None
    revision: str | None
    ends_on: str | None
    extension_days: int | None
    tam: str | None
    open_tickets: int
    owed_days: int


def portfolio(now: int) -> list[CustomerLine]:
    """All customers by name, as things stand at an instant (UTC seconds)."""
    found = rows(
        """
        SELECT c.id, c.key, c.name, c.badge, COALESCE(n.plan, k.plan),
            CASE WHEN n.id IS NULL THEN k.support_option ELSE n.support_option END, k.deployment,
            (SELECT a.revision FROM adoption a WHERE a.contract_id = k.id AND a.effective_at <= ?
                ORDER BY a.effective_at DESC, a.id DESC LIMIT 1),
            (SELECT t.ends_on FROM term t WHERE t.contract_id = k.id ORDER BY t.starts_on DESC LIMIT 1),
            (SELECT t.extension_days FROM term t WHERE t.contract_id = k.id ORDER BY t.starts_on DESC LIMIT 1),
            p.name
        FROM customer c
        LEFT JOIN contract k ON k.id = (SELECT h.id FROM contract h WHERE h.customer_id = c.id AND h.starts_at <= ?
            AND (h.ends_at IS NULL OR h.ends_at > ?) ORDER BY h.starts_at DESC, h.id DESC LIMIT 1)
        LEFT JOIN adoption n ON n.id = (SELECT a.id FROM adoption a WHERE a.contract_id = k.id AND a.effective_at <= ?
            AND a.plan IS NOT NULL ORDER BY a.effective_at DESC, a.id DESC LIMIT 1)
        LEFT JOIN person p ON p.id = c.tam_id
        ORDER BY c.name, c.id
        """,
        (now, now, now, now),
    )
    open_tickets, owed = dict(rows(OPEN_TICKETS)), dict(rows(OWED_DAYS))
    return [
        _named(CustomerLine._make((*line, open_tickets.get(line[0], 0), int(owed.get(line[0], 0))))) for line in found
    ]


OPEN_TICKETS = "SELECT customer_id, COUNT(*) FROM ticket WHERE is_open = 1 GROUP BY customer_id"
# What is granted or refused is not owed any more, what was reversed is owed again.
OWED_DAYS = (
    "SELECT customer_id, SUM(CASE WHEN entry IN ('owed', 'reversed') THEN days ELSE -days END)"
    " FROM credit GROUP BY customer_id"
)


def _named(line: CustomerLine) -> CustomerLine:
    """Say plan and option as the revision that the contract follows names them."""
    if line.plan is None or line.revision is None:
        return line
    annex = support_annex(catalogue(), line.revision)
    names = {support.id: support.name for support in (*annex.plans, *annex.options)}
    option = names.get(line.support_option, line.support_option) if line.support_option else None
    return line._replace(plan=names.get(line.plan, line.plan), support_option=option)
