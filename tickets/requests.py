"""What a customer says when they ask for help, and what of it is still missing (annex "Support service process")."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from contracts.errors import nearest
from models.access import require
from models.journal import Transaction, transaction
from models.reading import one
from models.requests import Request
from tickets.attachments import NewFile, keep
from tickets.errors import RuleRefused
from tickets.intake import Taken, take_in
from tickets.rules import WORKERS, Done, done, held

STANDARD = 3
"""The severity of a request that names none: the annex calls 3 the standard support request."""


class Scenario(NamedTuple):
    """What a request is about. `listing` and `position` say which entry of the catalogue speaks of it."""

    title: str
    listing: str
    position: int
    asked: tuple[str, ...] = ()


_PROBLEM = ("impact", "observed", "expected", "steps", "evidence", "logs")
SCENARIOS = {
    "error": Scenario("Something contains errors", "scenarios", 0, _PROBLEM),
    "security": Scenario("A critical security issue", "scenarios", 0, _PROBLEM),
    "upgrade": Scenario("The customer has to upgrade or change something", "scenarios", 1, ("impact", "expected")),
    "documentation": Scenario(
        "Documentation is incorrect or missing", "scenarios", 2, ("feature", "observed", "expected")
    ),
    "question": Scenario("A question", "features", 0, ("feature",)),
    "feature-request": Scenario("A wish for a feature", "criteria", 1, ("impact", "expected")),
    "consulting": Scenario("Consulting", "exclusions", 0),
    "engineering": Scenario("Engineering for one customer", "exclusions", 0),
    "end-user": Scenario("A request of the customer's end user", "exclusions", 1),
}
"""The support scenarios of the catalogue by their key, the excluded ones last (annex "Support request")."""


class Draft(NamedTuple):
    """A request as it is filled in; what is empty was not said yet.

    `area` is a subject of the service description's table of responsibilities; `enterprise` says whether the feature
    is an enterprise supported one, None where nobody looked; `logs` whether log files come with it.
    """

    customer_id: int
    subject: str = ""
    body: str = ""
    contact_id: int | None = None
    channel: str = "ticket"
    queue: str = "support"
    scenario: str = ""
    severity: int | None = None
    customer_severity: int | None = None
    impact: str = ""
    observed: str = ""
    expected: str = ""
    steps: str = ""
    evidence: str = ""
    feature: str = ""
    enterprise: bool | None = None
    area: str = ""
    logs: bool = False

    @property
    def counted_severity(self) -> int:
        """The severity that the clock counts by: the vendor's, else the customer's, else the standard one."""
        return self.severity or self.customer_severity or STANDARD


class Facts(NamedTuple):
    """The facts of a ticket's intake; what is empty was not said."""

    scenario: str
    observed: str
    expected: str
    steps: str
    evidence: str
    feature: str
    enterprise: int | None
    area: str
    version: int


_FACTS = ", ".join(Facts._fields)
_EDITED = Facts._fields[:-1]


class Missing(NamedTuple):
    """A field that nobody filled in, and what it is."""

    field: str
    text: str


_ASKED = {
    "subject": "the problem in a line",
    "body": "a description",
    "contact": "who asks",
    "scenario": "what kind of request it is",
    "customer_severity": "the customer's own severity, 1 to 4",
    "impact": "the impact that supports the severity",
    "observed": "what happens",
    "expected": "what should happen",
    "steps": "steps to reproduce it",
    "evidence": "evidence that neither connectivity nor compute is the cause",
    "logs": "anonymised log files",
    "feature": "which feature or page it is about",
}


def missing(draft: Draft) -> list[Missing]:
    """What the request still lacks (annex "Support service process"), the weightiest first.

    Nothing of it is needed to take the request in: the clock does not wait for details.
    """
    scenario = SCENARIOS.get(draft.scenario)
    wanted = ["subject", "body", "contact", "scenario", "customer_severity"]
    if scenario is None:
        wanted.append("impact")
    elif scenario.listing == "exclusions":
        wanted.remove("customer_severity")
    else:
        wanted += scenario.asked
    said = draft._asdict() | {"contact": draft.contact_id}
    lacking = (field for field in wanted if not (said[field].strip() if isinstance(said[field], str) else said[field]))
    return [Missing(field, _ASKED[field]) for field in lacking]


def receive_request(draft: Draft, *, actor: int | None, at: int, files: Sequence[NewFile] = ()) -> int:
    """Take a request in with all that was said and its files, received at `at`; answers the ticket's number.

    Raises NotEntitled where the plan has no professional support and the channel is a professional one.
    """
    with transaction(actor, at, "receive") as tx:
        if actor is not None:
            require(actor, *WORKERS)
        taken = take_in_request(tx, draft, at, actor)
        for file in files:
            keep(tx, taken.ticket_id, taken.message_id, *file)
    return taken.ticket_id


def take_in_request(tx: Transaction, draft: Draft, received_at: int, taken_by: int | None = None) -> Taken:
    """Do what `receive_request` does, as a part of an operation under way."""
    check(draft.scenario)
    taken = take_in(
        tx,
        received_at=received_at,
        customer_id=draft.customer_id,
        subject=draft.subject,
        body=draft.body,
        severity=draft.counted_severity,
        contact_id=draft.contact_id,
        channel=draft.channel,
        queue=draft.queue,
        impact=draft.impact,
        customer_severity=draft.customer_severity,
        taken_by=taken_by,
    )
    said = _columns(draft)
    if any(value not in ("", None) for value in said.values()):
        tx.insert(Request, ticket_id=taken.ticket_id, **said)
    return taken


def _columns(draft: Draft) -> dict[str, str | int | None]:
    given = draft._asdict()
    columns = {name: given[name] for name in _EDITED}
    return columns | {"enterprise": None if draft.enterprise is None else int(draft.enterprise)}


def check(scenario: str) -> None:
    """Refuse a scenario that the desk does not know; none at all is not said yet."""
    if scenario and scenario not in SCENARIOS:
        raise RuleRefused(f"There is no scenario {scenario!r}; {nearest(scenario, SCENARIOS)}")


def facts(ticket_id: int) -> Facts:
    """What was said at the intake of a ticket; all empty at version 0 where nothing was."""
    found = one(f"SELECT {_FACTS} FROM request WHERE ticket_id = ?", (ticket_id,), Facts)
    return found or Facts("", "", "", "", "", "", None, "", 0)


def draft_of(ticket_id: int) -> Draft:
    """A ticket's request as a draft, so that it can be assessed again and what is missing be asked for."""
    ticket = held(ticket_id)
    row = one(
        "SELECT t.subject, t.contact_id, q.key, t.customer_severity, t.impact, m.body FROM ticket t"
        " JOIN queue q ON q.id = t.queue_id LEFT JOIN message m ON m.ticket_id = t.id"
        " WHERE t.id = ? ORDER BY m.at, m.id LIMIT 1",
        (ticket_id,),
    )
    if row is None:
        raise LookupError(f"ticket {ticket_id} is in no queue; run tamdesk db check")
    subject, contact_id, queue, customer_severity, impact, body = row
    said = facts(ticket_id)
    return Draft(
        customer_id=ticket.customer_id,
        subject=subject,
        body=body or "",
        contact_id=contact_id,
        channel=ticket.channel,
        queue=queue,
        severity=ticket.severity,
        customer_severity=customer_severity,
        impact=impact,
        logs=one("SELECT 1 FROM attachment WHERE ticket_id = ? LIMIT 1", (ticket_id,)) is not None,
        **{name: value for name, value in said._asdict().items() if name in _EDITED and name != "enterprise"},
        enterprise=None if said.enterprise is None else bool(said.enterprise),
    )


def change_facts(ticket_id: int, actor: int, at: int, *, version: int | None = None, **said: str | int | None) -> Done:
    """Fill in what became known since the intake; `said` are fields of Facts, those not named stay as they are.

    Raises StaleRow where the facts are not at `version` any more.
    """
    with transaction(actor, at, "change_facts", ticket_id) as tx:
        person = require(actor, *WORKERS)
        held(ticket_id)
        check(str(said.get("scenario") or ""))
        row = one("SELECT id FROM request WHERE ticket_id = ?", (ticket_id,))
        if row is None:
            tx.insert(Request, ticket_id=ticket_id, **said)
        else:
            tx.update(Request, row[0], version, **said)
        tx.say(f"{person.name} filled in the request of #{ticket_id}.")
    return done(tx, ticket_id)
