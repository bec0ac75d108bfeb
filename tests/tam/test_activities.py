import pytest

from models.errors import DomainError
from tam.activities import ACTIVITIES, KEYS, activity, named, recognised


def test_what_the_agreed_hours_are_for_counts_and_the_rest_does_not() -> None:
    counting = [each.key for each in ACTIVITIES if each.counts]
    assert counting == [
        "advice",
        "review call",
        "feature walk-through",
        "customer feedback",
        "onboarding",
        "escalation",
    ]
    assert [each.key for each in ACTIVITIES if each.billable] == ["consulting"]
    assert "quote" in activity("consulting").offer


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("adv", "advice"),
        ("Review  Call", "review call"),
        ("rev", "review call"),
        ("call", "review call"),
        ("walkthrough", "feature walk-through"),
        ("feature walk", "feature walk-through"),
        ("feed", "customer feedback"),
        ("bug", "defect"),
        ("cons", "consulting"),
    ],
)
def test_an_activity_is_recognised_by_as_much_as_only_it_begins_with(typed: str, key: str) -> None:
    found = recognised(typed)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize("typed", ["", "re", "co", "lunch", "reviews", "best"])
def test_what_is_too_short_or_means_nothing_is_no_activity(typed: str) -> None:
    assert recognised(typed) is None


def test_a_whole_name_is_wanted_where_a_beginning_is_not_enough() -> None:
    assert named("adv") is None
    assert named(" ADVICE ") is activity("advice")


def test_an_unknown_key_is_refused_with_the_nearest() -> None:
    with pytest.raises(DomainError, match="did you mean 'onboarding'"):
        activity("onbording")
    assert len(set(KEYS)) == len(KEYS)
