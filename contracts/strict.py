"""Which key of a catalogue file is the unknown one: asked only when a file was refused."""

from collections.abc import Iterator
from typing import Any, get_args, get_type_hints

import msgspec

from contracts.errors import nearest


def unknown_key(raw: object, form: Any) -> str | None:
    """Name the first key that the form does not know, where it stands, and the key that was probably meant."""
    return next(_unknown(raw, form, ""), None)


def _unknown(raw: object, form: Any, place: str) -> Iterator[str]:
    """Walk the mapping beside the form; what has another shape is left to msgspec's own message."""
    if isinstance(raw, dict) and isinstance(form, type) and issubclass(form, msgspec.Struct):
        hints = get_type_hints(form)
        for key, value in raw.items():
            where = f"{place}.{key}" if place else key
            if key not in hints:
                yield f"unknown key {where!r}; {nearest(key, hints)}"
            else:
                yield from _unknown(value, hints[key], where)
    elif isinstance(raw, list):
        for index, value in enumerate(raw):
            yield from (found for inner in _inner(form) for found in _unknown(value, inner, f"{place}[{index}]"))
    elif isinstance(raw, dict):
        yield from (found for inner in _inner(form) for found in _unknown(raw, inner, place))


def _inner(form: Any) -> tuple[Any, ...]:
    """List the distinct types inside an optional, a tuple or a list."""
    return tuple(dict.fromkeys(inner for inner in get_args(form) if inner is not Ellipsis))
