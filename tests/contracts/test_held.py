"""Which terms a customer had at an instant."""

import pytest

from contracts.errors import UnknownPlan
from contracts.held import customer_id, terms_at
from models import journal
from models.agreements import Adoption, Contract
from models.connection import Desk
from models.errors import NotFound
from models.reading import scalar
from tests.tickets.cast import add_customer, at, cast


def test_a_new_revision_holds_from_its_adoption_and_not_before(desk: Desk) -> None:
    who = cast()
    contract = scalar("SELECT id FROM contract WHERE customer_id = ?", (who.hobby,))
    with journal.transaction(None, at("Mon 09:00"), "adopt") as tx:
        tx.insert(Adoption, contract=contract, revision="2023-10-06", effective_at=at("Tue 00:00"))
        tx.say("Hobby adopted.")
    before = terms_at(who.hobby, at("Tue 00:00") - 1)
    assert before is not None
    assert before.terms.agreement.revision == "2023-11-15"
    with pytest.raises(UnknownPlan, match="2023-10-06 has no plan 'free'"):
        terms_at(who.hobby, at("Tue 00:00"))


def test_no_terms_hold_before_a_contract_starts_nor_from_its_end_on(desk: Desk) -> None:
    who = cast()
    contract = scalar("SELECT id FROM contract WHERE customer_id = ?", (who.acme,))
    with journal.transaction(None, at("Mon 09:00"), "end") as tx:
        tx.update(Contract, contract, ends_at=at("Tue 00:00"))
        tx.say("Acme ends.")
    assert terms_at(who.acme, at("2026-01-01 00:00") - 1) is None
    assert terms_at(who.acme, at("Tue 00:00") - 1) is not None
    assert terms_at(who.acme, at("Tue 00:00")) is None
    assert terms_at(who.stray, at("Mon 09:00")) is None


def test_a_customer_is_found_by_key_or_name_and_a_wrong_name_gets_the_nearest(desk: Desk) -> None:
    who = cast()
    assert customer_id("acme") == customer_id("ACME") == who.acme
    with pytest.raises(NotFound, match="did you mean 'acme'"):
        customer_id("acmee")


def test_a_customer_with_letters_beyond_ascii_is_found_whatever_the_case(desk: Desk) -> None:
    cast()
    zurich, strasse = add_customer("Zürich Rück"), add_customer("Große Straße")
    assert {customer_id(name) for name in ("ZÜRICH RÜCK", "zürich rück", "Zu\u0308rich Ru\u0308ck")} == {zurich}
    assert customer_id("GROSSE STRASSE") == strasse
    with pytest.raises(NotFound, match="did you mean 'zürich rück'"):
        customer_id("Zürich Ruck")
