"""A calendar that knows no time zones learns them from the file, to the second of each change."""

from datetime import date

import pytest

from tam.calendar_zones import timezone


def told(zone: str) -> list[tuple[str, str, str, list[str]]]:
    """Each observance: its kind, name, new offset, and when it begins."""
    found = []
    for part in timezone(zone, date(2026, 1, 1), date(2027, 12, 31)).subcomponents:
        more = list(part["RDATE"].dts) if "RDATE" in part else []
        offset = part["TZOFFSETTO"].to_ical()
        begins = [each.dt.isoformat() for each in (part["DTSTART"], *more)]
        found.append((part.name, str(part["TZNAME"]), offset, begins))
    return found


def test_changes_begin_at_the_wall_time_that_they_end() -> None:
    assert told("Europe/Zurich") == [
        ("STANDARD", "CET", "+0100", ["2026-01-01T00:00:00"]),
        ("DAYLIGHT", "CEST", "+0200", ["2026-03-29T02:00:00", "2027-03-28T02:00:00"]),
        ("STANDARD", "CET", "+0100", ["2026-10-25T03:00:00", "2027-10-31T03:00:00"]),
    ]


@pytest.mark.parametrize(("zone", "offset"), [("Asia/Kolkata", "+0530"), ("America/Phoenix", "-0700")])
def test_a_zone_that_never_changes_has_one_offset(zone: str, offset: str) -> None:
    assert [(each[2], each[3]) for each in told(zone)] == [(offset, ["2026-01-01T00:00:00"])]
