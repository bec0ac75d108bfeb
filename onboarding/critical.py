"""What depends on what: circles, a working order, and the longest chain."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def circle(needs: Mapping[Key, Iterable[Key]]) -> tuple[Key, ...]:
    """A circle of things that need each other, its first one again at the end; empty where there is none."""
    settled: set[Key] = set()
    for first in needs:
        found = _circle_from(first, needs, settled)
        if found:
            return found
    return ()


def _circle_from(first: Key, needs: Mapping[Key, Iterable[Key]], settled: set[Key]) -> tuple[Key, ...]:
    """Follow the needs from one thing; what leads to no circle is settled."""
    if first in settled:
        return ()
    path = {first: iter(needs[first])}
    while path:
        here = next(reversed(path))
        following = next(path[here], None)
        if following is None:
            settled.add(here)
            del path[here]
        elif following in path:
            names = list(path)
            return (*names[names.index(following) :], following)
        elif following in needs and following not in settled:
            path[following] = iter(needs[following])
    return ()


def in_order(needs: Mapping[Key, Iterable[Key]]) -> list[Key]:
    """Everything after what it needs, else in the order given; the needs go in no circle."""
    ordered: dict[Key, None] = {}
    for first in needs:
        ahead = [first]
        while ahead:
            here = ahead[-1]
            missing = [need for need in needs[here] if need in needs and need not in ordered]
            if missing:
                ahead.append(missing[0])
            else:
                ordered[ahead.pop()] = None
    return list(ordered)


def longest_chain(days: Mapping[Key, int], needs: Mapping[Key, Sequence[Key]]) -> tuple[Key, ...]:
    """The chain of needs that takes the most days, first things first; the earlier one where two take as many."""
    best: dict[Key, tuple[int, Key | None]] = {}
    for key in in_order({key: needs.get(key, ()) for key in days}):
        before = [need for need in needs.get(key, ()) if need in days]
        longest = max(before, key=lambda need: best[need][0], default=None)
        best[key] = (days[key] + (best[longest][0] if longest is not None else 0), longest)
    last: Key | None = max(days, key=lambda key: best[key][0], default=None)
    chain: list[Key] = []
    while last is not None:
        chain.append(last)
        last = best[last][1]
    return tuple(reversed(chain))
