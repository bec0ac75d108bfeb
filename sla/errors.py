"""The errors of time arithmetic; each message is one a person can act on."""

from collections.abc import Iterable


class InvalidHours(ValueError):
    """Support hours that cannot be meant: never open, overlapping, an unknown zone or region, a bad date."""


class InvalidPolicy(ValueError):
    """A clock policy or an objective that the contract's words do not know."""


class OutOfRange(ValueError):
    """An instant outside the years 1 to 9999, or more open time than the calendar will ever have."""


def nearest(given: object, known: Iterable[str]) -> str:
    """What to append to a refusal: the known word nearest to the given one."""
    from difflib import get_close_matches

    matches = get_close_matches(str(given), sorted(known), n=1, cutoff=0.0)
    return f"; nearest is {matches[0]!r}" if matches else ""
