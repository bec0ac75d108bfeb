from sla_reference import at

from sla.calendar import Calendar, calendar_of
from sla.hours import BUSINESS, SupportHours
from sla.why import amount_text, lines, moment_text, why


def told(calendar: Calendar, received: str, due: str) -> list[str]:
    return lines(why(calendar, at(received), at(due)))


def test_why_over_easter() -> None:
    assert told(calendar_of(BUSINESS), "2024-03-28T16:30", "2024-04-02T09:30") == [
        "Thu 28 Mar  16:30                        received",
        "            16:30–17:00  30 min counted  30 min of 120 min",
        "Fri 29 Mar  closed                       Good Friday, CH-SG",
        "Sat–Sun     closed                       weekend",
        "Mon 1 Apr   closed                       Easter Monday, CH-SG",
        "Tue 2 Apr   08:00–09:30  90 min counted  120 min of 120 min: due 09:30",
    ]


def test_why_across_midnight_and_a_long_closure() -> None:
    closed = tuple(f"2024-12-{day}" for day in range(20, 32))
    hours = SupportHours("", "Europe/Zurich", (((0, 1440),),) * 7, extra_closed=closed, holidays=("2025-01-01",))
    assert told(Calendar(hours), "2024-12-19T22:00:30", "2025-01-02T01:00") == [
        "Thu 19 Dec               22:00:30                              received",
        "                         22:00:30–24:00  119 min 30 s counted  119 min 30 s of 179 min 30 s",
        "Fri 20 Dec – Tue 31 Dec  closed                                closed that day by agreement",
        "Wed 1 Jan                closed                                holiday",
        "Thu 2 Jan                00:00–01:00           60 min counted  179 min 30 s of 179 min 30 s: due 01:00",
    ]


def test_an_instant_reads_as_a_date_and_a_zone() -> None:
    assert moment_text("Europe/Zurich", at("2024-04-02T09:30")) == "Tue 2 Apr 2024 09:30 Europe/Zurich"
    assert moment_text("UTC", 1) == "Thu 1 Jan 1970 00:00:01 UTC"
    assert amount_text(3600) == "60 min"
