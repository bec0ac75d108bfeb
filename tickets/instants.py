"""Instants as a person types them: a time of this day, or a day and a time."""

from __future__ import annotations

from datetime import datetime, timedelta

from sla.datetimes import instant_of
from sla.hours import zone_of
from sla.wall import local_of
from tickets.errors import RuleRefused


def typed_instant(text: str, zone: str, now: int) -> int | None:
    """The instant (UTC seconds) of `14:05`, the last one until now, or of `2026-06-02 14:05`, in a zone.

    None where nothing was typed; RuleRefused where it is neither.
    """
    words = text.strip()
    if not words:
        return None
    today = local_of(zone, now)
    try:
        local = datetime.fromisoformat(words if "-" in words else f"{today:%Y-%m-%d} {words.rjust(5, '0')}")
        if local.tzinfo is not None:
            return instant_of(local)
        instant = instant_of(local.replace(tzinfo=zone_of(zone)))
        if instant > now and "-" not in words:
            instant = instant_of((local - timedelta(days=1)).replace(tzinfo=zone_of(zone)))
    except (ValueError, OverflowError):
        raise RuleRefused(f"{words!r} is no time; type it like 14:05, or {today:%Y-%m-%d} 14:05.") from None
    return instant
