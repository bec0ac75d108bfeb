"""Days as cells: every day has a place at every scale, today and go-live stay in sight, closed days are quiet."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from screens.widgets.timeline import DONE, LIVE, STEPS, TODAY, Scale, Track, monday, whole, zoomed

MONDAY = date(2026, 6, 1)
WEEKENDS = frozenset(MONDAY + timedelta(number) for number in range(400) if number % 7 > 4)
days = st.integers(0, 380).map(lambda number: MONDAY + timedelta(number))


@given(days, st.sampled_from(STEPS))
def test_a_day_lies_in_the_cell_that_shows_it(day: date, per_week: int) -> None:
    scale = Scale(MONDAY, per_week, 1000)
    for cell in (scale.cell(day), scale.cell(day, end=True)):
        first, last = scale.days(cell)
        assert first <= day <= last


@given(days, days, st.integers(7, 120))
def test_all_is_shown_at_the_nearest_scale_that_has_room(one: date, other: date, cells: int) -> None:
    first, last = sorted((one, other))
    scale = whole(first, last, cells)
    assert scale.first <= first
    nearer = [Scale(scale.first, step, cells) for step in STEPS if step > scale.per_week]
    assert all(each.cell(last, end=True) >= cells for each in nearer)
    if scale.per_week > STEPS[-1]:
        assert scale.last >= last


@given(days, st.sampled_from(STEPS), st.integers(7, 100))
def test_the_heading_has_exactly_the_cells_of_the_scale(day: date, per_week: int, cells: int) -> None:
    assert len(Scale(monday(day), per_week, cells).heading()) == cells


def test_the_heading_names_mondays_as_far_as_there_is_room() -> None:
    assert Scale(MONDAY, 7, 21).heading() == "1 Jun  8 Jun  15 Jun "
    assert Scale(MONDAY, 4, 16).heading() == "1 Jun   15 Jun  "
    assert Scale(MONDAY, 14, 16).heading() == "1 Jun           "


def drawn(track: Track) -> str:
    return "".join(text for _, text in track.pieces())


def test_a_bar_lies_under_today_and_is_quiet_on_closed_days() -> None:
    scale = Scale(MONDAY, 7, 14)
    track = Track(scale, scale.closed(WEEKENDS), date(2026, 6, 3), date(2026, 6, 12))
    assert drawn(track) == f"  {TODAY}  ··    {LIVE}··"
    track.bar(date(2026, 6, 2), date(2026, 6, 8), DONE, "plain")
    assert drawn(track) == f" {DONE}{TODAY}{DONE * 5}   {LIVE}··"
    assert ("quiet", DONE * 2) in track.pieces()


def test_a_sign_of_today_stands_over_its_line_where_signs_matter() -> None:
    scale = Scale(MONDAY, 7, 7)
    track = Track(scale, scale.closed(WEEKENDS), MONDAY, date(2026, 7, 1))
    track.mark(MONDAY, "◆", "accent")
    assert "".join(text for _, text in track.pieces(marks_over=True)).startswith("◆")
    assert "".join(text for _, text in track.pieces()).startswith(TODAY)


def test_what_is_out_of_sight_is_not_drawn() -> None:
    scale = Scale(MONDAY, 7, 7)
    track = Track(scale, scale.closed(WEEKENDS), date(2026, 5, 1), date(2027, 1, 1))
    track.bar(date(2026, 1, 1), date(2026, 5, 20), DONE, "plain")
    track.mark(date(2026, 8, 1), "◆", "accent")
    assert drawn(track) == "     ··"


@given(days, st.sampled_from(STEPS), st.sampled_from((-1, 1)), st.integers(20, 100))
def test_zooming_keeps_a_day_in_sight(day: date, per_week: int, by: int, cells: int) -> None:
    scale = zoomed(Scale(monday(day), per_week, cells), by, day)
    assert scale.per_week in STEPS
    assert 0 <= scale.cell(day) < cells
