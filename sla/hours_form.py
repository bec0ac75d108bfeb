"""The JSON and TOML form of support hours, read strictly."""

import re
from collections.abc import Mapping
from typing import Any

from sla.errors import InvalidHours, nearest
from sla.holiday_tables import check_region
from sla.hours import DAYS, Interval, Intervals, SupportHours, clock_text

KEYS = ("name", "zone", "week", "holidays", "extra_closed", "extra_open")

_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])|24:00", re.ASCII)
_REGION = re.compile(r"([A-Z]{2})(?:-(\S.*))?", re.ASCII)


def parse(mapping: Mapping[str, Any]) -> SupportHours:
    """Support hours from their mapping form. Raises InvalidHours."""
    _check_keys("support hours", mapping, KEYS)
    zone = mapping.get("zone")
    if not isinstance(zone, str):
        raise InvalidHours('Support hours need a "zone" such as "Europe/Zurich"')
    name = mapping.get("name", "")
    if not isinstance(name, str):
        raise InvalidHours('The "name" of support hours is a text')
    region, holidays = parse_holidays(mapping.get("holidays", []))
    opened = mapping.get("extra_open", {})
    if not isinstance(opened, Mapping):
        raise InvalidHours('"extra_open" is a table of dates, such as {"2024-05-01": [["09:00", "12:00"]]}')
    return SupportHours(
        name=name,
        zone=zone,
        week=_parse_week(mapping.get("week", {})),
        country=region[0],
        subdivision=region[1],
        holidays=holidays,
        extra_closed=_parse_dates("extra_closed", mapping.get("extra_closed", [])),
        extra_open=tuple(sorted((day, _parse_intervals(day, value)) for day, value in opened.items())),
    )


def to_mapping(hours: SupportHours) -> dict[str, Any]:
    """The mapping form of support hours; empty parts are left out."""
    form: dict[str, Any] = {"name": hours.name, "zone": hours.zone}
    form["week"] = {day: _texts(intervals) for day, intervals in zip(DAYS, hours.week, strict=True) if intervals}
    region = "-".join(part for part in (hours.country, hours.subdivision) if part)
    if region and not hours.holidays:
        form["holidays"] = region
    elif region or hours.holidays:
        form["holidays"] = [*([region] if region else []), *hours.holidays]
    if hours.extra_closed:
        form["extra_closed"] = list(hours.extra_closed)
    if hours.extra_open:
        form["extra_open"] = {day: _texts(intervals) for day, intervals in hours.extra_open}
    return form


def parse_holidays(value: object) -> tuple[tuple[str, str], tuple[str, ...]]:
    """The region and the listed dates in a region `CH-SG`, a list of dates, or a list that names a region too."""
    if isinstance(value, str):
        return _parse_region(value), ()
    if not isinstance(value, list):
        raise InvalidHours('"holidays" is a list of dates, or a region such as "CH-SG"')
    regions = [item for item in value if isinstance(item, str) and _REGION.fullmatch(item)]
    if len(regions) > 1:
        raise InvalidHours(f"Holidays of one region only, not of {' and '.join(regions)}")
    dates = _parse_dates("holidays", [item for item in value if item not in regions])
    return (_parse_region(regions[0]) if regions else ("", "")), dates


def _parse_region(text: str) -> tuple[str, str]:
    match = _REGION.fullmatch(text)
    if match is None:
        raise InvalidHours(f'{text!r} is not a region such as "CH" or "CH-SG"')
    country, subdivision = match[1], match[2] or ""
    check_region(country, subdivision)
    return country, subdivision


def _parse_week(value: object) -> tuple[Intervals, ...]:
    if not isinstance(value, Mapping):
        raise InvalidHours('"week" is a table of days, such as {"mon": [["08:00", "17:00"]]}')
    _check_keys("a week", value, DAYS)
    return tuple(_parse_intervals(day, value.get(day, [])) for day in DAYS)


def _parse_intervals(day: str, value: object) -> Intervals:
    if not isinstance(value, list):
        raise InvalidHours(f'{day}: intervals are a list, such as [["08:00", "12:00"], ["13:00", "17:00"]]')
    return tuple(sorted(_parse_interval(day, item) for item in value))


def _parse_interval(day: str, value: object) -> Interval:
    if not isinstance(value, list) or len(value) != 2:
        raise InvalidHours(f'{day}: an interval has a start and an end, such as ["08:00", "17:00"]')
    return _parse_time(day, value[0]), _parse_time(day, value[1])


def _parse_time(day: str, value: object) -> int:
    match = _TIME.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise InvalidHours(f"{day}: {value!r} is not a time of day from 00:00 to 24:00")
    return int(match[1]) * 60 + int(match[2]) if match[1] else 1440


def _parse_dates(key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise InvalidHours(f'"{key}" is a list of dates, such as ["2024-04-01"]')
    return tuple(sorted(set(value)))


def _check_keys(where: str, mapping: Mapping[str, Any], known: tuple[str, ...]) -> None:
    if not isinstance(mapping, Mapping):
        raise InvalidHours(f"{where} is a table with the keys {', '.join(known)}")
    for key in mapping:
        if key not in known:
            raise InvalidHours(f"Unknown key {key!r} in {where}{nearest(key, known)}")


def _texts(intervals: Intervals) -> list[list[str]]:
    return [[clock_text(start), clock_text(end)] for start, end in intervals]
