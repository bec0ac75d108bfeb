"""A lead brings a customer's contract to the desk, renews it, and lets it end."""

from datetime import date

import pytest

from contracts.directory import add_contact, add_customer, change_customer, contacts
from contracts.errors import InvalidOrder, UnknownPlan
from contracts.held import terms_at
from contracts.signing import SigningRefused, end, newest_annex, preview, renew, sign
from models import journal
from models.connection import Desk
from models.errors import DomainError, NotAllowed
from models.reading import one, rows, scalar
from models.undo import undo_newest
from tests.tickets.cast import Cast, at, cast, receive

FIRST, LAST = date(2026, 6, 1), date(2027, 5, 31)
MON = at("Mon 08:00")
ORDER = {
    "reference": "Q-7",
    "tam": {"minutes": 600, "per": "month"},
    "contacts": [{"name": "Nina Ode", "email": "Nina@Newco.example"}, {"name": "Ola"}],
}


@pytest.fixture
def who(desk: Desk) -> Cast:
    return cast()


def newco(who: Cast) -> int:
    return add_customer("Newco Söhne", who.anna, MON, tam="tom")


def test_a_customer_is_added_signed_and_entitled_at_once(who: Cast) -> None:
    customer = newco(who)
    assert one("SELECT key, tam_id FROM customer WHERE id = ?", (customer,)) == ("newco-sohne", who.tom)
    signed = sign(customer, "Production", FIRST, LAST, who.anna, MON, support_option="extended", order=ORDER)
    assert signed.sentence == (
        "Anna signed for Newco Söhne: Newco Söhne's Production plan with Extended support, annex 2023-11-15, "
        "holds from 2026-06-01 to 2027-05-31."
    )
    assert terms_at(customer, at("2026-05-31 23:59")) is None
    held = terms_at(customer, at("2026-06-01 00:00"))
    assert held is not None
    assert held.terms.plan_text == "Newco Söhne's Production plan with Extended support"
    assert held.terms.severity(1).objective.value.minutes == 60
    assert rows("SELECT starts_on, ends_on FROM term WHERE contract_id = ?", (signed.contract_id,)) == [
        ("2026-06-01", "2027-05-31")
    ]
    assert [(each.name, each.email, each.named) for each in contacts(customer)] == [
        ("Nina Ode", "nina@newco.example", 1),
        ("Ola", None, 1),
    ]


def test_a_preview_tells_the_terms_and_writes_nothing(who: Cast) -> None:
    customer, before = newco(who), journal.newest()
    planned = preview(customer, "production", FIRST, LAST)
    assert planned.contract_id is None
    assert planned.terms.agreement.revision == newest_annex() == "2023-11-15"
    assert (journal.newest(), terms_at(customer, at("Tue 09:00"))) == (journal.newest(), None)
    assert journal.newest() == before


@pytest.mark.parametrize(
    ("said", "refusal", "sentence"),
    [
        ({"plan": "gold"}, UnknownPlan, "gold"),
        ({"ends_on": date(2026, 5, 1)}, SigningRefused, "before it starts"),
        ({"order": {"tan": {}}}, InvalidOrder, "did you mean 'tam'"),
    ],
)
def test_what_cannot_hold_is_not_signed(who: Cast, said: dict, refusal: type[Exception], sentence: str) -> None:
    customer = newco(who)
    asked = {"plan": "production", "starts_on": FIRST, "ends_on": LAST, "order": None} | said
    with pytest.raises(refusal, match=sentence):
        sign(customer, **asked, actor=who.anna, at=MON)
    assert scalar("SELECT count(*) FROM contract WHERE customer_id = ?", (customer,)) == 0


def test_a_second_contract_replaces_the_first_only_when_asked(who: Cast) -> None:
    with pytest.raises(SigningRefused, match="has a contract in force on 2026-06-03"):
        sign(who.plain, "enterprise-cloud", date(2026, 6, 3), LAST, who.anna, MON)
    sign(who.plain, "enterprise-cloud", date(2026, 6, 3), LAST, who.anna, MON, replace=True)
    for when, plan in (("Tue 23:59", "Production"), ("Wed 00:00", "Enterprise Cloud")):
        held = terms_at(who.plain, at(when))
        assert held is not None
        assert held.terms.plan.value == plan
    with pytest.raises(SigningRefused, match="begins on 2026-06-03"):
        sign(who.plain, "production", date(2026, 6, 2), LAST, who.anna, MON, replace=True)


def test_what_was_promised_stays_promised(who: Cast) -> None:
    number = receive(who, "Tue 09:00")
    with pytest.raises(SigningRefused, match=f"#{number} of Acme was received on 2026-06-02"):
        sign(who.acme, "production", date(2026, 6, 2), LAST, who.anna, at("Tue 10:00"), replace=True)
    with pytest.raises(SigningRefused, match=f"#{number}"):
        end(who.acme, FIRST, who.anna, at("Tue 10:00"), "they left")
    end(who.acme, date(2026, 6, 2), who.anna, at("Tue 10:00"), "they left")
    assert terms_at(who.acme, at("Tue 23:59")) is not None
    assert terms_at(who.acme, at("Wed 00:00")) is None


def test_a_term_follows_the_last_one_with_its_days_of_credit(who: Cast) -> None:
    with journal.transaction(who.anna, MON, "grant") as tx:
        from models.agreements import Term

        term = scalar(
            "SELECT t.id FROM term t JOIN contract k ON k.id = t.contract_id WHERE customer_id = ?", (who.acme,)
        )
        tx.update(Term, term, None, extension_days=3)
        tx.say("Three days were granted.")
    renewed = renew(who.acme, date(2027, 12, 31), who.anna, MON)
    assert renewed.sentence == "Anna renewed Acme's contract from 2027-01-04 to 2027-12-31."
    with pytest.raises(SigningRefused, match="runs to 2027-12-31"):
        renew(who.acme, date(2027, 12, 31), who.anna, MON)
    with pytest.raises(SigningRefused, match="no contract that could be renewed"):
        renew(who.stray, LAST, who.anna, MON)


def test_only_a_lead_signs_and_undo_takes_it_back_whole(who: Cast) -> None:
    customer = newco(who)
    with pytest.raises(NotAllowed):
        sign(customer, "production", FIRST, LAST, who.tom, MON)
    with pytest.raises(NotAllowed):
        add_customer("Other", who.ben, MON)
    sign(customer, "production", FIRST, LAST, who.anna, MON, order=ORDER)
    undo_newest(who.anna, MON + 1)
    assert terms_at(customer, at("Tue 09:00")) is None
    assert contacts(customer) == []


def test_a_name_a_key_and_an_address_are_told_apart(who: Cast) -> None:
    customer = newco(who)
    for said, sentence in (
        ({"name": "Acme"}, r"Acme \(acme\) is a customer already"),
        ({"name": "Acme 2", "key": "acme"}, "choose another name or key"),
        ({"name": "X", "key": "a b"}, "cannot be a key"),
        ({"name": "X", "zone": "Mars/Base"}, "Mars/Base"),
        ({"name": "X", "tam": "ben"}, "ben is no TAM"),
        ({"name": "X", "tam": "nobody"}, "not on this desk"),
        ({"name": " "}, "needs a name"),
        ({"name": "a\x1b[2J"}, "printable"),
    ):
        with pytest.raises(DomainError, match=sentence):
            add_customer(**said, actor=who.anna, at=MON)
    with pytest.raises(DomainError, match="Carla's of Acme already"):
        add_contact(customer, "Carl", who.ben, MON, email="CARLA@acme.example")
    with pytest.raises(DomainError, match="is no e-mail address"):
        add_contact(customer, "Carl", who.ben, MON, email="carl")
    with pytest.raises(NotAllowed):
        add_contact(customer, "Carl", who.ben, MON, named=True)
    assert change_customer(customer, who.tom, MON, zone="Asia/Tokyo", tam="") == (
        "Tom changed Newco Söhne: zone Asia/Tokyo, tam none."
    )
    with pytest.raises(DomainError, match="Say what to change"):
        change_customer(customer, who.tom, MON)
