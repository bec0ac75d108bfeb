"""Dependencies are followed without losing the way: circles are named, chains are the longest."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from onboarding.critical import circle, in_order, longest_chain


def test_a_circle_is_named_from_its_own_first_thing() -> None:
    assert circle({"a": ["b"], "b": ["c"], "c": ["b"]}) == ("b", "c", "b")
    assert circle({"a": ["a"]}) == ("a", "a")
    assert circle({"a": ["b", "c"], "b": ["c"], "c": []}) == ()


def test_what_is_needed_and_unknown_is_left_out() -> None:
    assert circle({"a": ["gone"]}) == ()
    assert in_order({"a": ["gone", "b"], "b": []}) == ["b", "a"]


def test_the_longest_chain_counts_days_and_not_things() -> None:
    days = {"a": 1, "b": 1, "c": 1, "d": 9, "e": 2}
    needs = {"b": ["a"], "c": ["b"], "e": ["d"]}
    assert longest_chain(days, needs) == ("d", "e")
    assert longest_chain({"a": 1, "b": 1}, {}) == ("a",)
    assert longest_chain({}, {}) == ()


@given(st.dictionaries(st.integers(0, 9), st.lists(st.integers(0, 9), max_size=3), max_size=10))
def test_there_is_an_order_exactly_where_there_is_no_circle(needs: dict[int, list[int]]) -> None:
    around = circle(needs)
    if around:
        assert around[0] == around[-1]
        assert all(after in needs[before] for before, after in pairwise(around))
        return
    ordered = in_order(needs)
    assert sorted(ordered) == sorted(needs)
    for key, wanted in needs.items():
        assert all(ordered.index(need) < ordered.index(key) for need in wanted if need in needs)
