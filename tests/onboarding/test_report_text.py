"""What people typed reads as what they typed, in any Markdown reader; it never becomes markup, a link or HTML."""

import html
import re
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from onboarding.report_text import Document, Section, day_text, escaped, markdown_of, visible

READERS = (MarkdownIt("commonmark").enable("table"), MarkdownIt("gfm-like"))
HOSTILE = (
    "<script>alert(1)</script>",
    "[click](javascript:alert(1))",
    "![x](https://evil.example/x.png)",
    "https://evil.example/a?b=c and www.evil.example, tom@evil.example",
    "HTTPS://EVIL.example WWW.evil.example mailto:tom@evil.example",
    "# heading",
    "- list\n1. one",
    "1. one",
    "12) twelve",
    "a | b || c \\| d",
    "**bold** __bold__ *it* _it_ `code` ~~gone~~ ==mark==",
    "&amp; &lt;b&gt; &#60;",
    "> quote",
    "=== \n ---",
    "+ plus",
    ": colon",
    "\\ back\\slash",
    "[^1] [ ] [x] $x$ !note {a}",
    "line one\nline two\r\n\tline three",
    "\x1b[31mred\x1b[0m \x07\x00",
    "\u202egnp.exe \u2066x\u2069",
    "evil.example/path",
    "evil.com/path www.evil.com tom@evil.com http://evil.com evil1.com",
)
TEXTS = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="<>[]()!*_`|\\#-+.1) ~&;:/@awhtps=\n", max_size=60),
    st.sampled_from(HOSTILE),
)


def hostile(test: object) -> object:
    for text in HOSTILE:
        test = example(text=text)(test)
    return test


def read(markdown: str, reader: MarkdownIt) -> tuple[str, set[str]]:
    """The text that a reader shows, and the elements that it makes."""
    page = reader.render(markdown)
    shown = html.unescape(re.sub(r"<[^>]*>", " ", page))
    return " ".join(shown.split()), set(re.findall(r"<(\w+)", page))


@hostile
@given(text=TEXTS)
def test_a_sentence_stays_a_sentence(text: str) -> None:
    for reader in READERS:
        shown, elements = read(escaped(text), reader)
        assert shown == " ".join(visible(text).split())
        assert elements <= {"p"}


@hostile
@given(text=TEXTS)
def test_a_cell_stays_a_cell(text: str) -> None:
    document = Document(text, "below", (Section(text, (), ("One", "Two"), ((text, "second"),), (text,)),))
    for reader in READERS:
        shown, elements = read(markdown_of(document), reader)
        told = visible(text)
        assert shown.split() == f"{told} below {told} {told} One Two {told or '–'} second".split()
        assert elements <= {"h1", "h2", "p", "ul", "li", "table", "thead", "tbody", "tr", "th", "td"}


@given(text=st.text())
def test_what_is_shown_has_no_control_signs_and_one_line(text: str) -> None:
    shown = visible(text)
    assert shown.isprintable() or any(sign in shown for sign in "\u200c\u200d")
    assert len(shown.splitlines()) <= 1
    assert visible(shown) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u202eb", "ab"),
        ("a\x1b[0mb", "a[0mb"),
        ("👩\u200d💻", "👩\u200d💻"),
        (" a\n\tb ", "a b"),
        ("Zürich 東京", "Zürich 東京"),
    ],
)
def test_what_is_invisible_goes_and_what_is_writing_stays(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_a_date_is_read_in_words() -> None:
    assert day_text("2026-06-04") == day_text(date(2026, 6, 4)) == "4 June 2026"


def test_plain_words_stay_plain_in_the_source() -> None:
    assert escaped("Due on 2026-06-04: tokens, logs (2 of 5) and SSO.") == (
        "Due on 2026-06-04: tokens, logs (2 of 5) and SSO."
    )
