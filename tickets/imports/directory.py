"""Who is who: the companies and people of an export, matched with those of the desk or added to it.

A record is known again by (source, id), kept as "source:id"; else a company by its name or key and a person by e-mail.
"""

import re
import unicodedata
from typing import NamedTuple

from models.customers import Contact, Customer
from models.people import Person
from models.reading import rows
from tickets.imports.found import Place
from tickets.imports.records import OrganizationRecord, UserRecord
from tickets.imports.report import Report
from tickets.imports.writing import Writer

_AT_ONCE = 500
_NOBODY = "-"
"""The id at the source of the customer that stands for "no organization"."""

_CONTACT_COLUMNS = ("customer_id", "name", "email", "phone", "external_id")


class Known(NamedTuple):
    """A person of either side, by their ids on the desk: staff have a `person`, others a `contact` and `customer`."""

    name: str
    person: int | None = None
    contact: int | None = None
    customer: int | None = None


class _Held(NamedTuple):
    id: int
    name: str
    external_id: str | None


class Directory:
    """The companies and people of one import; `gather` first, `land` once, then ask."""

    def __init__(self, source: str, report: Report) -> None:
        self._source, self._report = source, report
        self._organizations: dict[str, OrganizationRecord] = {}
        self._users: dict[str, UserRecord] = {}
        self._customers: dict[str, int] = {}
        self._customer_names: dict[int, str] = {}
        self._customer_by_name: dict[str, _Held] = {}
        self._keys: set[str] = set()
        self._people: dict[str, Known] = {}
        self._logins: set[str] = set()
        self._strangers: set[str] = set()

    def gather(self, record: OrganizationRecord | UserRecord) -> None:
        """Remember a record; one that comes twice counts once."""
        if isinstance(record, OrganizationRecord):
            known = self._organizations.setdefault(record.id, record)
            count = self._report.customers
        else:
            known = self._users.setdefault(record.id, record)  # type: ignore[assignment]
            count = self._report.people if record.staff else self._report.contacts
        count.unchanged += known is not record

    @property
    def has_news(self) -> bool:
        """Whether the files brought companies or people at all."""
        return bool(self._organizations or self._users)

    def load(self) -> None:
        """Read who is on the desk."""
        found = rows("SELECT id, name, external_id, key FROM customer")
        for row_id, name, external_id, key in found:
            self._customer_names[row_id] = name
            self._keys.add(key)
            held = _Held(row_id, name, external_id)
            self._customer_by_name.setdefault(key.casefold(), held)
            self._customer_by_name[name.casefold()] = held
            self._remember_external(external_id, row_id)
        for row_id, name, login, email, external_id in rows("SELECT id, name, login, email, external_id FROM person"):
            self._logins.add(login)
            known = Known(name, person=row_id)
            for word in (email, login):
                if word:
                    self._people.setdefault(_mail_key(word), known)
            if external_id and external_id.startswith(f"{self._source}:"):
                self._people[external_id.removeprefix(f"{self._source}:")] = known

    def _remember_external(self, external_id: str | None, row_id: int) -> None:
        if external_id and external_id.startswith(f"{self._source}:"):
            self._customers[external_id.removeprefix(f"{self._source}:")] = row_id

    def land(self, writer: Writer) -> None:
        """Match or add the companies, then the staff, then the contacts."""
        for organization in self._organizations.values():
            self._land_organization(writer, organization)
        contacts = [user for user in self._users.values() if not user.staff]
        for user in self._users.values():
            if user.staff:
                self._land_staff(writer, user)
        for start in range(0, len(contacts), _AT_ONCE):
            self._land_contacts(writer, contacts[start : start + _AT_ONCE])

    def _land_organization(self, writer: Writer, record: OrganizationRecord) -> None:
        if record.id in self._customers:
            self._report.customers.unchanged += 1
            return
        name = " ".join(record.name.split()) or f"organization {record.id}"
        held = self._customer_by_name.get(name.casefold())
        if held and held.external_id is None:
            writer.update(Customer, held.id, external_id=self._external(record.id))
            self._customer_by_name[name.casefold()] = held._replace(external_id=self._external(record.id))
            self._customers[record.id] = held.id
            self._report.customers.updated += 1
        elif held and not held.external_id.startswith(f"{self._source}:"):  # type: ignore[union-attr]
            self._customers[record.id] = held.id
            self._report.customers.unchanged += 1
        else:
            self._add_customer(writer, record.id, name)

    def _add_customer(self, writer: Writer, ref: str, name: str) -> int:
        key, number = _slug(name), 1
        while key in self._keys:
            number += 1
            key = f"{_slug(name)}-{number}"
        row_id = writer.insert(Customer, key=key, name=name, external_id=self._external(ref))
        self._keys.add(key)
        self._customers[ref] = row_id
        self._customer_names[row_id] = name
        self._customer_by_name.setdefault(name.casefold(), _Held(row_id, name, self._external(ref)))
        self._report.customers.landed += 1
        return row_id

    def _land_staff(self, writer: Writer, user: UserRecord) -> None:
        if user.id in self._people:
            self._report.people.unchanged += 1
            return
        known = self._people.get(_mail_key(user.email)) if user.email else None
        if known and known.person:
            writer.update(Person, known.person, external_id=self._external(user.id))
            self._report.people.updated += 1
        else:
            known = Known(user.name, person=self._add_person(writer, user))
            self._report.people.landed += 1
        self._people[user.id] = known
        if user.email:
            self._people.setdefault(_mail_key(user.email), known)

    def _add_person(self, writer: Writer, user: UserRecord) -> int:
        """Add staff as people of the past: not active, so that an export lets nobody in; a lead does."""
        plain = _slug(user.email.partition("@")[0] or user.name)
        login, number = plain, 1
        while login in self._logins:
            number += 1
            login = f"{plain}-{number}"
        self._logins.add(login)
        external_id = self._external(user.id)
        return writer.insert(
            Person, login=login, name=user.name, email=user.email or None, active=0, external_id=external_id
        )

    def _land_contacts(self, writer: Writer, users: list[UserRecord]) -> None:
        held = self._held_contacts("external_id", [self._external(user.id) for user in users])
        mails = self._held_contacts("email", [user.email for user in users if user.email])
        new: list[tuple[UserRecord, int]] = []
        for user in users:
            if known := held.get(self._external(user.id)):
                self._remember(user, known)
                self._report.contacts.unchanged += 1
                continue
            customer = self.customer(writer, user.organization, user.place)
            known = mails.get(user.email) if user.email else None
            if known and known.customer == customer and known.contact:
                writer.update(Contact, known.contact, external_id=self._external(user.id))
                self._remember(user, known)
                self._report.contacts.updated += 1
            else:
                new.append((user, customer))
        self._add_contacts(writer, new)

    def _held_contacts(self, column: str, values: list[str]) -> dict[str, Known]:
        if not values:
            return {}
        where = f"{column} IN ({', '.join('?' * len(values))})"
        where += " AND external_id IS NULL" if column == "email" else ""
        found = rows(f"SELECT {column}, name, id, customer_id FROM contact WHERE {where}", values)
        return {value: Known(name, None, row_id, customer) for value, name, row_id, customer in found}

    def _add_contacts(self, writer: Writer, new: list[tuple[UserRecord, int]]) -> None:
        values = [
            (customer, user.name, user.email or None, user.phone or None, self._external(user.id))
            for user, customer in new
        ]
        if not values:
            return
        first, _ = writer.insert_many(Contact, _CONTACT_COLUMNS, values)
        for number, (user, customer) in enumerate(new, first):
            self._remember(user, Known(user.name, None, number, customer))
        self._report.contacts.landed += len(new)

    def _remember(self, user: UserRecord, known: Known) -> None:
        self._people[user.id] = known
        if user.email:
            self._people.setdefault(_mail_key(user.email), known)

    def customer(self, writer: Writer, ref: str, place: Place, known: Known | None = None) -> int:
        """The customer that a reference means (an id or a name); the one of `known`, or "No organization", for ""."""
        if not ref and known and known.customer:
            return known.customer
        found = self._customers.get(ref or _NOBODY)
        if found is None and ref and (held := self._customer_by_name.get(" ".join(ref.split()).casefold())):
            found = held.id
        if found is None and not ref:
            self._report.warn('no organization: it stands with the customer "No organization"', place)
            return self._add_customer(writer, _NOBODY, "No organization")
        if found is None:
            name = " ".join(ref.split()) if re.search(r"[^\W\d].*\s|^[^\W\d]+$", ref) else f"unknown organization {ref}"
            self._report.warn(f"organization {ref[:80]!r} is neither in the files nor on the desk; it was added", place)
            return self._add_customer(writer, ref, name)
        return found

    def customer_name(self, row_id: int) -> str:
        """The name of a customer."""
        return self._customer_names[row_id]

    def person(self, ref: str) -> Known | None:
        """The person of either side that an id, an e-mail address or a login means."""
        if not ref or ref in self._strangers:
            return None
        return self._people.get(ref) or self._people.get(_mail_key(ref)) or self._contact(ref)

    def _contact(self, ref: str) -> Known | None:
        """Look for a contact that an earlier run brought; remember them."""
        column, value = ("email", ref.lower()) if "@" in ref else ("external_id", self._external(ref))
        found = rows(f"SELECT name, id, customer_id FROM contact WHERE {column} = ? ORDER BY id LIMIT 1", (value,))
        if not found:
            self._strangers.add(ref)
            return None
        known = Known(found[0][0], None, found[0][1], found[0][2])
        self._people[ref] = known
        return known

    def requester(self, writer: Writer, ref: str, customer: int) -> Known | None:
        """The person who asked; someone new who is named by e-mail address becomes a contact of the customer."""
        known = self.person(ref)
        if known or "@" not in ref:
            return known
        email = ref.strip().lower()
        values = {"customer_id": customer, "name": ref.strip(), "email": email}
        known = Known(ref.strip(), None, writer.insert(Contact, **values), customer)
        self._people[_mail_key(email)] = known
        self._strangers.discard(ref)
        self._report.contacts.landed += 1
        return known

    def _external(self, ref: str) -> str:
        return f"{self._source}:{ref}"


def _mail_key(text: str) -> str:
    """Keep words apart from ids of the source."""
    return "@" + text.strip().casefold()


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "imported"
