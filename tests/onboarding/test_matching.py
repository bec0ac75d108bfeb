"""What a customer asks for finds the annex's line that it is about, in whatever words they say it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.current import catalogue
from onboarding.matching import SURE, match


def exclusions(revision: str = "2023-11-15") -> tuple[str, ...]:
    onboarding = catalogue().revision(revision).onboarding
    assert onboarding is not None
    return tuple(onboarding.out_of_scope.entries)


@pytest.mark.parametrize("revision", ["2023-10-05", "2023-11-15"])
def test_each_of_the_ten_finds_itself(revision: str) -> None:
    entries = exclusions(revision)
    assert len(entries) == 10
    assert [match(entry, entries)[0] for entry in entries] == [(entry, 100) for entry in entries]


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ("Can you run a load test on our login?", 0),
        ("Please set up S3 buckets for the backups", 1),
        ("two instances on the same cluster", 2),
        ("hook the alerts into PagerDuty", 3),
        ("a multi-cluster setup", 4),
        ("open a port in our firewall", 5),
        ("our Helm chart needs a custom ingress", 6),
        ("do the same for the staging environment", 7),
        ("deploy to prod for us", 8),
        ("review our frontend code", 9),
    ],
)
def test_other_words_for_the_ten_find_them(asked: str, place: int) -> None:
    entries = exclusions()
    best, score = match(asked, entries)[0]
    assert best == entries[place]
    assert score >= SURE


@pytest.mark.parametrize("asked", ["", "Train our administrators", "configuration", "How do I ...?", "用户"])
def test_what_is_about_none_of_them_finds_none(asked: str) -> None:
    assert match(asked, exclusions()) == []


@given(st.text(max_size=80))
def test_any_text_has_scores_from_one_to_hundred_the_best_first(text: str) -> None:
    scores = [score for _, score in match(text, exclusions())]
    assert scores == sorted(scores, reverse=True)
    assert all(1 <= score <= 100 for score in scores)


def test_without_lines_nothing_is_found() -> None:
    assert match("performance", ()) == []
