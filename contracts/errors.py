"""What a contract refuses: every message says what was found and what would be right."""

from collections.abc import Iterable

from models.errors import DomainError


class ContractError(DomainError):
    """A contract, an order or a catalogue says something that cannot hold."""


class CatalogueError(ContractError):
    """A catalogue file cannot be read; the message names file, key and the nearest valid key."""


class UnknownRevision(ContractError):
    """No catalogue file has this revision, or the revision does not speak of the subject."""


class UnknownPlan(ContractError):
    """The pinned revision has no plan or option of this name, or not for this deployment."""


class InvalidOrder(ContractError):
    """The order overrides something in a way that cannot hold."""


class NotEntitled(ContractError):
    """The customer's terms do not include it."""


def nearest(wrong: str, known: Iterable[str]) -> str:
    """Say which known name is meant (or, where none is near, which there are) as the end of a sentence."""
    import difflib

    names = list(known)
    close = difflib.get_close_matches(wrong.casefold(), [name.casefold() for name in names], n=1, cutoff=0.5)
    for name in names:
        if close and name.casefold() == close[0]:
            return f"did you mean {name!r}?"
    return "known: " + ", ".join(names) if names else "none is known"
