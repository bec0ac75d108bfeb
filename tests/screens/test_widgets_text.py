"""What a person wrote is shown, and does nothing."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from screens.widgets.text import clean, fit, wrap
from screens.widgets.ticket_list import age_changes_at, age_text
from screens.widgets.when import elapsed, when

ANY = st.text(st.characters(codec=None), max_size=60)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("[bold]x[/]", "[bold]x[/]"),
        ("\x1b[2J", "␛[2J"),
        ("a\x07b\x7fc", "a␇b␡c"),
        ("a\tb\nc", "a    b c"),
        ("\u202eevil", "�evil"),
        ("\x9b31m", "�31m"),
        ("half \ud83d", "half ?"),
    ],
)
def test_controls_are_made_visible(text, shown):
    assert clean(text) == shown


@given(ANY)
def test_nothing_that_steers_a_terminal_is_left(text):
    assert not [sign for sign in clean(text) if unicodedata.category(sign) in ("Cc", "Cs")]
    assert not set(clean(text)) & set("\x1b\x07\x9b\n\r\u202e\u2066")


@given(ANY, st.integers(0, 40))
def test_a_fitted_text_has_exactly_its_cells(text, cells):
    assert cell_len(fit(text, cells)) == cells


@given(ANY, st.integers(2, 40))
def test_wrapped_lines_are_no_wider_than_asked(text, cells):
    assert all(cell_len(line) <= cells for line in wrap(text, cells))


def test_a_wide_sign_is_not_cut_in_two():
    assert fit("株式会社", 5) == "株式…"
    assert fit("株式会社", 4) == "株… "


def test_a_combining_mark_stays_with_its_letter():
    assert fit("e\u0301e\u0301e\u0301e\u0301", 3) == "e\u0301e\u0301…"


def test_ages_are_coarse_and_know_when_they_change():
    assert [age_text(seconds) for seconds in (0, 59 * 60, 3600, 86399, 3 * 86400)] == ["0m", "59m", "1h", "23h", "3d"]
    assert age_changes_at(1000, 1000 + 3600) == 1000 + 7200
    assert age_text(age_changes_at(0, 90) - 0) == "2m"


def test_instants_are_told_as_short_as_they_are_clear():
    tuesday = 1_712_044_800  # Tue 2 Apr 2024 10:00 in Zurich
    assert when(tuesday, tuesday + 60, "Europe/Zurich") == "10:00"
    assert when(tuesday, tuesday + 86400, "Europe/Zurich") == "Tue 10:00"
    assert when(tuesday, tuesday + 30 * 86400, "Europe/Zurich") == "2 Apr 10:00"
    assert when(tuesday, tuesday + 400 * 86400, "Europe/Zurich") == "2 Apr 2024 10:00"
    assert elapsed(41 * 60) == "0:41"
    assert elapsed(3 * 86400) == "3d"


@pytest.mark.parametrize(
    "text", ["👩\u200d👩\u200d👧", "❤\ufe0f", "👍\U0001f3fd", "🇨🇭", "1\ufe0f\u20e3", "🏴\U000e0067\U000e007f"]
)
def test_signs_that_terminals_join_as_they_like_stand_apart_so_that_columns_stay_in_line(text):
    shown = clean(text)
    assert cell_len(shown) == sum(cell_len(sign) for sign in shown) > 0
