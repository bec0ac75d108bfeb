"""What may go wrong in an onboarding: who looks after it, and the next step."""

from __future__ import annotations

from typing import NamedTuple

from models.access import require
from models.errors import NotFound
from models.journal import transaction
from models.onboardings import Risk
from models.reading import one, rows
from onboarding.errors import OnboardingRefused
from onboarding.rules import WORKERS, running
from onboarding.typed import day_of, said
from tickets.words import clean_line

OPEN, CLOSED = "open", "closed"


class RiskRow(NamedTuple):
    """A risk; `due_on` is the local date of the next step, instants in UTC seconds."""

    id: int
    onboarding_id: int
    what: str
    owner: str
    next_step: str
    due_on: str | None
    state: str
    at: int
    ended_at: int | None
    version: int


_COLUMNS = ", ".join(RiskRow._fields)


def risks(onboarding_id: int, *, all_of_them: bool = False) -> list[RiskRow]:
    """The open risks of an onboarding, or also the closed ones after them; the next due first."""
    state = "" if all_of_them else f" AND state = '{OPEN}'"
    return rows(
        f"SELECT {_COLUMNS} FROM risk WHERE onboarding_id = ?{state}"
        " ORDER BY state DESC, COALESCE(due_on, '9999-12-31'), id",
        (onboarding_id,),
        RiskRow,
    )


def risk(risk_id: int) -> RiskRow:
    """One risk; NotFound where there is none."""
    found = one(f"SELECT {_COLUMNS} FROM risk WHERE id = ?", (risk_id,), RiskRow)
    if found is None:
        raise NotFound(f"There is no risk {risk_id}.")
    return found


def add(
    onboarding_id: int,
    what: str,
    owner: str,
    actor: int,
    at: int,
    *,
    next_step: str = "",
    due_on: str | None = None,
) -> int:
    """Write a risk down and answer its id; the customer reads it in the status report."""
    with transaction(actor, at, "add_risk") as tx:
        person = require(actor, *WORKERS)
        held = running(onboarding_id)
        told = said(what, "The risk")
        risk_id = tx.insert(
            Risk,
            onboarding=onboarding_id,
            what=told,
            owner=said(owner, "Who looks after the risk"),
            next_step=clean_line(next_step),
            due_on=_day(due_on),
            at=at,
        )
        tx.say(f"{person.name} noted a risk for {held.customer}: {told}")
    return risk_id


def change(
    risk_id: int,
    actor: int,
    at: int,
    *,
    what: str | None = None,
    owner: str | None = None,
    next_step: str | None = None,
    due_on: str | None = None,
    version: int | None = None,
) -> None:
    """Change an open risk; None leaves it as it is, an empty date takes the date away."""
    with transaction(actor, at, "change_risk") as tx:
        person = require(actor, *WORKERS)
        row = risk(risk_id)
        held = running(row.onboarding_id)
        if row.state == CLOSED:
            raise OnboardingRefused(f"The risk {row.what!r} is closed; open it again first.")
        new = {
            "what": row.what if what is None else said(what, "The risk"),
            "owner": row.owner if owner is None else said(owner, "Who looks after the risk"),
            "next_step": row.next_step if next_step is None else clean_line(next_step),
            "due_on": row.due_on if due_on is None else _day(due_on),
        }
        tx.update(Risk, risk_id, version, **new)
        tx.say(f"{person.name} changed the risk {new['what']!r} of {held.customer}.")


def close(risk_id: int, reason: str, actor: int, at: int, *, version: int | None = None) -> None:
    """Close a risk: it happened, or it cannot any more."""
    with transaction(actor, at, "close_risk") as tx:
        person = require(actor, *WORKERS)
        row = risk(risk_id)
        held = running(row.onboarding_id)
        if row.state == CLOSED:
            raise OnboardingRefused(f"The risk {row.what!r} is closed already.")
        tx.update(Risk, risk_id, version, state=CLOSED, ended_at=at)
        tx.say(f"{person.name} closed the risk {row.what!r} of {held.customer}: {said(reason, 'The reason')}")


def reopen(risk_id: int, actor: int, at: int, *, version: int | None = None) -> None:
    """Open a closed risk again."""
    with transaction(actor, at, "reopen_risk") as tx:
        person = require(actor, *WORKERS)
        row = risk(risk_id)
        held = running(row.onboarding_id)
        tx.update(Risk, risk_id, version, state=OPEN, ended_at=None)
        tx.say(f"{person.name} opened the risk {row.what!r} of {held.customer} again.")


def _day(text: str | None) -> str | None:
    return day_of(text, "The date of the next step").isoformat() if text and text.strip() else None
