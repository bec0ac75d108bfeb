"""A query is read, refused with a word that helps, and written so that it reads the same again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickets.query.fields import FIELDS
from tickets.query.language import LONGEST, Query, QueryError, Term, parse, to_text


def test_the_example_of_the_documentation_is_read() -> None:
    query = parse('sev:1,2 state:open owner:me due<2h text:"token expired" -state:waiting')
    assert query.terms == (
        Term("sev", ("1", "2")),
        Term("state", ("open",)),
        Term("owner", ("me",)),
        Term("due", ("2h",), "<"),
        Term("text", ("token expired",)),
        Term("state", ("waiting",), negated=True),
    )


def test_bare_words_and_quotes_are_text() -> None:
    assert to_text(parse('token "two words" -noise 12:30')) == 'text:token text:"two words" -text:noise text:12:30'


def test_case_does_not_matter_in_words_of_the_language() -> None:
    assert parse("SEV:1 State:OPEN due<2H") == parse("sev:1 state:open due<2h")


def test_a_quote_may_hold_quotes_and_commas() -> None:
    query = parse(r'customer:"Big, \"quoted\" and \\ co",acme')
    assert query.terms[0].values == ('Big, "quoted" and \\ co', "acme")


@pytest.mark.parametrize(
    ("text", "word", "at", "close", "sentence"),
    [
        ("sev:1 stat:open", "stat", 6, "state", "no field 'stat' at sign 7"),
        ("http://x.example", "http", 0, "text", "put it in quotes"),
        ("state:opne", "opne", 0, "open", "did you mean 'open'"),
        ("sev:5", "5", 0, "", "known: 1, 2, 3, 4"),
        ("due<soon", "soon", 0, "", "write minutes, hours, days or weeks"),
        ("due:2h", "due:2h", 0, "", "compares with < or >"),
        ("age>2026-01-01", "2026-01-01", 0, "", "is no time"),
        ("received>2026-02-31", "2026-02-31", 0, "", "not in the calendar"),
        ("due<1h,2h", "1h,2h", 0, "", "takes one value"),
        ("sev<2", "sev<", 0, "", "takes a colon"),
        ("owner:", "owner:", 0, "", "needs a value"),
        ('text:"open', '"open', 5, "", "not closed"),
        ('text:"a"b', '"a"b', 5, "", "space has to follow"),
        ("!!!", "!!!", 0, "", "no letter and no digit"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(text: str, word: str, at: int, close: str, sentence: str) -> None:
    with pytest.raises(QueryError, match=sentence.replace("<", "[<]")) as refused:
        parse(text)
    assert (refused.value.word, refused.value.at, refused.value.close) == (word, at, close)


def test_a_query_has_an_end() -> None:
    with pytest.raises(QueryError, match="at most"):
        parse("a" * (LONGEST + 1))


def test_every_example_that_is_shown_is_valid() -> None:
    for field in FIELDS.values():
        assert parse(to_text(parse(field.example))) == parse(field.example)


names = st.text(min_size=1, max_size=20).filter(lambda text: any(sign.isalnum() for sign in text))
clean = names.filter(lambda text: "\0" not in text and not any(0xD800 <= ord(sign) < 0xE000 for sign in text))
terms = st.one_of(
    st.builds(Term, st.just("sev"), st.lists(st.sampled_from("1234"), min_size=1, max_size=3).map(tuple)),
    st.builds(
        Term,
        st.sampled_from(["owner", "customer", "tag", "plan", "queue", "channel"]),
        st.lists(clean, min_size=1, max_size=3).map(tuple),
        negated=st.booleans(),
    ),
    st.builds(Term, st.just("text"), st.tuples(clean), negated=st.booleans()),
    st.builds(Term, st.sampled_from(["due", "received"]), st.just(("2026-01-31",)), st.sampled_from(["<", ">=", ":"])),
    st.builds(Term, st.sampled_from(["age", "waiting"]), st.just(("3d",)), st.sampled_from(["<", ">"])),
)


@given(st.lists(terms, max_size=6))
def test_what_is_written_reads_the_same(found: list[Term]) -> None:
    query = Query(tuple(found))
    assert parse(to_text(query)) == query


@given(st.text(max_size=60))
def test_any_text_is_a_query_or_refused_with_its_place(text: str) -> None:
    try:
        query = parse(text)
    except QueryError as error:
        assert 0 <= error.at <= len(text)
        assert str(error)
    else:
        assert parse(to_text(query)) == query
