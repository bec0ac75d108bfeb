"""A proof of value is judged by three to five measurable criteria, agreed before and shown by evidence."""

import pytest

from models import journal
from models.connection import Desk
from models.errors import CannotUndo, DomainError, NotAllowed, NotFound, StaleRow
from onboarding import criteria, evidence
from onboarding.errors import OnboardingRefused
from onboarding.evidence import About
from tests.onboarding.board import NOW, proof
from tests.tickets.cast import Cast, cast


def draft(who: Cast, number: int, count: int = 3) -> list[int]:
    return [
        criteria.add(number, f"Login {place}", who.tom, NOW, measure="seconds", target="under 2")
        for place in range(count)
    ]


def test_criteria_are_drafted_in_order_changed_and_agreed(desk: Desk) -> None:
    who = cast()
    number = proof(who)
    first, second, _ = draft(who, number)
    criteria.change(second, who.tom, NOW, what="SSO works", measure="logins", target="50 of 50", version=1)
    criteria.agree_all(number, who.tom, NOW)
    found = criteria.criteria(number)
    assert [row.what for row in found] == ["Login 0", "SSO works", "Login 2"]
    assert [row.agreed_at for row in found] == [NOW] * 3
    assert found[0] == (first, number, 1, "Login 0", "seconds", "under 2", "", "open", NOW, 0, 2)


@pytest.mark.parametrize(("count", "hint"), [(2, "has 2; add some"), (6, "has 6; keep those that matter most")])
def test_two_are_too_few_and_six_too_many(desk: Desk, count: int, hint: str) -> None:
    who = cast()
    number = proof(who)
    draft(who, number, count)
    with pytest.raises(OnboardingRefused, match=f"A proof of value has 3 to 5 criteria, and Globex {hint}"):
        criteria.agree_all(number, who.tom, NOW)
    assert all(row.agreed_at is None for row in criteria.criteria(number))


def test_five_are_agreed(desk: Desk) -> None:
    who = cast()
    number = proof(who)
    draft(who, number, 5)
    criteria.agree_all(number, who.tom, NOW)
    assert all(row.agreed_at == NOW for row in criteria.criteria(number))


@pytest.mark.parametrize(
    ("measure", "target", "lacks"),
    [("", "", "a measure and a target"), ("seconds", " ", "a target"), ("", "under 2", "a measure")],
)
def test_what_cannot_be_measured_is_not_agreed(desk: Desk, measure: str, target: str, lacks: str) -> None:
    who = cast()
    number = proof(who)
    draft(who, number, 2)
    criteria.add(number, "It feels fast", who.tom, NOW, measure=measure, target=target)
    with pytest.raises(OnboardingRefused, match=f"'It feels fast' has no way to be judged: it needs {lacks}\\."):
        criteria.agree_all(number, who.tom, NOW)


def test_what_is_agreed_stays_until_it_is_reopened_with_a_reason(desk: Desk) -> None:
    who = cast()
    number = proof(who)
    first, *_ = draft(who, number)
    criteria.agree_all(number, who.tom, NOW)
    refusals = [
        lambda: criteria.change(first, who.tom, NOW, target="under 9"),
        lambda: criteria.remove(first, who.tom, NOW),
        lambda: criteria.add(number, "One more", who.tom, NOW),
        lambda: criteria.agree_all(number, who.tom, NOW),
    ]
    for refused in refusals:
        with pytest.raises(OnboardingRefused, match="agreed with the customer; reopen them with a reason"):
            refused()
    with pytest.raises(OnboardingRefused, match="The reason is missing"):
        criteria.reopen_all(number, "", who.tom, NOW)
    criteria.reopen_all(number, "The use case changed", who.tom, NOW)
    criteria.change(first, who.tom, NOW, target="under 9")
    assert criteria.criterion(first).target == "under 9"


def test_a_judgement_needs_agreement_and_evidence_and_then_ends_the_bargaining(desk: Desk) -> None:
    who = cast()
    number = proof(who)
    first, *_ = draft(who, number)
    with pytest.raises(OnboardingRefused, match="is not agreed yet; agree the criteria with Globex first"):
        criteria.judge(first, "1.4 seconds", True, who.tom, NOW)
    criteria.agree_all(number, who.tom, NOW)
    with pytest.raises(OnboardingRefused, match="'Login 0' has no evidence"):
        criteria.judge(first, "1.4 seconds", True, who.tom, NOW)
    evidence.add_note(number, "Measured together", who.tom, NOW, about=About(criterion_id=first))
    criteria.judge(first, "2.5 seconds", False, who.tom, NOW)
    assert criteria.criterion(first)[6:10] == ("2.5 seconds", "not met", NOW, 1)
    criteria.judge(first, "1.4 seconds", True, who.tom, NOW)
    assert criteria.criterion(first).state == "met"
    with pytest.raises(OnboardingRefused, match="'Login 0' was judged already"):
        criteria.reopen_all(number, "Easier ones", who.tom, NOW)


def test_a_draft_goes_unless_evidence_hangs_on_it(desk: Desk) -> None:
    who = cast()
    number = proof(who)
    first, second, third = draft(who, number)
    evidence.add_note(number, "A hint", who.tom, NOW, about=About(criterion_id=first))
    with pytest.raises(OnboardingRefused, match="'Login 0' has evidence"):
        criteria.remove(first, who.tom, NOW)
    criteria.remove(second, who.tom, NOW)
    assert [row.id for row in criteria.criteria(number)] == [first, third]
    journal.undo(who.tom, NOW)
    assert [row.id for row in criteria.criteria(number)] == [first, second, third]


def test_an_agreement_was_seen_by_the_customer_and_is_not_undone(desk: Desk) -> None:
    who = cast()
    number = proof(who)
    draft(who, number)
    criteria.agree_all(number, who.tom, NOW)
    with pytest.raises(CannotUndo):
        journal.undo(who.tom, NOW)


def test_engineers_judge_and_do_not_agree_and_a_stale_copy_is_refused(desk: Desk) -> None:
    who = cast()
    number = proof(who)
    first, *_ = draft(who, number)
    with pytest.raises(NotAllowed):
        criteria.agree_all(number, who.ben, NOW)
    criteria.change(first, who.tom, NOW, target="under 1")
    with pytest.raises(StaleRow, match="Tom changed a criterion of Globex"):
        criteria.change(first, who.anna, NOW, target="under 3", version=1)
    with pytest.raises(NotFound):
        criteria.criterion(9999)
    with pytest.raises(DomainError, match="not agreed yet; change them as they are"):
        criteria.reopen_all(number, "Why not", who.tom, NOW)
