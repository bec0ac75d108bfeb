"""What a ticket refuses."""

from models.errors import DomainError


class RuleRefused(DomainError):
    """A rule of the desk does not permit it; the message says which, and what is possible instead."""
