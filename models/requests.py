"""What a customer said of their problem when they asked for help (annex 2023-11-15, "Support service process")."""

from __future__ import annotations

from models.base import (
    BlobField,
    Editable,
    ForeignKeyField,
    InstantField,
    IntegerField,
    SmallIntegerField,
    Table,
    TextField,
)
from models.tickets import Message, Ticket


class Request(Editable):
    """The facts of an intake, one a ticket; what is empty was not said.

    `enterprise` is 1 where the feature is an enterprise supported one, 0 where not; `area` is a subject of the service
    description's table of responsibilities.
    """

    ticket = ForeignKeyField(Ticket, unique=True, backref="requests")
    scenario = TextField(default="")
    observed = TextField(default="")
    expected = TextField(default="")
    steps = TextField(default="")
    evidence = TextField(default="")
    feature = TextField(default="")
    enterprise = SmallIntegerField(null=True)
    area = TextField(default="")


class Content(Table):
    """The bytes of an attachment or of a raw mail, kept once by their SHA-256 (hex) and never changed."""

    digest = TextField(unique=True)
    size = IntegerField()
    body = BlobField()


class Attachment(Table):
    """A file that came with a message; `name` is safe for a file system."""

    ticket = ForeignKeyField(Ticket, backref="attachments")
    message = ForeignKeyField(Message, null=True, index=False, backref="+")
    name = TextField()
    media_type = TextField()
    size = IntegerField()
    digest = TextField()


class Mail(Table):
    """A mail as it came in: filed on a ticket, or unmatched until someone files it; the raw text is kept either way.

    `state` is filed, unmatched, robot or dismissed.
    """

    at = InstantField()
    sender = TextField()
    subject = TextField()
    key = TextField(default="")
    digest = TextField()
    state = TextField()
    reason = TextField(default="")
    ticket = ForeignKeyField(Ticket, null=True, backref="+")
    message = ForeignKeyField(Message, null=True, index=False, backref="+")


Mail.add_index(Mail.key)
Mail.add_index(Mail.state, Mail.id)
