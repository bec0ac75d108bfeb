"""The status report that a customer opens shows what its Markdown says, at a desk and on a phone."""

from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from models.connection import Desk
from onboarding.report import markdown, report
from onboarding.report_html import html
from tests.browser.eyes import seen, words_of
from tests.onboarding.status import HOSTILE, LATER, told

DESK, PHONE = 1100, 360


def told_by(source: str) -> list[str]:
    """The words that a reader of Markdown shows."""
    return words_of(MarkdownIt("commonmark").enable("table").render(source))


@pytest.mark.parametrize("text", ["Plain words", HOSTILE])
def test_the_page_shows_what_the_markdown_says(sqlite_desk: Desk, tmp_path: Path, text: str) -> None:
    found = report(told(text).number, LATER)
    words, width = seen(html(found), tmp_path, DESK)
    assert words == told_by(markdown(found))
    assert width <= DESK


def test_on_a_phone_all_of_it_is_there_and_nothing_sticks_out(sqlite_desk: Desk, tmp_path: Path) -> None:
    found = report(told(f"Plain words {'x' * 200}").number, LATER)
    words, width = seen(html(found), tmp_path, PHONE)
    assert sorted(words) == sorted(told_by(markdown(found)))
    assert width <= PHONE
