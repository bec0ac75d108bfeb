"""Evidence is a link, a note or a file, for an item or a criterion; what is internal stays with us."""

import pytest

from models import journal
from models.connection import Desk
from models.errors import DomainError, NotAllowed, NotFound
from models.reading import scalar
from onboarding import criteria, evidence
from onboarding.errors import OnboardingRefused
from onboarding.evidence import About, checked_link
from tests.onboarding.board import NOW, item, proof, prove, term
from tests.tickets.cast import cast
from tickets.attachments import LIMIT


def test_a_link_a_note_and_a_file_are_kept_in_their_order(desk: Desk) -> None:
    who = cast()
    number = term(who)
    about = About(item_id=item(number, "observability"))
    evidence.add_link(number, "https://example.com/run/7?q=1#end", who.tom, NOW, about=about)
    evidence.add_note(number, " Seen together.\nOn Monday. ", who.ben, NOW + 1, about=about, internal=True)
    file_id = evidence.add_file(number, "../../run: 7.log", b"all green", who.tom, NOW + 2, about=about)
    told = [(row.kind, row.text, row.internal, row.size, row.person) for row in evidence.evidence(number)]
    assert told == [
        ("link", "https://example.com/run/7?q=1#end", 0, None, "Tom"),
        ("note", "Seen together.\nOn Monday.", 1, None, "Ben"),
        ("file", "run_ 7.log", 0, 9, "Tom"),
    ]
    assert [row.kind for row in evidence.evidence(number, public_only=True)] == ["link", "file"]
    assert evidence.body(file_id) == b"all green"
    assert {row.item_id for row in evidence.evidence(number)} == {about.item_id}


def test_the_same_file_is_stored_once(desk: Desk) -> None:
    who = cast()
    number = term(who)
    for name in ("one.log", "two.log"):
        evidence.add_file(number, name, b"the same", who.tom, NOW)
    assert scalar("SELECT COUNT(*) FROM content") == 1


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://example.com/x",
        "example.com",
        "https://",
        "http://[",
        "//x.y",
    ],
)
def test_only_web_addresses_are_links(address: str) -> None:
    with pytest.raises(OnboardingRefused, match="is no web address; write it like"):
        checked_link(address)


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("https://tom:secret@example.com/", "carries a login; write it without"),
        ("https://example.com/a b", "has no spaces"),
        (f"https://example.com/{'a' * 2000}", "at most 2000 signs"),
        ("https://example.com/\u202e", "is no web address"),
        ("  ", "The address is missing"),
    ],
)
def test_an_address_that_hides_something_is_refused(address: str, sentence: str) -> None:
    with pytest.raises(OnboardingRefused, match=sentence):
        checked_link(address)


def test_what_is_too_large_empty_or_for_nothing_that_is_there_is_refused(desk: Desk) -> None:
    who = cast()
    number = term(who)
    with pytest.raises(DomainError, match="an attachment has at most 25"):
        evidence.add_file(number, "dump", b"x" * (LIMIT + 1), who.tom, NOW)
    with pytest.raises(OnboardingRefused, match="The note is empty"):
        evidence.add_note(number, " \n", who.tom, NOW)
    with pytest.raises(NotFound, match="There is no criterion 77 in this onboarding"):
        evidence.add_note(number, "Seen", who.tom, NOW, about=About(criterion_id=77))
    with pytest.raises(OnboardingRefused, match="for an item or for a criterion"):
        evidence.add_note(number, "Seen", who.tom, NOW, about=About(1, 1))
    with pytest.raises(NotAllowed):
        evidence.add_note(number, "Seen", who.rita, NOW)
    assert evidence.evidence(number) == []


def test_evidence_of_another_customer_cannot_be_borrowed(desk: Desk) -> None:
    who = cast()
    number = term(who)
    other = proof(who._replace(globex=who.plain))
    with pytest.raises(NotFound, match="is an item of another onboarding"):
        evidence.add_note(other, "Seen", who.tom, NOW, about=About(item_id=item(number, "observability")))


def test_what_a_judgement_rests_on_stays_until_there_is_more(desk: Desk) -> None:
    who = cast()
    number = proof(who)
    prove(number)
    first = criteria.criteria(number)[0].id
    [only] = [row.id for row in evidence.evidence(number) if row.criterion_id == first]
    with pytest.raises(OnboardingRefused, match="judged on this alone; add other evidence first"):
        evidence.remove(only, who.tom, NOW)
    evidence.add_note(number, "Seen again", who.tom, NOW, about=About(criterion_id=first))
    evidence.remove(only, who.tom, NOW)
    with pytest.raises(NotFound):
        evidence.piece(only)
    journal.undo(who.tom, NOW)
    assert evidence.piece(only).text == "Seen."


def test_a_note_is_no_file(desk: Desk) -> None:
    who = cast()
    number = term(who)
    note = evidence.add_note(number, "Seen", who.tom, NOW)
    with pytest.raises(NotFound, match=f"Evidence {note} is no file"):
        evidence.body(note)
