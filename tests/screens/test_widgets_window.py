"""The window of rows keeps the cursor on its ticket and on its line, whatever happens around it."""

from hypothesis import given
from hypothesis import strategies as st

from screens.widgets.window import AHEAD, KEPT, Window
from tickets.records import QueueRow

PAGE = 200


def row(number: int, order: int | None = None) -> QueueRow:
    return QueueRow(
        number, number if order is None else order, 3, "open", "Help", "Acme", "ent", None, 0, None, 1, "none", None,
        None, None, 0, None,
    )  # fmt: skip


def rows(*numbers: int) -> list[QueueRow]:
    return [row(number) for number in numbers]


def showing(numbers: range, height: int = 10, whole: bool = True) -> Window:
    window = Window()
    window.resize(height)
    window.first(rows(*numbers), whole)
    return window


def test_the_cursor_stays_among_the_rows_and_in_view():
    window = showing(range(30))
    window.move(12)
    assert (window.cursor, window.top) == (12, 3)
    window.move(-100)
    assert (window.cursor, window.top) == (0, 0)
    window.move(100)
    assert (window.cursor, window.top) == (29, 20)


def test_an_empty_window_has_nothing_selected():
    window = showing(range(0))
    window.move(1)
    assert window.selected is None
    assert window.visible == []
    assert window.wanted() == (None, None)


def test_a_new_first_ticket_shows_where_the_list_stood_at_its_beginning():
    window = showing(range(1, 30))
    window.replace(rows(0, *range(1, 30)), True, True)
    assert window.selected == row(1)
    assert window.top == 0


def test_a_ticket_that_moved_takes_the_cursor_along():
    window = showing(range(30))
    window.move(3)
    moved = [*rows(0, 1, 2, *range(4, 9)), row(3, order=8), *rows(*range(9, 30))]
    window.replace(moved, True, True)
    assert window.selected is not None and window.selected.id == 3


def test_a_ticket_that_is_let_go_leaves_the_cursor_to_what_follows_it():
    window = showing(range(30))
    window.move(3)
    moved = [*rows(0, 1, 2, *range(4, 9)), row(3, order=8), *rows(*range(9, 30))]
    window.replace(moved, True, True, let_go=True)
    assert window.selected is not None and window.selected.id == 4


def test_a_ticket_that_is_let_go_and_stays_where_it_was_keeps_the_cursor():
    window = showing(range(30))
    window.move(3)
    window.replace(rows(*range(30)), True, True, let_go=True)
    assert window.selected is not None and window.selected.id == 3


def test_where_the_last_ticket_leaves_the_one_before_is_selected():
    window = showing(range(5))
    window.move(4)
    window.replace(rows(0, 1, 2, 3), True, True)
    assert window.selected == row(3)


def test_nothing_more_is_wanted_where_the_whole_view_is_there():
    assert showing(range(30)).wanted() == (None, None)


def test_the_next_page_is_wanted_before_the_cursor_gets_there():
    window = showing(range(PAGE), whole=False)
    assert window.wanted() == (None, None)
    window.move(PAGE - AHEAD)
    assert window.wanted() == ((PAGE - 1, PAGE - 1), None)


def test_a_page_that_comes_too_late_is_not_taken():
    window = showing(range(PAGE), whole=False)
    window.append((5, 5), rows(6), True)
    assert len(window.rows) == PAGE


def test_walking_down_and_up_a_long_view_keeps_few_rows_and_loses_none():
    window, everything = showing(range(PAGE), whole=False), rows(*range(10 * PAGE))
    for step in (1, -1):
        for _ in range(10 * PAGE - 1):
            window.move(step)
            after, before = window.wanted()
            if after is not None:
                start = after[1] + 1
                window.append(after, everything[start : start + PAGE], start + PAGE < len(everything))
            if before is not None:
                start = max(0, before[1] - PAGE)
                window.prepend(before, everything[start : before[1]], start > 0)
            assert len(window.rows) <= KEPT + PAGE
            assert window.top <= window.cursor < window.top + window.height
        assert window.selected == (everything[-1] if step == 1 else everything[0])


@given(st.lists(st.integers(0, 60), unique=True), st.lists(st.integers(0, 60), unique=True), st.integers(0, 60))
def test_whatever_comes_and_goes_the_cursor_keeps_its_ticket_and_its_line(before, after, down):
    window = Window()
    window.resize(10)
    window.first(rows(*sorted(before)), True)
    window.move(down)
    selected, line = window.selected, window.cursor - window.top
    at_top = window.top == 0
    window.replace(rows(*sorted(after)), True, True)
    if selected is not None and selected.id in after:
        assert window.selected == selected
        fits = window.cursor >= line and len(after) - window.cursor >= 10 - line
        assert at_top or not fits or window.cursor - window.top == line
    if after:
        assert window.top <= window.cursor < window.top + 10
    else:
        assert window.selected is None
