"""A contract is told as lines: label, value, and where the value comes from."""

import pytest

from contracts.agreement import Agreement, Order
from contracts.describe import Line, describe, duration_text, hours_text, objective_text
from contracts.reader import Catalogue
from contracts.terms import resolve
from sla.clock import Objective
from sla.hours import ALWAYS, BUSINESS, SupportHours


def lines(catalogue: Catalogue, plan: str, **order: object) -> dict[str, Line]:
    found = resolve(catalogue, Agreement("Acme", plan, "2023-11-15", data_location="EU", order=Order.parse(order)))
    return {line.label: line for line in describe(found)}


def test_every_line_says_where_it_comes_from(catalogue: Catalogue) -> None:
    for plan in ("Free", "Production", "Enterprise Cloud"):
        assert all(line.value and line.source for line in lines(catalogue, plan).values())


def test_a_production_contract_reads_as_it_was_agreed(catalogue: Catalogue) -> None:
    told = lines(catalogue, "Production")
    assert told["Severity 1 initial response"][1:] == ("48 h", "2023-11-15, Support in subscription plans")
    assert told["Severity 2 initial response"][1:] == ("best effort", "2023-11-15, SLO - Initial response time")
    assert told["Severity 1 support hours"].value == (
        "business: Mon-Fri 08:00-17:00 Europe/Zurich, without holidays CH-SG"
    )
    assert told["Data location"].value == "EU"
    assert told["Escalation, non-urgent"].value.startswith("1 business day; ")
    assert "TAM allowance" not in told


def test_a_free_contract_shows_reasons_and_no_zero(catalogue: Catalogue) -> None:
    told = lines(catalogue, "Free")
    assert told["Severity 1 initial response"].value == "none (Acme's Free plan has no professional support)"
    assert "Severity 1 support hours" not in told
    assert not any(line.value.startswith("0") for line in told.values())


def test_an_order_is_named_where_it_overrides(catalogue: Catalogue) -> None:
    told = lines(
        catalogue,
        "Enterprise Cloud",
        reference="PO 7",
        tam={"minutes": 90, "per": "week"},
        contacts=[{"name": "Ann", "role": "CTO"}],
    )
    assert told["TAM allowance"].value == "1 h 30 min per week"
    assert told["TAM allowance"].source.startswith("order PO 7 (instead of")
    assert told["Named contact"] == Line("Named contact", "Ann, CTO", "order PO 7")
    assert told["Severity 1 initial response"].value == "bespoke (not agreed yet, as low as 30 minutes)"


@pytest.mark.parametrize(("minutes", "text"), [(30, "30 min"), (60, "1 h"), (90, "1 h 30 min"), (2880, "48 h")])
def test_durations_read_as_people_write_them(minutes: int, text: str) -> None:
    assert duration_text(minutes) == text


def test_objectives_read_as_words_or_durations() -> None:
    assert objective_text(Objective("best_effort")) == "best effort"
    assert objective_text(Objective("duration", business_days=2)) == "2 business days"


def test_hours_read_as_a_week() -> None:
    assert hours_text(ALWAYS) == "24x7: all day, every day UTC"
    assert hours_text(BUSINESS).startswith("business: Mon-Fri 08:00-17:00 Europe/Zurich")
    own = SupportHours.parse(
        {
            "zone": "Asia/Kathmandu",
            "week": {
                "mon": [["08:00", "12:00"], ["13:00", "17:00"]],
                "tue": [["09:00", "12:00"]],
                "thu": [["09:00", "12:00"]],
            },
            "holidays": ["2024-04-01"],
            "extra_open": {"2024-05-01": [["09:00", "12:00"]]},
        }
    )
    assert hours_text(own) == (
        "Mon 08:00-12:00 13:00-17:00, Tue 09:00-12:00, Thu 09:00-12:00 Asia/Kathmandu,"
        " without 1 listed day, with 1 extra day"
    )
