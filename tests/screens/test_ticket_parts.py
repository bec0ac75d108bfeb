"""The parts of the ticket screen on their own: the talk, the large clock, the lines of the facts."""

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from screens.ticket_clock import large, large_lines
from screens.ticket_facts import fact_lines
from screens.ticket_talk import KEPT, Talk, heading
from screens.widgets.clock_text import ClockText
from tickets.records import MessageRow

PAGE = 50
BODIES = st.text(alphabet="ab \n日\u0301\x1b\u202e", max_size=120)


def message(number: int, body: str = "hello", **columns: object) -> MessageRow:
    said = {"kind": "message", "side": "customer", "author": "Jo", "channel": "ticket", "automatic": 0}
    return MessageRow(id=number, at=number * 60, body=body, **{**said, **columns})  # type: ignore[arg-type]


def talk_of(bodies: list[str], width: int = 20, height: int = 10) -> Talk:
    talk = Talk("UTC")
    talk.resize(width, height)
    talk.open([message(number, body) for number, body in enumerate(bodies, 1)], True, 10**6)
    return talk


class Shelf:
    """Messages that are read a page at a time, as the database hands them out."""

    def __init__(self, count: int) -> None:
        self.messages = [message(number, f"number {number}") for number in range(1, count + 1)]

    def before(self, key: tuple[int, int]) -> list[MessageRow]:
        return [row for row in self.messages if (row.at, row.id) < key][-PAGE:]

    def after(self, key: tuple[int, int]) -> list[MessageRow]:
        return [row for row in self.messages if (row.at, row.id) > key][:PAGE]

    def serve(self, talk: Talk) -> None:
        before, after = talk.wanted()
        if before is not None:
            found = self.before(before)
            talk.prepend(before, found, len(found) == PAGE)
        if after is not None:
            found = self.after(after)
            talk.append(after, found, len(found) == PAGE)


@given(st.lists(BODIES, min_size=1, max_size=8), st.integers(8, 30), st.integers(1, 12))
def test_scrolling_to_both_ends_shows_the_first_and_the_last_line(bodies: list[str], width: int, height: int) -> None:
    talk = talk_of(bodies, width, height)
    every = [line for index in range(len(bodies)) for line in talk._block(index)][:-1]
    assert talk.visible()[: len(every)] == every[-height:]
    talk.scroll(-(10**6))
    assert talk.visible()[: len(every)] == every[:height]
    talk.scroll(10**6)
    assert talk.at_bottom


@given(st.lists(BODIES, min_size=1, max_size=8), st.lists(st.integers(-9, 9), max_size=12))
def test_scrolling_moves_by_that_many_lines(bodies: list[str], steps: list[int]) -> None:
    talk = talk_of(bodies, 12, 4)
    every = [line for index in range(len(bodies)) for line in talk._block(index)][:-1]
    top = max(0, len(every) - 4)
    for step in steps:
        talk.scroll(step)
        top = max(0, min(top + step, len(every) - 4))
        assert talk.visible()[: len(every)] == every[top : top + 4]


@given(BODIES, st.integers(8, 40))
def test_no_line_is_wider_than_the_screen_or_moves_the_cursor(body: str, width: int) -> None:
    for line in talk_of([body], width).visible():
        if line.part == "body":
            assert cell_len(line.text) <= width
            assert not {"\x1b", "\u202e"} & set(line.text)


def test_going_up_through_ten_thousand_messages_misses_none_and_keeps_few() -> None:
    shelf, talk = Shelf(10_000), Talk("UTC")
    talk.resize(40, 12)
    talk.open(shelf.messages[-PAGE:], False, 10**6)
    seen = set()
    while (talk.index, talk.line) != (0, 0) or not talk.at_start:
        seen |= {line.text for line in talk.visible() if line.part == "body"}
        shelf.serve(talk)
        talk.scroll(-10)
        assert len(talk.messages) <= KEPT + PAGE
    seen |= {line.text for line in talk.visible()}
    assert all(row.body in seen for row in shelf.messages)
    while not talk.at_bottom:
        shelf.serve(talk)
        talk.scroll(10)
    assert talk.visible()[-1].text == "number 10000"


def test_a_new_message_is_followed_at_the_bottom_and_leaves_the_reader_alone_above() -> None:
    talk = talk_of([f"number {number}" for number in range(30)])
    more = [*talk.messages, message(99, "new")]
    talk.replace(more, True, 10**6)
    assert talk.visible()[-1].text == "new"
    talk.scroll(-40)
    before = talk.visible()
    talk.replace([*more, message(100, "newer")], True, 10**6)
    assert talk.visible() == before


def test_a_width_that_changes_keeps_the_message_at_the_top() -> None:
    talk = talk_of(["word " * 30] * 10)
    talk.scroll(-40)
    top = talk.messages[talk.index].id
    talk.resize(60, 10)
    assert talk.messages[talk.index].id == top


def test_headings_say_who_how_and_how_long_after() -> None:
    first = message(1)
    assert heading(first, None, 600, "UTC") == "Jo · 00:01"
    note = message(50, kind="note", side="vendor", author="anna")
    assert heading(note, first, 600, "UTC") == "note, internal · anna · 00:50 · 0:49 later"
    reply = message(51, automatic=1, channel="email", author="desk\x1b")
    assert heading(reply, note, 600, "UTC") == "desk␛ · 00:51 · 0:01 later · automatic · by email"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("● 2d 4h", ("", "●", "")),
        ("◐ 0:12:31‖", (" stands still", "◐", "")),
        ("✕ +0:47 3d", ("", "✕", " 3 days of credit")),
        ("✕ +0:15 1d", ("", "✕", " 1 day of credit")),
        ("✕ +1d 2h 36d‖", (" stands still", "✕", " 36 days of credit")),
    ],
)
def test_the_large_clock_says_what_the_small_one_says(text: str, says: tuple[str, str, str]) -> None:
    lines = large_lines(ClockText(text, "calm", False, None))
    assert lines[0].endswith(says[0])
    assert lines[1].startswith(f" {says[1]} ")
    assert lines[1].endswith(says[2])


def test_what_is_no_time_stays_small() -> None:
    assert large_lines(ClockText("✓ met", "met", True, None)) == ("", " ✓ met", "")
    assert large("12:40") is not None
    assert large("met") is None


class Groups(NamedTuple):
    clock: tuple[tuple[str, str], ...] = ()
    contract: tuple[tuple[str, str], ...] = ()
    customer: tuple[tuple[str, str], ...] = ()
    responsibility: tuple[tuple[str, str], ...] = ()
    related: tuple[tuple[str, str], ...] = ()


def test_facts_wrap_beside_their_label_and_stay_harmless() -> None:
    facts = Groups(
        contract=(("hours", "business hours Mon-Fri\x1b"),), responsibility=(("Custom Domain of theirs", "us"),)
    )
    lines = fact_lines(facts, 26)
    assert [line.value for line in lines if line.value] == ["business hours", "Mon-Fri␛", "us"]
    assert lines[1].label == "hours       "
    assert lines[2].label == " " * 12
    assert lines[-1].label == "Custom Domain… "
