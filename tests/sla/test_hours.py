import pytest

from sla.errors import InvalidHours
from sla.hours import ALWAYS, BUSINESS, EXTENDED, SupportHours, always, named, zone_of

WEEK = {"mon": [["08:00", "12:00"], ["13:00", "17:00"]]}
FORM = {"name": "night", "zone": "Europe/Zurich", "week": WEEK}


@pytest.mark.parametrize("hours", [BUSINESS, EXTENDED, ALWAYS, always("Asia/Kathmandu")])
def test_built_in_hours_survive_their_own_form(hours: SupportHours) -> None:
    assert SupportHours.parse(hours.to_mapping()) == hours


def test_all_that_can_be_agreed_survives_its_form() -> None:
    form = FORM | {
        "week": WEEK | {"sat": [["20:00", "24:00"]]},
        "holidays": ["CH-SG", "2024-05-01"],
        "extra_closed": ["2024-12-24"],
        "extra_open": {"2024-04-01": [["09:00", "12:00"]]},
    }
    hours = SupportHours.parse(form)
    assert hours.week[5] == ((1200, 1440),)
    assert (hours.country, hours.subdivision, hours.holidays) == ("CH", "SG", ("2024-05-01",))
    assert hours.to_mapping() == form
    assert hash(hours) == hash(SupportHours.parse(hours.to_mapping()))


def test_the_annex_hours_have_names() -> None:
    assert named("business") is BUSINESS
    assert named("extended") is EXTENDED
    assert named("24x7") is ALWAYS
    with pytest.raises(InvalidHours, match="nearest is 'business'"):
        named("busines")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"week": {}}, "never open"),
        ({"week": {"mon": [["08:00", "08:00"]]}}, "mon: 08:00-08:00 is empty"),
        ({"week": {"mon": [["17:00", "08:00"]]}}, "ends before it starts"),
        ({"week": {"mon": [["08:00", "12:00"], ["11:00", "17:00"]]}}, "11:00-17:00 overlaps"),
        ({"week": {"mon": [["08:00", "24:01"]]}}, "'24:01' is not a time of day"),
        ({"week": {"mon": [["8:00", "12:00"]]}}, "'8:00' is not a time of day"),
        ({"week": {"mon": [[480, 720]]}}, "480 is not a time of day"),
        ({"week": {"mon": [["08:00"]]}}, "a start and an end"),
        ({"week": {"mon": "08:00-17:00"}}, "intervals are a list"),
        ({"week": {"mo": [["08:00", "17:00"]]}}, "Unknown key 'mo' in a week; nearest is 'mon'"),
        ({"week": []}, "is a table of days"),
        ({"weak": {}}, "Unknown key 'weak' in support hours; nearest is 'week'"),
        ({"zone": "Europe/Zuerich"}, "Unknown time zone 'Europe/Zuerich'; nearest is 'Europe/Zurich'"),
        ({"zone": "Europe"}, "Unknown time zone 'Europe'"),
        ({"zone": "../etc/passwd"}, "Unknown time zone"),
        ({"zone": ""}, "Unknown time zone"),
        ({"zone": None}, 'need a "zone"'),
        ({"name": 7}, "is a text"),
        ({"holidays": "CX-SG"}, "Unknown subdivision 'SG' of CX|Unknown country 'CX'"),
        ({"holidays": "XQ"}, "Unknown country 'XQ'; nearest is"),
        ({"holidays": "CH-SS"}, "Unknown subdivision 'SS' of CH; nearest is"),
        ({"holidays": "Switzerland"}, "not a region"),
        ({"holidays": ["CH-SG", "DE-BY"]}, "one region only"),
        ({"holidays": ["2024-02-30"]}, "'2024-02-30' is not a date"),
        ({"holidays": ["20240401"]}, "'20240401' is not a date"),
        ({"holidays": 5}, "list of dates, or a region"),
        ({"extra_closed": "2024-04-01"}, '"extra_closed" is a list of dates'),
        ({"extra_open": []}, '"extra_open" is a table'),
        ({"extra_open": {"2024-05-01": []}}, "without an interval"),
        ({"extra_open": {"May": [["08:00", "09:00"]]}}, "'May' is not a date"),
        (
            {"extra_closed": ["2024-05-01"], "extra_open": {"2024-05-01": [["08:00", "09:00"]]}},
            "extra open and as extra closed",
        ),
    ],
)
def test_hours_that_cannot_be_meant_are_refused_with_a_reason(change: dict[str, object], message: str) -> None:
    with pytest.raises(InvalidHours, match=message):
        SupportHours.parse(FORM | change)


def test_hours_built_in_code_are_held_to_the_same_rules() -> None:
    for wrong in (
        {"week": ((),) * 6},
        {"week": (((0, 1441),),) * 7},
        {"week": (((-1, 60),),) * 7},
        {"week": (((0, 60),),) * 7, "subdivision": "SG"},
    ):
        with pytest.raises(InvalidHours):
            SupportHours(name="", zone="UTC", **wrong)  # type: ignore[arg-type]


def test_a_zone_is_found_once() -> None:
    assert zone_of("Europe/Zurich") is zone_of("Europe/Zurich")
