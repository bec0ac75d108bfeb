"""Zendesk's records, read into the desk's words; what is missing gets the documented default or is refused."""

from collections.abc import Callable, Iterator
from hashlib import blake2b
from typing import Any

from models.tickets import CLOSED, OPEN, SOLVED, WAITING
from tickets.imports.dates import BadInstant, parse_instant
from tickets.imports.found import MENDED, Found, Place
from tickets.imports.records import CommentRecord, OrganizationRecord, Record, TicketRecord, Unfit, UserRecord
from tickets.imports.shapes import AUDIT, COMMENT, ORGANIZATION, TICKET, USER, kind_of

MAX_BODY = 10 * 1024 * 1024
"""Characters of one body; a longer one is reported, never cut."""

MAX_AHEAD = 24 * 3600
"""Seconds that a source's clock may be ahead of ours."""

DEFAULT_SEVERITY = 3
"""The severity of a ticket without a priority, or with one that nobody knows."""

SEVERITIES = {"urgent": 1, "high": 2, "normal": 3, "low": 4}
STATES = {"new": OPEN, "open": OPEN, "pending": WAITING, "hold": WAITING, "solved": SOLVED, "closed": CLOSED}
STAFF_ROLES = {"agent": True, "admin": True, "end-user": False}
CHANNELS = {
    "web": "ticket",
    "api": "ticket",
    "ticket": "ticket",
    "mobile": "ticket",
    "email": "email",
    "mail": "email",
    "voice": "phone",
    "phone": "phone",
    "chat": "chat",
    "messaging": "chat",
    "native_messaging": "chat",
    "forum": "community",
    "community": "community",
    "help_center": "community",
}
_AUTOMATIC = frozenset(("rule", "system", "sla", "trigger", "automation"))
_SYSTEM_AUTHOR = "-1"

Tell = Callable[[str, Place], None]
"""Called with a sentence and the place that it is about."""


class Normalizer:
    """Reads what was found in files; `at` is now, in UTC seconds, after which nothing can have been received.

    `warn` is told what was taken in spite of a flaw, `reject` which comment inside a ticket could not be.
    """

    def __init__(self, at: int, warn: Tell, reject: Tell) -> None:
        self._latest, self._warn, self._reject = at + MAX_AHEAD, warn, reject

    def kind(self, found: Found) -> str:
        """Tell what a record is; raise Unfit where it is none."""
        if found.problem:
            raise Unfit(found.problem)
        if not isinstance(found.data, dict):
            raise Unfit(f"{type(found.data).__name__} where a record should be")
        kind = kind_of(found.data, found.kind)
        if not kind:
            raise Unfit("its fields do not tell whether it is a ticket, a user, an organization or a comment")
        return kind

    def records(self, kind: str, found: Found) -> Iterator[Record]:
        """Read a record of a kind (an audit holds several comments); raise Unfit with the reason."""
        if found.mended:
            self._warn(MENDED, found.place)
        if kind == TICKET:
            yield self.ticket(found.data, found.place)
        elif kind == COMMENT:
            yield self._comment(found.data, _text(found.data, "ticket_id"), found.place)
        elif kind == AUDIT:
            yield from self._audit(found.data, _text(found.data, "ticket_id"), found.place)
        elif kind == USER:
            yield self._user(found.data, found.place)
        elif kind == ORGANIZATION:
            yield OrganizationRecord(
                _id(found.data), _text(found.data, "name"), _text(found.data, "time_zone"), found.place
            )

    def ticket(self, data: dict[str, Any], place: Place) -> TicketRecord:
        """Read a ticket; comments in it that cannot be read are rejected, and the ticket lands without them."""
        number = _id(data)
        received_at = self._instant(data.get("created_at"), place)
        severity, asked = self._severity(data.get("priority"), place)
        subject, description = self._body(data, "subject", place), self._body(data, "description", place)
        if not subject:
            if not (subject := (description.strip().splitlines() or [""])[0][:120]):
                raise Unfit("it has neither subject nor description")
            self._warn("it has no subject; the first line of the description stands for it", place)
        record = TicketRecord(
            id=number,
            subject=" ".join(subject.split()) if "\n" in subject or "\r" in subject else subject,
            description=description,
            received_at=received_at,
            updated_at=self._updated(data.get("updated_at"), received_at, place),
            severity=severity,
            customer_severity=asked,
            state=self._state(data.get("status"), place),
            channel=self._channel(data.get("via"), place),
            tags=_tags(data.get("tags")),
            organization=_text(data, "organization_id"),
            requester=_text(data, "requester_id") or _text(data, "submitter_id"),
            assignee=_text(data, "assignee_id"),
            place=place,
        )
        if "comments" in data or "audits" in data:
            record.comments = self._embedded(data, number, place)
        return record

    def _embedded(self, data: dict[str, Any], ticket: str, place: Place) -> list[CommentRecord]:
        found: list[CommentRecord] = []
        for key, read in (("comments", self._only_comment), ("audits", self._audit)):
            elements = data.get(key)
            for element in elements if isinstance(elements, list) else ():
                try:
                    if not isinstance(element, dict):
                        raise Unfit(f"{type(element).__name__} where a record should be")
                    found += read(element, ticket, place)
                except Unfit as reason:
                    self._reject(f"one comment of ticket {ticket[:40]!r}: {reason}", place)
        return found

    def _only_comment(self, data: dict[str, Any], ticket: str, place: Place) -> list[CommentRecord]:
        return [self._comment(data, ticket, place)]

    def _audit(self, data: dict[str, Any], ticket: str, place: Place) -> list[CommentRecord]:
        """Read the comments among the events of an audit; its other events say nothing about the conversation."""
        events = data.get("events")
        shared = {key: data.get(key) for key in ("created_at", "author_id", "via")}
        return [
            self._comment(shared | {key: value for key, value in event.items() if value is not None}, ticket, place)
            for event in (events if isinstance(events, list) else ())
            if isinstance(event, dict) and event.get("type") in ("Comment", "VoiceComment")
        ]

    def _comment(self, data: dict[str, Any], ticket: str, place: Place) -> CommentRecord:
        if not ticket:
            raise Unfit("a comment that does not say which ticket it belongs to")
        body = self._body(data, "body", place) or self._body(data, "plain_body", place)
        if not body.strip():
            raise Unfit("a comment without text")
        at = self._instant(data.get("created_at"), place)
        author = _text(data, "author_id")
        source = data.get("via")
        channel = source.get("channel") if isinstance(source, dict) else source
        automatic = data.get("automatic") is True or author == _SYSTEM_AUTHOR or channel in _AUTOMATIC
        number = _text(data, "id") or _text(data, "_id")
        return CommentRecord(
            number or made_id(author, at, body),
            ticket,
            author,
            body,
            at,
            data.get("public") is not False,
            "phone" if data.get("type") == "VoiceComment" else CHANNELS.get(str(channel), "ticket"),
            automatic,
            place,
        )

    def _user(self, data: dict[str, Any], place: Place) -> UserRecord:
        role = _text(data, "role").lower()
        if role and role not in STAFF_ROLES:
            self._warn(f"unknown role {role[:40]!r} read as end-user", place)
        number, email = _id(data), _text(data, "email").strip().lower()
        name = " ".join(_text(data, "name").split()) or email or f"user {number}"
        staff, phone = STAFF_ROLES.get(role, False), _text(data, "phone")
        return UserRecord(number, name, email, phone, staff, _text(data, "organization_id"), place)

    def _instant(self, value: object, place: Place) -> int:
        try:
            at, guessed = parse_instant(value)
        except BadInstant as reason:
            raise Unfit(f"created_at: {reason}") from reason
        if at < 0 or at > self._latest:
            raise Unfit(f"created_at: {value!r:.40} lies {'before 1970' if at < 0 else 'in the future'}")
        if guessed:
            self._warn("a date without an offset is read as UTC", place)
        return at

    def _updated(self, value: object, received_at: int, place: Place) -> int:
        """Read when the ticket last changed; what cannot be read, or is impossible, is the receipt."""
        if value is None:
            return received_at
        try:
            at = parse_instant(value).at
        except BadInstant as reason:
            self._warn(f"updated_at is left out: {reason}", place)
            return received_at
        return at if received_at <= at <= self._latest else received_at

    def _severity(self, value: object, place: Place) -> tuple[int, int | None]:
        if value is None or value == "":
            return DEFAULT_SEVERITY, None
        severity = SEVERITIES.get(value.strip().lower()) if isinstance(value, str) else None
        if severity is None:
            self._warn(f"unknown priority {value!r:.40} read as severity {DEFAULT_SEVERITY}", place)
            return DEFAULT_SEVERITY, None
        return severity, severity

    def _state(self, value: object, place: Place) -> str:
        state = STATES.get(value.strip().lower()) if isinstance(value, str) else None
        if state is None:
            self._warn(
                f"unknown status {value!r:.40} read as open" if value else "it has no status; read as open", place
            )
            return OPEN
        return state

    def _channel(self, via: object, place: Place) -> str:
        name = via.get("channel") if isinstance(via, dict) else via
        if name is None or name == "":
            return "ticket"
        channel = CHANNELS.get(name.strip().lower()) if isinstance(name, str) else None
        if channel is None:
            self._warn(f"unknown channel {name!r:.40} read as ticket", place)
            return "ticket"
        return channel

    def _body(self, data: dict[str, Any], key: str, place: Place) -> str:
        text = _text(data, key)
        if len(text) > MAX_BODY:
            raise Unfit(f"{key} is longer than {MAX_BODY // (1024 * 1024)} MB")
        if "\0" in text:
            self._warn("a NUL character, which no database stores, stands as \u2400", place)
            text = text.replace("\0", "\u2400")
        return text


def made_id(author: str, at: int, body: str) -> str:
    """An id for a comment that has none: the same comment gets the same one in every run."""
    return "made-" + blake2b(f"{author}\n{at}\n{body}".encode(), digest_size=10).hexdigest()


def _id(data: dict[str, Any]) -> str:
    if number := (_text(data, "id") or _text(data, "_id")):
        return number
    raise Unfit("it has no id")


def _text(data: dict[str, Any], key: str) -> str:
    value = data.get(key)
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, bool | list | dict):
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _tags(value: object) -> str:
    """Join tags by commas, since a tag may hold spaces; a comma inside a tag becomes a space."""
    if isinstance(value, str):
        value = value.split(",")
    if not isinstance(value, list):
        return ""
    names = (" ".join(str(tag).replace(",", " ").split()) for tag in value if isinstance(tag, str | int))
    return ",".join(name for name in names if name)
