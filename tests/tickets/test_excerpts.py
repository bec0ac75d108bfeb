"""The piece of a text around the words, and where in it they stand."""

from hypothesis import given
from hypothesis import strategies as st

from tickets.excerpts import LENGTH, excerpt, folded


def marked(text: str, *words: str, typing: bool = False) -> list[str]:
    shown = excerpt(text, words, typing)
    return [shown.text[start:end] for start, end in shown.marks]


def test_words_are_marked_whole_only() -> None:
    assert marked("token tokens to_ken Token", "token") == ["token", "Token"]
    assert marked("token tokens", "tok", typing=True) == ["token", "tokens"]


def test_a_phrase_is_marked_over_line_ends_and_signs() -> None:
    assert marked("Error: token\n-- expired", "token expired") == ["token -- expired"]


def test_the_piece_begins_a_little_before_the_first_word() -> None:
    shown = excerpt("before " * 50 + "needle" + " after" * 50, ["needle"])
    assert shown.text.startswith("…before") and shown.text.endswith("…")
    assert len(shown.text) <= LENGTH + 2
    assert [shown.text[start:end] for start, end in shown.marks] == ["needle"]


def test_without_a_word_it_is_the_beginning() -> None:
    assert excerpt("Some text.", []).text == "Some text."
    assert excerpt("Some text.", ["absent"]).marks == ()


def test_control_signs_never_stand_in_it() -> None:
    assert excerpt("a\x1b]52;c;x\x07b\r\nc", ["b"]).text == "a ]52;c;x b c"


@given(st.text(max_size=400))
def test_folding_keeps_every_sign_at_its_place(text: str) -> None:
    assert len(folded(text)) == len(text)


@given(st.text(max_size=400), st.lists(st.text(min_size=1, max_size=8), max_size=3), st.booleans())
def test_marks_lie_in_the_text_and_in_order(text: str, words: list[str], typing: bool) -> None:
    shown = excerpt(text, words, typing)
    ends = [place for mark in shown.marks for place in mark]
    assert ends == sorted(ends)
    assert all(0 <= place <= len(shown.text) for place in ends)
