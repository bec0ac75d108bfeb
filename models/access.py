"""Who acts, and whether they may: the first person on a new desk leads it, and a lead adds the others."""

from typing import NamedTuple

from models import journal
from models.errors import DomainError, NotAllowed, NotFound
from models.reading import one, rows, scalar
from models.words import LEAD, READ_ONLY, ROLES

DEFAULT_ZONE = "Europe/Zurich"


class Actor(NamedTuple):
    """A person on the vendor's side who uses the desk."""

    id: int
    login: str
    name: str
    role: str
    zone: str


_SELECT = "SELECT id, login, name, role, zone FROM person"


def identify(login: str, at: int = 0, name: str = "") -> Actor:
    """The person with this login; on a desk without people they become its lead (`at` is when that is noted).

    Raises NotAllowed for a stranger, and for someone who has left.
    """
    actor = one(f"{_SELECT} WHERE login = ? AND active = 1", (login,), Actor)
    if actor is not None:
        return actor
    if scalar("SELECT 1 FROM person LIMIT 1") is None:
        return _welcome_first(login, at, name or login)
    if scalar("SELECT 1 FROM person WHERE login = ?", (login,)):
        raise NotAllowed(f"{login} is not active on this desk any more. Ask a lead to change that.")
    raise NotAllowed(f"{login} is not on this desk. Ask a lead to add you: tamdesk person add {login}")


def _welcome_first(login: str, at: int, name: str) -> Actor:
    from models.people import Person

    with journal.transaction(None, at, "person.first") as tx:
        if scalar("SELECT 1 FROM person LIMIT 1") is None:
            tx.insert(Person, login=login, name=name, role=LEAD, zone=DEFAULT_ZONE)
            tx.say(f"{name} opened the desk and leads it.")
    return identify(login, at)


def require(actor_id: int, *roles: str) -> Actor:
    """The person, where they may change things and have one of these roles (any, where none is named).

    Raises NotAllowed, with who may instead.
    """
    actor = one(f"{_SELECT} WHERE id = ? AND active = 1", (actor_id,), Actor)
    if actor is None:
        raise NotAllowed("You are not on this desk any more. Ask a lead to add you.")
    if actor.role == READ_ONLY and READ_ONLY not in roles:
        raise NotAllowed(f"{actor.name} may look but not change anything. Ask a lead for another role.")
    if roles and actor.role not in roles:
        raise NotAllowed(f"{actor.name} may not do that: it takes {_either(roles)}.")
    return actor


def add_person(login: str, name: str, role: str, actor: int, at: int, email: str = "") -> int:
    """Add a person and return their id; leads only.

    Raises NotAllowed for others, and DomainError for an unknown role or a login that is taken.
    """
    from models.people import Person

    lead = require(actor, LEAD)
    if role not in ROLES:
        raise DomainError(f"{role} is not a role; use one of {', '.join(ROLES)}.")
    if not login.strip() or any(not sign.isprintable() or sign.isspace() for sign in login):
        raise DomainError("A login is one word of printable signs.")
    with journal.transaction(actor, at, "person.add") as tx:
        if scalar("SELECT 1 FROM person WHERE login = ?", (login,)):
            raise DomainError(f"{login} is on this desk already.")
        person_id = tx.insert(
            Person, login=login, name=name or login, role=role, zone=DEFAULT_ZONE, email=email or None
        )
        tx.say(f"{lead.name} added {name or login} as {role}.")
    return person_id


def change_person(login: str, actor: int, at: int, **said: str | int) -> str:
    """Change a person's name, email, role, zone or whether they are active (1 or 0), and tell it; leads only.

    Raises NotAllowed for others, NotFound for an unknown login, DomainError where the desk would lose its last lead, or
    a severity 1 its owner.
    """
    from models.people import Person

    lead = require(actor, LEAD)
    if "role" in said and said["role"] not in ROLES:
        raise DomainError(f"{said['role']} is not a role; use one of {', '.join(ROLES)}.")
    with journal.transaction(actor, at, "person.change") as tx:
        found = one("SELECT id, role, active FROM person WHERE login = ?", (login,))
        if found is None:
            raise NotFound(f"{login} is not on this desk.")
        person_id, role, active = found
        stays = said.get("role", role) == LEAD and said.get("active", active) == 1
        leads = scalar("SELECT COUNT(*) FROM person WHERE role = ? AND active = 1", (LEAD,))
        if role == LEAD and active == 1 and not stays and leads == 1:
            raise DomainError(f"{login} is the desk's only lead; make someone else a lead first.")
        if said.get("active", active) == 0 or said.get("role", role) == READ_ONLY:
            _refuse_leaving(person_id, login)
        tx.update(Person, person_id, None, **said)
        told = ", ".join(f"{name} {value}" for name, value in said.items())
        tx.say(f"{lead.name} changed {login}: {told}.")
    return tx.sentence


def _refuse_leaving(person_id: int, login: str) -> None:
    """Refuse that someone stops working tickets who has an open one of severity 1: it always has an owner."""
    theirs = rows(
        "SELECT id FROM ticket WHERE is_open = 1 AND owner_id = ? AND severity = 1 ORDER BY id LIMIT 6", (person_id,)
    )
    if theirs:
        named = ", ".join(f"#{number}" for (number,) in theirs[:5]) + (" and more" if len(theirs) > 5 else "")
        raise DomainError(f"{login} has {named}, of severity 1; hand it to a colleague first, with a note.")


def actor_by_id(person_id: int) -> Actor:
    """A person by id, active or not; raise NotFound where there is none."""
    actor = one(f"{_SELECT} WHERE id = ?", (person_id,), Actor)
    if actor is None:
        raise NotFound(f"There is no person {person_id}.")
    return actor


def _either(roles: tuple[str, ...]) -> str:
    return " or ".join(f"a {role}" if role[0] not in "aeiou" else f"an {role}" for role in roles)
