"""What shows that an item is done or a criterion is met: a link, a note or a file; an internal one stays with us."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlsplit

from models.access import require
from models.errors import NotFound
from models.journal import transaction
from models.onboardings import Evidence
from models.reading import rows, scalar
from onboarding.errors import OnboardingRefused
from onboarding.rules import WORKERS, running
from onboarding.typed import own_item, said
from tickets.attachments import check_size, keep_content, safe_name

LINK, NOTE, FILE = "link", "note", "file"
LONGEST_LINK = 2000


class EvidenceRow(NamedTuple):
    """A piece of evidence; `text` is the address, the note or the file's name, `size` its bytes, `at` UTC seconds."""

    id: int
    onboarding_id: int
    item_id: int | None
    criterion_id: int | None
    kind: str
    text: str
    size: int | None
    internal: int
    person: str | None
    at: int


class About(NamedTuple):
    """What evidence is for: an item, a criterion, or (neither) the onboarding as a whole."""

    item_id: int | None = None
    criterion_id: int | None = None


WHOLE = About()
_SELECT = (
    "SELECT e.id, e.onboarding_id, e.item_id, e.criterion_id, e.kind, e.text, c.size, e.internal, p.name, e.at"
    " FROM evidence e LEFT JOIN person p ON p.id = e.person_id LEFT JOIN content c ON c.id = e.content_id"
)


def evidence(onboarding_id: int, *, public_only: bool = False) -> list[EvidenceRow]:
    """All evidence of an onboarding, oldest first; `public_only` leaves out what is internal."""
    public = " AND e.internal = 0" if public_only else ""
    return rows(f"{_SELECT} WHERE e.onboarding_id = ?{public} ORDER BY e.at, e.id", (onboarding_id,), EvidenceRow)


def piece(evidence_id: int) -> EvidenceRow:
    """One piece of evidence; NotFound where there is none."""
    found = rows(f"{_SELECT} WHERE e.id = ?", (evidence_id,), EvidenceRow)
    if not found:
        raise NotFound(f"There is no evidence {evidence_id}.")
    return found[0]


def body(evidence_id: int) -> bytes:
    """The bytes of a file; NotFound for a link or a note."""
    found = scalar("SELECT c.body FROM evidence e JOIN content c ON c.id = e.content_id WHERE e.id = ?", (evidence_id,))
    if found is None:
        raise NotFound(f"Evidence {evidence_id} is no file.")
    return bytes(found)


def add_link(
    onboarding_id: int, address: str, actor: int, at: int, *, about: About = WHOLE, internal: bool = False
) -> int:
    """Keep a web address, which is shown as text; refused unless it is http or https."""
    return _add(onboarding_id, LINK, checked_link(address), actor, at, about, internal)


def add_note(
    onboarding_id: int, text: str, actor: int, at: int, *, about: About = WHOLE, internal: bool = False
) -> int:
    """Keep a note."""
    if not text.strip():
        raise OnboardingRefused("The note is empty; write what shows it.")
    return _add(onboarding_id, NOTE, text.strip(), actor, at, about, internal)


def add_file(
    onboarding_id: int,
    name: str,
    content: bytes,
    actor: int,
    at: int,
    *,
    about: About = WHOLE,
    internal: bool = False,
) -> int:
    """Keep a file under a safe name; refused over 25 MB."""
    check_size(name, len(content))
    return _add(onboarding_id, FILE, safe_name(name), actor, at, about, internal, content)


def remove(evidence_id: int, actor: int, at: int) -> None:
    """Take evidence away; refused where a criterion was judged on nothing else."""
    with transaction(actor, at, "remove_evidence") as tx:
        person = require(actor, *WORKERS)
        row = piece(evidence_id)
        held = running(row.onboarding_id)
        if row.criterion_id is not None and _judged_on_this_alone(row.criterion_id):
            raise OnboardingRefused("A criterion was judged on this alone; add other evidence first.")
        tx.delete(Evidence, evidence_id)
        tx.say(f"{person.name} removed evidence from the onboarding of {held.customer}: {_short(row.text)}")


def checked_link(address: str) -> str:
    """A web address on one line; refused for anything that is not plain http or https with a host."""
    link = said(address, "The address")
    try:
        parts = urlsplit(link)
        host = parts.hostname
    except ValueError:
        host = None
    if not host or parts.scheme not in ("http", "https") or any(not sign.isprintable() for sign in link):
        raise OnboardingRefused(f"{_short(link)} is no web address; write it like https://example.com/report.")
    if parts.username or parts.password:
        raise OnboardingRefused("This address carries a login; write it without.")
    if " " in link or len(link) > LONGEST_LINK:
        raise OnboardingRefused(f"A web address has no spaces and at most {LONGEST_LINK} signs.")
    return link


def _add(
    onboarding_id: int,
    kind: str,
    text: str,
    actor: int,
    at: int,
    about: About,
    internal: bool,
    content: bytes | None = None,
) -> int:
    with transaction(actor, at, "add_evidence") as tx:
        person = require(actor, *WORKERS)
        held = running(onboarding_id)
        subject = _subject(onboarding_id, about)
        content_id = None
        if content is not None:
            content_id = scalar("SELECT id FROM content WHERE digest = ?", (keep_content(tx, content),))
        evidence_id = tx.insert(
            Evidence,
            onboarding=onboarding_id,
            item=about.item_id,
            criterion=about.criterion_id,
            kind=kind,
            text=text,
            content_id=content_id,
            internal=internal,
            person=actor,
            at=at,
        )
        tx.say(f"{person.name} added a {kind} for {held.customer} as evidence{subject}.")
    return evidence_id


def _subject(onboarding_id: int, about: About) -> str:
    """What the evidence is for, in words; refused where that belongs to another onboarding, or where it is both."""
    if about.item_id is not None and about.criterion_id is not None:
        raise OnboardingRefused("Evidence is for an item or for a criterion; add it twice to show both.")
    if about.item_id is not None:
        return f" of {own_item(onboarding_id, about.item_id).title}"
    if about.criterion_id is None:
        return ""
    what = scalar("SELECT what FROM criterion WHERE id = ? AND onboarding_id = ?", (about.criterion_id, onboarding_id))
    if what is None:
        raise NotFound(f"There is no criterion {about.criterion_id} in this onboarding.")
    return f" of {what}"


def _judged_on_this_alone(criterion_id: int) -> bool:
    judged = scalar("SELECT 1 FROM criterion WHERE id = ? AND state <> 'open'", (criterion_id,))
    return judged is not None and scalar("SELECT COUNT(*) FROM evidence WHERE criterion_id = ?", (criterion_id,)) == 1


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
