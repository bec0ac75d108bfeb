import pytest

from tam.entry_completion import completions, named

CUSTOMERS = [(1, "acme", "Acme Bank"), (2, "aurora-air", "Aurora Air"), (3, "b w", "Big Water"), (4, "9lives", "Nine")]


@pytest.mark.parametrize(
    ("line", "whole"),
    [
        ("1h30 ac", ["1h30 acme "]),
        ("1h30 a", ["1h30 acme ", "1h30 aurora-air ", "1h30 advice "]),
        ("45m acme rev", ["45m acme review call "]),
        ("45m acme feature wa", ["45m acme feature walk-through "]),
        ("45m big wa", ['45m "b w" ']),
        ('45m "big', ['45m "b w" ']),
        ("nine", ['"9lives" ']),
        ("acme", ["acme "]),
        ("1h acme, rev", []),
        ("1h acme ", []),
        ("1h zzz", []),
        ("", []),
    ],
)
def test_the_last_words_go_on_as_what_they_begin(line: str, whole: list[str]) -> None:
    assert completions(line, CUSTOMERS) == whole


def test_a_key_that_reads_like_something_else_is_quoted() -> None:
    assert [named(key) for key in ("acme", 'a"b', "9lives", "b w")] == ["acme", '"a""b"', '"9lives"', '"b w"']
