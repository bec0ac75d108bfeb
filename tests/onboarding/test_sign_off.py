"""Both sides sign the go-live by name, once the check before it is complete."""

import pytest

from models import journal
from models.connection import Desk
from models.customers import Contact
from models.errors import NotAllowed, NotFound
from models.onboardings import GatePassing
from onboarding import sign_off
from onboarding.errors import OnboardingRefused
from tests.onboarding.board import NOW, settle, term
from tests.tickets.cast import Cast, cast


def contact(customer: int, name: str, named: int = 0) -> int:
    with journal.transaction(None, NOW, "contact") as tx:
        row = tx.insert(Contact, customer=customer, name=name, named=named)
        tx.say(f"{name} came.")
    return row


def ready(who: Cast) -> int:
    number = term(who)
    settle(number, "go-live")
    return number


def test_both_sides_sign_by_name_and_it_is_kept_who_recorded_it(desk: Desk) -> None:
    who = cast()
    number = ready(who)
    grace = contact(who.globex, "Grace", named=1)
    assert sign_off.missing(number) == ("vendor", "customer")
    sign_off.sign_customer(number, grace, who.anna, NOW + 1)
    sign_off.sign_vendor(number, who.tom, NOW + 2)
    assert sign_off.missing(number) == ()
    assert [row[2:] for row in sign_off.sign_offs(number)] == [
        ("vendor", "Tom", "Tom", NOW + 2),
        ("customer", "Grace", "Anna", NOW + 1),
    ]


def test_an_incomplete_check_is_signed_by_nobody(desk: Desk) -> None:
    who = cast()
    number = term(who)
    for actor in (who.tom, who.anna):
        with pytest.raises(
            OnboardingRefused, match=r"The check before go-live is not complete: .* and \d more\. Finish"
        ):
            sign_off.sign_vendor(number, actor, NOW)
    assert sign_off.sign_offs(number) == []


def test_only_whom_the_order_names_signs_for_the_customer(desk: Desk) -> None:
    who = cast()
    number = ready(who)
    gus = contact(who.globex, "Gus")
    assert sign_off.signers(who.globex) == [(gus, "Gus")]
    grace = contact(who.globex, "Grace", named=1)
    assert sign_off.signers(who.globex) == [(grace, "Grace")]
    with pytest.raises(OnboardingRefused, match="Gus is not named in the order of Globex; Grace may sign"):
        sign_off.sign_customer(number, gus, who.tom, NOW)
    with pytest.raises(NotFound, match="of Globex"):
        sign_off.sign_customer(number, who.carla, who.tom, NOW)


def test_a_side_signs_once_and_may_take_it_back_until_go_live(desk: Desk) -> None:
    who = cast()
    number = ready(who)
    sign_off.sign_vendor(number, who.tom, NOW)
    with pytest.raises(OnboardingRefused, match="The vendor has signed the go-live of Globex already"):
        sign_off.sign_vendor(number, who.anna, NOW)
    with pytest.raises(NotFound, match="The customer has not signed"):
        sign_off.withdraw(number, "customer", "A backup is missing", who.tom, NOW)
    sign_off.withdraw(number, "vendor", "A backup is missing", who.tom, NOW)
    assert sign_off.missing(number) == ("vendor", "customer")
    sign_off.sign_vendor(number, who.tom, NOW)
    with journal.transaction(None, NOW, "live") as tx:
        tx.insert(GatePassing, onboarding=number, gate="go-live", at=NOW)
        tx.say("They went live.")
    with pytest.raises(OnboardingRefused, match="Globex is live already"):
        sign_off.withdraw(number, "vendor", "Second thoughts", who.tom, NOW)


def test_an_engineer_does_not_sign_for_the_vendor(desk: Desk) -> None:
    who = cast()
    number = ready(who)
    with pytest.raises(NotAllowed, match="it takes a tam or a lead"):
        sign_off.sign_vendor(number, who.ben, NOW)
