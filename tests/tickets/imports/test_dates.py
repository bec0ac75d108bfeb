"""A lead imports an export whose dates were written by many hands."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickets.imports.dates import BadInstant, parse_instant

ELEVEN = 1461842374  # 2016-04-28T11:19:34Z


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("2016-04-28T11:19:34Z", ELEVEN),
        ("2016-04-28T11:19:34 -10:00", ELEVEN + 36_000),
        ("2016-04-28T11:19:34  +0530", ELEVEN - 19_800),
        ("2016-04-28 11:19:34 UTC", ELEVEN),
        ("2016-04-28T11:19:34.999Z", ELEVEN),
        ("20160428T111934Z", ELEVEN),
        (ELEVEN, ELEVEN),
        (ELEVEN * 1000 + 999, ELEVEN),
        (ELEVEN + 0.9, ELEVEN),
        (str(ELEVEN), ELEVEN),
        ("Thu, 28 Apr 2016 13:19:34 +0200", ELEVEN),
        ("28/04/2016 11:19:34 Z", ELEVEN),
        ("04/28/2016 11:19:34 +00:00", ELEVEN),
        ("28.4.2016 13:19:34 +0200", ELEVEN),
        ("2016/04/28 11:19:34 +0000", ELEVEN),
        ("28 Apr 2016 11:19:34 +00:00", ELEVEN),
        ("28 Apr 2016 13:19:34 +02:00", ELEVEN),
        ("Thu, 28 Apr 2016 06:19:34 EST", ELEVEN),
        ("April 28, 2016 1:19:34 pm +0200", ELEVEN),
    ],
)
def test_each_form_names_the_same_instant(written: object, at: int) -> None:
    assert parse_instant(written) == (at, False)


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("2016-04-28T11:19:34", ELEVEN),
        ("2016-04-28", ELEVEN - 40_774),
        ("28/04/2016 11:19", ELEVEN - 34),
        ("04/28/2016", ELEVEN - 40_774),
        ("4.5.2016", 1462320000),
        ("April 28, 2016 11:19 AM", ELEVEN - 34),
        ("Apr 28, 2016", ELEVEN - 40_774),
        ("05/05/2016", 1462406400),
    ],
)
def test_a_date_without_an_offset_is_read_as_utc_and_says_so(written: str, at: int) -> None:
    assert parse_instant(written) == (at, True)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (None, "absent"),
        ("", "absent"),
        ("   ", "absent"),
        ("04/05/2016", "ambiguous"),
        ("yesterday", "known forms"),
        ("28 Apr 2016 11:19 CET", "known forms"),
        ("Thu, 31 Feb 2016 11:19 GMT", "no date"),
        ("31 Foo 2016", "no date"),
        ("2016-13-01", "known forms"),
        ("31/04/2016", "no date"),
        (True, "True is no date"),
        ([1], "no date"),
        (float("nan"), "outside"),
        (float("inf"), "outside"),
        (10**40, "outside"),
        ("9" * 60, "outside"),
    ],
)
def test_what_is_no_instant_is_refused_with_the_reason(written: object, reason: str) -> None:
    with pytest.raises(BadInstant, match=reason):
        parse_instant(written)


@given(st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2100, 1, 1)), st.integers(-840, 840))  # noqa: DTZ001
def test_every_iso_instant_survives_in_both_spellings(moment: datetime, minutes: int) -> None:
    at = int(moment.replace(tzinfo=UTC, microsecond=0).timestamp()) - minutes * 60
    sign, hours, rest = "-" if minutes < 0 else "+", *divmod(abs(minutes), 60)
    text = f"{moment:%Y-%m-%dT%H:%M:%S}"
    assert parse_instant(f"{text}{sign}{hours:02}:{rest:02}").at == at
    assert parse_instant(f"{text} {sign}{hours:02}:{rest:02}").at == at


@given(st.one_of(st.text(), st.floats(), st.integers(), st.none(), st.binary()))
def test_nothing_but_a_refusal_comes_of_nonsense(value: object) -> None:
    try:
        assert isinstance(parse_instant(value).at, int)
    except BadInstant as reason:
        assert str(reason)
