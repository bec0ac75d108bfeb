import pytest
from sla_reference import at

from sla.calendar import Calendar, calendar_of
from sla.explain import explain
from sla.hours import ALWAYS, BUSINESS, SupportHours


def test_easter_is_told_as_a_customer_would_accept_it() -> None:
    spans = explain(calendar_of(BUSINESS), at("2024-03-28T16:30"), at("2024-04-02T09:30"))
    assert [(span.kind, span.name, span.seconds) for span in spans] == [
        ("counted", "", 1800),
        ("holiday", "Good Friday", 0),
        ("weekend", "", 0),
        ("holiday", "Easter Monday", 0),
        ("counted", "", 5400),
    ]
    assert (spans[2].start, spans[2].end) == (at("2024-03-30T00:00"), at("2024-04-01T00:00"))


def test_listed_days_and_days_outside_the_week_have_their_own_reason() -> None:
    week = (((480, 1020),), ((480, 1020),), (), ((480, 1020),), ((480, 1020),), (), ())
    hours = SupportHours("", "Europe/Zurich", week, holidays=("2024-04-04", "2024-04-06"), extra_closed=("2024-04-05",))
    spans = explain(Calendar(hours), at("2024-04-03T10:00"), at("2024-04-08T09:00"))
    assert [span.kind for span in spans] == ["closed", "holiday", "extra_closed", "weekend", "counted"]
    assert spans[0].start == at("2024-04-03T10:00")


def test_an_opened_holiday_is_counted() -> None:
    hours = SupportHours("", "Europe/Zurich", BUSINESS.week, "CH", "SG", extra_open=(("2024-04-01", ((540, 600),)),))
    spans = explain(Calendar(hours), at("2024-04-01T00:00"), at("2024-04-02T00:00"))
    assert [(span.kind, span.seconds) for span in spans] == [("counted", 3600)]


def test_around_the_clock_is_one_span() -> None:
    assert explain(calendar_of(ALWAYS), 0, 10**6) == [(0, 10**6, "counted", "", 10**6)]
    assert explain(calendar_of(ALWAYS), 5, 5) == []


def test_an_explanation_runs_forward() -> None:
    with pytest.raises(ValueError, match="runs forward"):
        explain(calendar_of(BUSINESS), 10, 5)
