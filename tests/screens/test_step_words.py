"""The steps of a macro in words: a lead reads them, changes a line, and the rest stays what it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screens.dialogs.step_words import steps_of, words_of
from tickets.actions import Assign, Note, Reply, Severity, State, Step, Tag, Untag
from tickets.errors import RuleRefused

NAMES = {3: "We look into it", 4: "Known, then solved"}
IDS = {name.casefold(): number for number, name in NAMES.items()}
WORDS = """assign ben Please look,
  and tell Anna.
severity 3 a workaround holds
state waiting
tag sso, known
untag new
note See the runbook:

    restart [node] \\\\ 2
reply We look into it
reply known, then solved
reply We look into it, then open"""
STEPS: tuple[Step, ...] = (
    Assign("ben", "Please look,\nand tell Anna."),
    Severity(3, "a workaround holds"),
    State("waiting"),
    Tag(("sso", "known")),
    Untag(("new",)),
    Note("See the runbook:\n  restart [node] \\\\ 2"),
    Reply(3),
    Reply(4),
    Reply(3, "open"),
)


def test_steps_are_read_a_line_each_and_a_text_goes_on_where_a_line_begins_with_a_space() -> None:
    assert steps_of(WORDS, IDS) == STEPS


def test_what_was_written_is_read_as_the_same() -> None:
    assert steps_of(words_of(STEPS, NAMES), IDS) == STEPS


def test_only_a_text_goes_on_another_step_may_stand_further_in() -> None:
    assert steps_of("tag sso\n  state open", {}) == (Tag(("sso",)), State("open"))


@pytest.mark.parametrize("line", ["fly away", "tag", "severity high x", "reply Nothing", "reply Nothing, then open"])
def test_a_line_that_is_no_step_is_named(line: str) -> None:
    with pytest.raises(RuleRefused, match="is no step"):
        steps_of(f"assign me\n{line}", IDS)


def test_a_reply_that_is_gone_is_seen_and_not_kept() -> None:
    words = words_of([Reply(9)], NAMES)
    assert words == "reply (deleted, it was 9)"
    with pytest.raises(RuleRefused, match="is no step"):
        steps_of(words, IDS)


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\r"), min_size=1).map(str.strip).filter(bool)


@given(st.lists(TEXTS.map(Note) | TEXTS.map(lambda text: Severity(2, text))))
def test_any_text_comes_back_as_it_was(steps: list[Step]) -> None:
    assert list(steps_of(words_of(steps, {}), {})) == steps
