"""What is asked for beyond the checklist: recorded, matched to the annex's exclusions, answered, quoted or taken on.

The ten exclusions are the annex's (2023-10-05, "Out of scope"; 2023-11-15, "Topics out of scope").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from contracts.current import catalogue
from contracts.errors import nearest
from models.access import require
from models.errors import NotFound
from models.journal import together, transaction
from models.onboardings import ScopeRequest
from models.reading import one, rows
from models.words import LEAD
from onboarding import tailoring
from onboarding.errors import OnboardingRefused
from onboarding.matching import SURE, match
from onboarding.rules import MANAGERS, WORKERS, Held, held, running
from onboarding.typed import said
from onboarding.words import VENDOR
from tickets.words import clean_line

if TYPE_CHECKING:
    from contracts.schema import Listing

OPEN, ANSWERED, QUOTED, ACCEPTED = "open", "answered", "quoted", "accepted"
QUOTE = "This is work of its own beside the onboarding: we will send a quote for it."


class Register(NamedTuple):
    """What the revision of an onboarding excludes and includes, with the sections that say so."""

    revision: str
    excluded: tuple[str, ...]
    excluded_section: str
    included: tuple[str, ...]
    included_section: str


class Suggestion(NamedTuple):
    """Lines of the annex that a request may be about, with scores of 1 to 100, the best first."""

    excluded: tuple[tuple[str, int], ...]
    included: tuple[tuple[str, int], ...]


class ScopeRow(NamedTuple):
    """A request; `exclusion` is the line it falls under or empty, `person` who recorded it, instants in UTC seconds."""

    id: int
    onboarding_id: int
    what: str
    asked_by: str
    exclusion: str
    state: str
    answer: str
    person: str | None
    at: int
    ended_at: int | None
    version: int


_SELECT = (
    "SELECT s.id, s.onboarding_id, s.what, s.asked_by, s.exclusion, s.state, s.answer, p.name, s.at, s.ended_at,"
    " s.version FROM scope_request s LEFT JOIN person p ON p.id = s.person_id"
)


def requests(onboarding_id: int) -> list[ScopeRow]:
    """The requests of an onboarding, those that wait for an answer first, then the newest."""
    return rows(
        f"{_SELECT} WHERE s.onboarding_id = ? ORDER BY CASE s.state WHEN '{OPEN}' THEN 0 ELSE 1 END, s.at DESC, s.id",
        (onboarding_id,),
        ScopeRow,
    )


def request(request_id: int) -> ScopeRow:
    """One request; NotFound where there is none."""
    found = one(f"{_SELECT} WHERE s.id = ?", (request_id,), ScopeRow)
    if found is None:
        raise NotFound(f"There is no scope request {request_id}.")
    return found


def register(onboarding_id: int) -> Register:
    """What the revision that an onboarding follows excludes and includes."""
    annex = catalogue().governing("onboarding", held(onboarding_id).revision)
    onboarding = annex.onboarding
    if onboarding is None:
        raise NotFound(f"The annex of {annex.revision} says nothing about onboarding.")
    out, within = onboarding.out_of_scope, onboarding.in_scope
    return Register(annex.revision, _lines(out), out.section, _lines(within), within.section)


def suggest(onboarding_id: int, text: str) -> Suggestion:
    """Which exclusions, and which subjects within the scope, a request may be about."""
    known = register(onboarding_id)
    return Suggestion(tuple(match(text, known.excluded)), tuple(match(text, known.included)))


def sentence(onboarding_id: int, exclusion: str) -> str:
    """The ready answer for an exclusion, or (empty) for what the annex does not name at all."""
    known = register(onboarding_id)
    if exclusion:
        return f"{exclusion}: this is outside the onboarding (annex of {known.revision}, {known.excluded_section})."
    return f"This is not among the subjects of the onboarding (annex of {known.revision}, {known.included_section})."


def record(onboarding_id: int, what: str, asked_by: str, actor: int, at: int, *, exclusion: str | None = None) -> int:
    """Keep a request and answer its id; the best match is taken where no exclusion (or "" for none) is named."""
    with transaction(actor, at, "record_scope") as tx:
        person = require(actor, *WORKERS)
        onboarding = running(onboarding_id)
        asked = said(what, "What is asked for")
        request_id = tx.insert(
            ScopeRequest,
            onboarding=onboarding_id,
            what=asked,
            asked_by=clean_line(asked_by),
            exclusion=_exclusion(onboarding_id, asked, exclusion),
            person=actor,
            at=at,
        )
        tx.say(f"{person.name} recorded what {onboarding.customer} asked for: {asked}")
    return request_id


def file_under(request_id: int, exclusion: str, actor: int, at: int, *, version: int | None = None) -> None:
    """Say which exclusion a request falls under, or (empty) that it falls under none."""
    with transaction(actor, at, "file_scope") as tx:
        person = require(actor, *WORKERS)
        row, _ = _open_request(request_id)
        tx.update(ScopeRequest, request_id, version, exclusion=_exclusion(row.onboarding_id, row.what, exclusion))
        tx.say(f"{person.name} filed {row.what!r} under {exclusion or 'no exclusion'}.")


def answer(request_id: int, actor: int, at: int, *, text: str = "", version: int | None = None) -> str:
    """Answer a request, in the ready sentence where nothing else is written; answers what was said."""
    with transaction(actor, at, "answer_scope") as tx:
        person = require(actor, *WORKERS)
        row, onboarding = _open_request(request_id)
        told = text.strip() or sentence(row.onboarding_id, row.exclusion)
        tx.update(ScopeRequest, request_id, version, state=ANSWERED, answer=told, ended_at=at)
        tx.say(f"{person.name} answered {onboarding.customer} on {row.what!r}.")
    return told


def quote(request_id: int, actor: int, at: int, *, text: str = "", version: int | None = None) -> str:
    """Turn a request into a quote, which the annex names as the way for consulting; answers what the customer is told.

    Source: 2023-11-15, "Technical account manager".
    """
    with transaction(actor, at, "quote_scope") as tx:
        person = require(actor, *MANAGERS)
        row, onboarding = _open_request(request_id, also=ANSWERED)
        told = text.strip() or f"{sentence(row.onboarding_id, row.exclusion)} {QUOTE}"
        tx.update(ScopeRequest, request_id, version, state=QUOTED, answer=told, ended_at=at)
        tx.say(f"{person.name} turned {row.what!r} of {onboarding.customer} into a quote.")
    return told


def accept(
    request_id: int,
    topic: str,
    actor: int,
    at: int,
    *,
    side: str = VENDOR,
    done_means: str = "",
    reason: str = "",
    version: int | None = None,
) -> int:
    """Take a request on as an item of its own and answer its id; an exclusion only by a lead, with a reason."""
    with together(actor, at, "accept_scope") as whole:
        person = require(actor, *MANAGERS)
        row, onboarding = _open_request(request_id, also=ANSWERED)
        if row.exclusion and person.role != LEAD:
            raise OnboardingRefused(f"{sentence(row.onboarding_id, row.exclusion)} A lead may take it on, or quote it.")
        why = said(reason, "Why it is taken on") if row.exclusion else clean_line(reason)
        with whole.attempt():
            item_id = tailoring.add(
                row.onboarding_id, row.what, actor, at, topic=topic, side=side, done_means=done_means
            )
        whole.tx.update(ScopeRequest, request_id, version, state=ACCEPTED, answer=why, ended_at=at)
        whole.tx.say(f"{person.name} took {row.what!r} on for {onboarding.customer}{f': {why}' if why else '.'}")
    return item_id


def _lines(listing: Listing) -> tuple[str, ...]:
    return tuple(listing.entries)


def _exclusion(onboarding_id: int, what: str, chosen: str | None) -> str:
    """The exclusion as the annex prints it; the best match where none was chosen."""
    if chosen is None:
        return surely(suggest(onboarding_id, what))
    known = register(onboarding_id).excluded
    if chosen and chosen not in known:
        raise OnboardingRefused(f"{chosen!r} is no exclusion of this onboarding; {nearest(chosen, known)}")
    return chosen


def surely(found: Suggestion) -> str:
    """The best exclusion, unless it is a guess or something within the scope fits as well."""
    included = found.included[0][1] if found.included else 0
    best, score = found.excluded[0] if found.excluded else ("", 0)
    return best if score >= SURE and score > included else ""


def _open_request(request_id: int, also: str = OPEN) -> tuple[ScopeRow, Held]:
    row = request(request_id)
    if row.state not in (OPEN, also):
        raise OnboardingRefused(f"{row.what!r} is {row.state} already; record it anew if it is asked for again.")
    return row, running(row.onboarding_id)
