"""Errors that a person can act on: each message says what happened and what to do."""


class DomainError(Exception):
    """A rule refused; the message is one sentence that says why and what is possible instead."""


class NotAllowed(DomainError):
    """The person's role does not permit it."""


class NotFound(DomainError):
    """There is no such ticket, customer or person."""


class NotText(DomainError):
    """What was asked for holds bytes that are no text."""


class StaleRow(DomainError):
    """Someone else saved first; the message says what changed."""


class CannotUndo(DomainError):
    """The operation cannot be taken back, and why."""


class DatabaseUnavailable(Exception):
    """The data cannot be reached; the message says what was tried and what to do."""


class Busy(DatabaseUnavailable):
    """Another program held the database for longer than the patience of a write; nothing was saved."""


class ConnectionLost(DatabaseUnavailable):
    """The PostgreSQL server went away; a new connection may work again."""
