"""An order's overrides are read strictly, and written as they were read."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.agreement import Allowance, NamedContact, Order
from contracts.errors import InvalidOrder
from sla.clock import Objective

FULL: dict[str, Any] = {
    "reference": "PO 4711",
    "support_hours": {"1": "24x7", "3": {"name": "own", "zone": "Asia/Tokyo", "week": {"mon": [["08:00", "12:00"]]}}},
    "objectives": {"1": 30, "4": "best_effort"},
    "channels": ["ticket", "phone"],
    "languages": ["English", "German"],
    "tam": {"minutes": 480, "per": "month"},
    "zone": "America/New_York",
    "holiday_region": "US-NY",
    "policies": {"credit_cap_days": 30, "credit_clock": "elapsed"},
    "entitlements": {"enterprise_features": "yes"},
    "contacts": [{"name": "Ann Other", "email": "ann@example.com", "phone": "+1 555 0100", "role": "CTO"}],
}


def test_a_full_order_is_read_and_written_back() -> None:
    order = Order.parse(FULL)
    assert order.to_mapping() == FULL
    assert order.objectives == ((1, Objective("duration", 30)), (4, Objective("best_effort")))
    assert order.tam == Allowance(480, "month")
    assert order.contacts == (NamedContact("Ann Other", "ann@example.com", "+1 555 0100", "CTO"),)


def test_an_empty_order_overrides_nothing() -> None:
    assert Order.parse({}) == Order()
    assert Order().to_mapping() == {}


def test_all_is_every_severity_that_is_not_named_beside_it() -> None:
    order = Order.parse({"objectives": {"2": 60, "all": 120}})
    assert [(number, objective.minutes) for number, objective in order.objectives] == [
        (1, 120),
        (2, 60),
        (3, 120),
        (4, 120),
    ]


def test_an_empty_list_of_channels_is_not_the_same_as_silence() -> None:
    assert Order.parse({"channels": []}).channels == ()
    assert Order.parse({"channels": []}).to_mapping() == {"channels": []}


@pytest.mark.parametrize(
    ("mapping", "told"),
    [
        ({"objectivs": {}}, "unknown key 'objectivs'; did you mean 'objectives'?"),
        ({"objectives": {"5": 30}}, "objectives: unknown key '5'"),
        ({"objectives": {1: 30}}, "objectives: unknown key 1"),
        ({"objectives": 30}, "objectives: a table is expected"),
        ({"objectives": {"1": 0}}, "objectives.1: whole minutes of at least 1"),
        ({"objectives": {"1": True}}, "objectives.1: whole minutes"),
        ({"objectives": {"1": 1.5}}, "objectives.1: whole minutes"),
        ({"objectives": {"1": "best efort"}}, "did you mean 'best_effort'?"),
        ({"support_hours": {"1": 24}}, "support_hours.1:"),
        ({"support_hours": {"1": {"zone": "Europe/Zurich", "week": {}}}}, "support_hours.1: "),
        ({"channels": "email"}, "channels: a list of texts"),
        ({"channels": ["email", "email"]}, "channels: the same entry is there twice"),
        ({"languages": [""]}, "languages[0]: a text is expected"),
        ({"tam": {"minutes": 60}}, "tam.per: None is not known"),
        ({"tam": {"per": "week"}}, "tam.minutes: whole minutes"),
        ({"tam": {"minutes": 60, "per": "weeks"}}, "tam.per: 'weeks' is not known; did you mean 'week'?"),
        ({"zone": "Europe/Zurch"}, "zone: "),
        ({"holiday_region": "CH-XX"}, "holiday_region: "),
        ({"policies": {"credit_clok": "elapsed"}}, "did you mean 'credit_clock'?"),
        ({"policies": {"credit_clock": "real"}}, "policies.credit_clock: 'real' is not known"),
        ({"policies": {"credit_cap_days": -1}}, "policies.credit_cap_days: whole days"),
        ({"policies": {"credit_cap_days": False}}, "policies.credit_cap_days: whole days"),
        ({"entitlements": {"tam": "maybe"}}, "entitlements.tam: 'maybe' is not known"),
        ({"contacts": {"name": "Ann"}}, "contacts: a list of contacts"),
        ({"contacts": [{"email": "a@b"}]}, "contacts[0]: a contact needs a name"),
        ({"contacts": [{"name": "Ann", "mail": "a@b"}]}, "contacts[0]: unknown key 'mail'; did you mean 'email'?"),
        ([], "the order: a table is expected"),
    ],
)
def test_what_an_order_cannot_say_is_refused_by_key(mapping: Any, told: str) -> None:
    with pytest.raises(InvalidOrder) as caught:
        Order.parse(mapping)
    assert told in str(caught.value)


NUMBERS = st.sampled_from(["1", "2", "3", "4", "all"])
TEXTS = st.text(min_size=1).filter(str.strip)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "reference": TEXTS,
            "objectives": st.dictionaries(
                NUMBERS, st.integers(1) | st.sampled_from(["none", "best_effort", "bespoke"])
            ),
            "support_hours": st.dictionaries(NUMBERS, TEXTS),
            "channels": st.lists(TEXTS, unique=True),
            "languages": st.lists(TEXTS, unique=True),
            "tam": st.fixed_dictionaries(
                {"minutes": st.integers(1), "per": st.sampled_from(["week", "month", "quarter", "term"])}
            ),
            "contacts": st.lists(st.fixed_dictionaries({"name": TEXTS}, optional={"email": TEXTS})),
        },
    )
)
def test_any_order_that_is_read_is_written_back_equal(mapping: dict[str, Any]) -> None:
    order = Order.parse(mapping)
    assert Order.parse(order.to_mapping()) == order
    assert hash(order) == hash(Order.parse(order.to_mapping()))
