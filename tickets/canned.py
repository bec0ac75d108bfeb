"""Replies that are written once and sent often: variables are filled in, and the contract's language is chosen."""

from __future__ import annotations

import re
from typing import NamedTuple

from contracts.effective import EffectiveTerms
from contracts.errors import nearest
from contracts.held import terms_at
from models.access import actor_by_id
from models.errors import NotFound
from models.journal import transaction
from models.reading import one, rows
from models.working import CannedReply
from tickets import ownership
from tickets.errors import RuleRefused
from tickets.words import moment

WHAT = "canned reply"
ENGLISH = "en"
VARIABLES = {
    "customer": "the customer's name",
    "contact": "who wrote to us, else the customer",
    "number": "the ticket's number",
    "subject": "the ticket's subject",
    "severity": "the severity, 1 to 4",
    "state": "open, waiting, solved or closed",
    "plan": "the plan of the contract",
    "due": "when our answer is due, in the customer's zone",
    "me": "the name of who sends it",
}
_VARIABLE = re.compile(r"\{\{([a-z_]+)\}\}|\{([a-z_]+)\}")
_CODES = {
    "english": "en",
    "german": "de",
    "deutsch": "de",
    "french": "fr",
    "français": "fr",
    "italian": "it",
    "italiano": "it",
    "spanish": "es",
    "español": "es",
    "portuguese": "pt",
    "dutch": "nl",
    "polish": "pl",
    "japanese": "ja",
}


class Canned(NamedTuple):
    """A canned reply; shared where it has no owner."""

    id: int
    owner_id: int | None
    name: str
    language: str
    body: str
    version: int


class Rendered(NamedTuple):
    """A canned reply for a ticket; `unfilled` names the variables that have no value there and stand as they are."""

    text: str
    language: str
    unfilled: tuple[str, ...]


_COLUMNS = ", ".join(Canned._fields)


def replies(person_id: int) -> list[Canned]:
    """The replies that a person may use: those of the desk and their own, by name."""
    return rows(
        f"SELECT {_COLUMNS} FROM canned_reply WHERE owner_id IS NULL OR owner_id = ?"
        " ORDER BY LOWER(name), language, id",
        (person_id,),
        Canned,
    )


def replies_for(ticket_id: int, person_id: int) -> list[Canned]:
    """The same, those in the languages of the ticket's contract first, in the order of the contract."""
    facts = one("SELECT customer_id, received_at FROM ticket WHERE id = ?", (ticket_id,))
    held = terms_at(*facts) if facts else None
    order = {code: place for place, code in reversed([*enumerate(_wanted(held.terms if held else None))])}
    return sorted(replies(person_id), key=lambda reply: order.get(reply.language, len(order)))


def reply_of(reply_id: int, person_id: int) -> Canned:
    """One reply; NotFound where there is none, or where it is someone else's."""
    found = one(f"SELECT {_COLUMNS} FROM canned_reply WHERE id = ?", (reply_id,), Canned)
    if found is None or found.owner_id not in (None, person_id):
        raise NotFound(f"There is no {WHAT} {reply_id}; it may have been deleted.")
    return found


def create(name: str, body: str, actor: int, at: int, *, language: str = ENGLISH, shared: bool = False) -> int:
    """Keep a reply, for its maker or (a lead) for all; answers its id. Refuses a variable that there is not."""
    with transaction(actor, at, "create_canned") as tx:
        person, owner_id = ownership.maker(actor, shared, WHAT)
        name, code = ownership.check_name(name, WHAT), language_code(language)
        check_body(body)
        ownership.refuse_twice("canned_reply", "name", name, owner_id, WHAT, language=code)
        reply_id = tx.insert(CannedReply, owner_id=owner_id, name=name, language=code, body=body)
        tx.say(f"{person.name} made the {WHAT} {name!r} ({code}).")
    return reply_id


def change(
    reply_id: int,
    actor: int,
    at: int,
    *,
    name: str | None = None,
    body: str | None = None,
    language: str | None = None,
    version: int | None = None,
) -> None:
    """Change a reply's name, text or language; StaleRow where it is not at `version` any more."""
    with transaction(actor, at, "change_canned") as tx:
        person = ownership.editor("canned_reply", reply_id, actor, WHAT)
        held = reply_of(reply_id, actor)
        new = held.name if name is None else ownership.check_name(name, WHAT)
        text = held.body if body is None else body
        code = held.language if language is None else language_code(language)
        check_body(text)
        ownership.refuse_twice("canned_reply", "name", new, held.owner_id, WHAT, but=reply_id, language=code)
        tx.update(CannedReply, reply_id, expected_version=version, name=new, body=text, language=code)
        tx.say(f"{person.name} changed the {WHAT} {new!r}.")


def delete(reply_id: int, actor: int, at: int, *, version: int | None = None) -> None:
    """Delete a reply; a macro that sends it says so from then on. StaleRow where it is not at `version` any more."""
    with transaction(actor, at, "delete_canned") as tx:
        person = ownership.editor("canned_reply", reply_id, actor, WHAT)
        name = reply_of(reply_id, actor).name
        tx.update(CannedReply, reply_id, expected_version=version)
        tx.delete(CannedReply, reply_id)
        tx.say(f"{person.name} deleted the {WHAT} {name!r}.")


def check_body(body: str) -> None:
    """Refuse an empty reply and a variable that there is not; `{{word}}` stands for the word in braces."""
    if not body.strip():
        raise RuleRefused("A canned reply needs a text.")
    for found in _VARIABLE.finditer(body):
        name = found[2]
        if name and name not in VARIABLES:
            hint = nearest(name, VARIABLES).rstrip(".")
            end = "" if hint.endswith("?") else "."
            raise RuleRefused(
                f"There is no variable {{{name}}}; {hint}{end} To send it as it is, write {{{{{name}}}}}."
            )


def language_code(language: str) -> str:
    """The short form of a language, in lower case (`English` and `en-GB` are `en`); refused where it is none."""
    code = _code(language)
    if not code.isalpha() or not 2 <= len(code) <= 20:
        raise RuleRefused(f"{language!r} is no language; write en, de, fr and so on.")
    return code


def _code(language: str) -> str:
    """The same of a contract's words, whatever they are."""
    word = language.strip().lower().replace("_", "-")
    return _CODES.get(word, word.split("-")[0])


class _Facts(NamedTuple):
    customer_id: int
    received_at: int
    customer: str
    contact: str | None
    subject: str
    severity: int
    state: str
    clock_state: str
    due_at: int | None
    zone: str


def render(reply_id: int, ticket_id: int, actor: int, now: int) -> Rendered:
    """The reply for a ticket, in the first language of its contract that it was written in, else in English.

    What is filled in is text and not read again, braces and all.
    """
    facts = one(
        "SELECT t.customer_id, t.received_at, c.name, k.name, t.subject, t.severity, t.state, t.clock_state,"
        " t.due_at, c.zone FROM ticket t JOIN customer c ON c.id = t.customer_id"
        " LEFT JOIN contact k ON k.id = t.contact_id WHERE t.id = ?",
        (ticket_id,),
        _Facts,
    )
    if facts is None:
        raise NotFound(f"There is no ticket #{ticket_id}; check the number.")
    held = terms_at(facts.customer_id, facts.received_at)
    terms = held.terms if held else None
    reply = _in_language(reply_of(reply_id, actor), actor, terms)
    values = _values(facts, ticket_id, actor_by_id(actor).name, now)
    values["plan"] = terms.plan.value if terms else None
    unfilled: list[str] = []

    def fill(found: re.Match[str]) -> str:
        if found[1]:
            return f"{{{found[1]}}}"
        value = values.get(found[2])
        if value is None:
            unfilled.append(found[2])
        return found[0] if value is None else value

    return Rendered(_VARIABLE.sub(fill, reply.body), reply.language, tuple(dict.fromkeys(unfilled)))


def ready(reply_id: int, ticket_id: int, actor: int, now: int) -> str:
    """The text of a reply that is sent without anyone reading it before; refused where a variable has no value."""
    rendered = render(reply_id, ticket_id, actor, now)
    if rendered.unfilled:
        names = ", ".join(f"{{{name}}}" for name in rendered.unfilled)
        raise RuleRefused(f"#{ticket_id} has nothing to put for {names}; write this reply by hand.")
    return rendered.text


def _in_language(reply: Canned, person_id: int, terms: EffectiveTerms | None) -> Canned:
    written = {
        each.language: each
        for each in replies(person_id)
        if each.name.lower() == reply.name.lower() and each.owner_id == reply.owner_id
    }
    return next((written[code] for code in (*_wanted(terms), ENGLISH) if code in written), reply)


def _wanted(terms: EffectiveTerms | None) -> list[str]:
    return [_code(language) for language in terms.languages.value] if terms else []


def _values(facts: _Facts, ticket_id: int, me: str, now: int) -> dict[str, str | None]:
    running = facts.clock_state == "running" and facts.due_at is not None
    due = f"{moment(facts.zone, facts.due_at, now)} ({facts.zone})" if running and facts.due_at is not None else None
    return {
        "customer": facts.customer,
        "contact": facts.contact or facts.customer,
        "number": f"#{ticket_id}",
        "subject": facts.subject,
        "severity": str(facts.severity),
        "state": facts.state,
        "due": due,
        "me": me,
    }
