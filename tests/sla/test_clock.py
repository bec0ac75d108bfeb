import pytest
from sla_reference import at

from sla.calendar import Calendar, calendar_of
from sla.clock import Objective, Policy, credit_days, due, lateness, read, started
from sla.errors import InvalidPolicy
from sla.hours import ALWAYS, BUSINESS, SupportHours

CALENDAR = calendar_of(BUSINESS)
DEFAULT = Policy()
TWO_HOURS = Objective("duration", minutes=120)
BUSINESS_DAY = Objective("duration", business_days=1)


def test_a_clock_starts_at_receipt_or_at_the_next_opening() -> None:
    assert started(CALENDAR, at("2024-04-03T09:12:07")) == at("2024-04-03T09:12:07")
    assert started(CALENDAR, at("2024-03-28T17:00")) == at("2024-04-02T08:00")


@pytest.mark.parametrize(
    ("received", "objective", "policy", "expected"),
    [
        ("2024-03-28T16:30", TWO_HOURS, DEFAULT, "2024-04-02T09:30"),
        ("2024-04-03T15:00", TWO_HOURS, DEFAULT, "2024-04-03T17:00"),
        ("2024-04-03T15:00", TWO_HOURS, Policy(due_at_close="opening"), "2024-04-04T08:00"),
        ("2024-04-03T14:59", TWO_HOURS, Policy(due_at_close="opening"), "2024-04-03T16:59"),
        ("2024-03-28T16:00", BUSINESS_DAY, DEFAULT, "2024-04-02T16:00"),
        ("2024-03-28T16:00", BUSINESS_DAY, Policy(business_day="same_time"), "2024-04-02T16:00"),
        ("2024-03-28T17:00", BUSINESS_DAY, DEFAULT, "2024-04-02T17:00"),
        ("2024-03-28T17:00", BUSINESS_DAY, Policy(business_day="same_time"), "2024-04-03T08:00"),
        ("2024-03-27T10:00", Objective("duration", business_days=3), DEFAULT, "2024-04-03T10:00"),
        (
            "2024-03-27T10:00",
            Objective("duration", business_days=3),
            Policy(business_day="same_time"),
            "2024-04-03T10:00",
        ),
    ],
)
def test_when_a_response_is_due(received: str, objective: Objective, policy: Policy, expected: str) -> None:
    assert due(CALENDAR, at(received), objective, policy) == at(expected)


def test_the_same_time_on_a_shorter_day_is_its_closing_and_before_it_opens_its_opening() -> None:
    week = (((480, 1020),), ((540, 720),), ((600, 1020),), (), (), (), ())
    calendar = Calendar(SupportHours("", "Europe/Zurich", week))
    policy = Policy(business_day="same_time")
    assert due(calendar, at("2024-04-08T16:00"), BUSINESS_DAY, policy) == at("2024-04-09T12:00")
    assert due(calendar, at("2024-04-08T08:30"), BUSINESS_DAY, policy) == at("2024-04-09T09:00")
    assert due(calendar, at("2024-04-09T09:30"), BUSINESS_DAY, policy) == at("2024-04-10T10:00")
    assert due(calendar, at("2024-04-10T11:00"), BUSINESS_DAY, policy) == at("2024-04-15T11:00")


def test_the_same_time_around_the_clock_is_the_same_wall_time() -> None:
    calendar = Calendar(SupportHours("", "Europe/Zurich", (((0, 1440),),) * 7))
    policy = Policy(business_day="same_time")
    assert due(calendar, at("2024-03-30T16:00"), BUSINESS_DAY, policy) == at("2024-03-31T16:00")
    assert due(calendar, at("2024-03-30T16:00"), BUSINESS_DAY, DEFAULT) == at("2024-03-31T17:00")


@pytest.mark.parametrize("kind", ["none", "best_effort", "bespoke"])
def test_what_is_not_promised_is_never_due(kind: str) -> None:
    assert due(CALENDAR, at("2024-04-03T09:00"), Objective(kind), DEFAULT) is None


@pytest.mark.parametrize(
    ("answered", "seconds", "completed", "begun"),
    [
        ("2024-04-02T09:29:59", 0, 0, 0),
        ("2024-04-02T09:30:00", 0, 0, 0),  # at the due instant is in time
        ("2024-04-02T09:30:01", 1, 0, 1),
        ("2024-04-02T09:44:59", 899, 0, 1),
        ("2024-04-02T09:45:00", 900, 1, 1),
        ("2024-04-02T09:45:01", 901, 1, 2),
        ("2024-04-02T17:00:00", 27000, 30, 30),
        ("2024-04-03T08:00:00", 27000, 30, 30),  # the night does not count
    ],
)
def test_every_full_quarter_of_an_hour_late_is_a_day(answered: str, seconds: int, completed: int, begun: int) -> None:
    late = lateness(CALENDAR, at("2024-04-02T09:30"), at(answered), DEFAULT)
    assert late == seconds
    assert credit_days(late, DEFAULT) == completed
    assert credit_days(late, Policy(credit_rounding="started")) == begun
    assert credit_days(late, Policy(credit_cap_days=1)) == min(completed, 1)


def test_lateness_may_be_agreed_in_elapsed_time() -> None:
    elapsed = Policy(credit_clock="elapsed")
    due_at = at("2024-04-02T16:45")
    assert lateness(CALENDAR, due_at, at("2024-04-03T08:00"), elapsed) == 15 * 3600 + 900
    assert lateness(CALENDAR, due_at, at("2024-04-03T08:00"), DEFAULT) == 900


def test_a_capped_credit_stops_growing() -> None:
    capped = Policy(credit_cap_days=2)
    assert [credit_days(60 * late, capped) for late in (29, 30, 45, 6000)] == [1, 2, 2, 2]


@pytest.mark.parametrize(
    ("now", "left", "sign", "change"),
    [
        ("2024-04-02T09:00:10", 8 * 3600 - 10, "calm", "2024-04-02T09:01:00"),  # minutes while over an hour is left
        ("2024-04-02T15:00:00", 7200, "calm", "2024-04-02T15:01:00"),
        ("2024-04-02T15:00:01", 7199, "quarter", "2024-04-02T15:01:00"),
        ("2024-04-02T16:30:00", 1800, "quarter", "2024-04-02T16:30:01"),
        ("2024-04-02T16:45:00", 900, "quarter", "2024-04-02T16:45:01"),
        ("2024-04-02T16:45:01", 899, "last", "2024-04-02T16:45:02"),
        ("2024-04-02T17:00:00", 0, "last", "2024-04-02T17:00:01"),
        ("2024-04-02T06:00:00", 9 * 3600, "calm", "2024-04-02T08:00:00"),  # stands still until support opens
    ],
)
def test_a_timer_tells_what_is_left(now: str, left: int, sign: str, change: str) -> None:
    reading = read(CALENDAR, 8 * 3600, at("2024-04-02T17:00"), at(now), DEFAULT)
    assert (reading.seconds_left, reading.sign, reading.next_change_hint) == (left, sign, at(change))
    assert (reading.late_seconds, reading.credit_days) == (0, 0)
    assert reading.open_now == CALENDAR.is_open(at(now))


def test_a_missed_timer_tells_what_it_costs_and_stands_still_at_night() -> None:
    due_at = at("2024-04-02T16:13")
    late = read(CALENDAR, 7200, due_at, at("2024-04-02T17:00"), DEFAULT)
    assert (late.sign, late.seconds_left, late.late_seconds, late.credit_days) == ("missed", 0, 47 * 60, 3)
    assert late.next_change_hint == at("2024-04-03T08:00")
    assert read(CALENDAR, 7200, due_at, at("2024-04-02T16:20:30"), DEFAULT).next_change_hint == at("2024-04-02T16:21")
    elapsed = read(CALENDAR, 7200, due_at, at("2024-04-02T18:00:30"), Policy(credit_clock="elapsed"))
    assert elapsed.next_change_hint == at("2024-04-02T18:01")


def test_a_timer_around_the_clock_never_stands_still() -> None:
    reading = read(calendar_of(ALWAYS), 1800, 10_000, 9_000, DEFAULT)
    assert reading == (1000, 0, 0, True, "calm", 9_001)


@pytest.mark.parametrize(
    "wrong",
    [
        {"credit_clock": "hours"},
        {"credit_rounding": None},
        {"credit_cap_days": -1},
        {"credit_cap_days": True},
        {"credit_cap_days": 1.5},
        {"due_at_closing": "closing"},
    ],
)
def test_a_policy_is_read_strictly(wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidPolicy):
        Policy.parse(wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"kind": "asap"},
        {"kind": "duration"},
        {"kind": "duration", "minutes": 0},
        {"kind": "duration", "minutes": True},
        {"kind": "duration", "minutes": 1.5},
        {"kind": "duration", "minutes": 1, "business_days": 1},
        {"kind": "best_effort", "minutes": 0},
        {"kind": "none", "hours": 1},
    ],
)
def test_an_objective_is_read_strictly(wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidPolicy):
        Objective.parse(wrong)


def test_policies_and_objectives_survive_their_form() -> None:
    for policy in (DEFAULT, Policy(credit_cap_days=0), Policy(due_at_close="opening", escalation_hours="contract")):
        assert Policy.parse(policy.to_mapping()) == policy
    for objective in (TWO_HOURS, BUSINESS_DAY, Objective("bespoke")):
        assert Objective.parse(objective.to_mapping()) == objective
    assert BUSINESS_DAY.seconds(CALENDAR) == 9 * 3600


def test_a_vendors_own_credit_rule_is_counted_as_stated() -> None:
    rule = Policy(credit_step_minutes=30, credit_step_days=2)
    assert [credit_days(60 * late, rule) for late in (0, 29, 30, 59, 60, 95)] == [0, 0, 2, 2, 4, 6]
    begun = Policy(credit_step_minutes=30, credit_step_days=2, credit_rounding="started", credit_cap_days=5)
    assert [credit_days(60 * late, begun) for late in (0, 1, 30, 31, 61)] == [0, 2, 2, 4, 5]


@pytest.mark.parametrize("key", ["credit_step_minutes", "credit_step_days"])
@pytest.mark.parametrize("wrong", [0, -15, True, "15"])
def test_a_credit_rule_is_of_whole_steps(key: str, wrong: object) -> None:
    with pytest.raises(InvalidPolicy, match=f"{key} is a positive whole number"):
        Policy.parse({key: wrong})
