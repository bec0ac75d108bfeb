"""How people work a queue: views, macros and canned replies of their own, links, mentions, and who looks at what."""

from __future__ import annotations

from models.base import Editable, ForeignKeyField, InstantField, IntegerField, SmallIntegerField, Table, TextField
from models.people import Person
from models.tickets import Message, Ticket


class SavedView(Editable):
    """A named query; shared where it has no owner."""

    owner = ForeignKeyField(Person, null=True, index=False, backref="+")
    title = TextField()
    query = TextField()
    position = IntegerField(default=0)


class Macro(Editable):
    """Several actions under a name (JSON list); shared where it has no owner."""

    owner = ForeignKeyField(Person, null=True, index=False, backref="+")
    name = TextField()
    actions = TextField()


class CannedReply(Editable):
    """A reply with variables, in a language; shared where it has no owner."""

    owner = ForeignKeyField(Person, null=True, index=False, backref="+")
    name = TextField()
    language = TextField(default="en")
    body = TextField()


class TicketLink(Table):
    """Two tickets that belong together: `kind` is related, duplicates, split (out of the other) or merged (into it)."""

    ticket = ForeignKeyField(Ticket, backref="links")
    other = ForeignKeyField(Ticket, backref="+")
    kind = TextField()


class Mention(Table):
    """A person who was named in a note, until they have seen it."""

    message = ForeignKeyField(Message, index=False, backref="+")
    ticket = ForeignKeyField(Ticket, index=False, backref="+")
    person = ForeignKeyField(Person, index=False, backref="+")
    at = InstantField()
    seen_at = InstantField(null=True)


class Presence(Table):
    """Who has a ticket open or is writing on it; a line older than a few minutes says nothing any more."""

    person = ForeignKeyField(Person, index=False, backref="+")
    ticket = ForeignKeyField(Ticket, index=False, on_delete="CASCADE", backref="+")
    writing = SmallIntegerField(default=0)
    at = InstantField()


TicketLink.add_index(TicketLink.ticket, TicketLink.other, TicketLink.kind, unique=True)
Mention.add_index(Mention.person, Mention.seen_at, Mention.id)
Presence.add_index(Presence.ticket, Presence.person, unique=True)
