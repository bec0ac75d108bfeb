"""An engineer takes a request in, hears what it is worth while filling it in, and asks for what is missing."""

import pytest

from contracts.errors import ContractError, NotEntitled
from models import journal
from models.connection import Desk
from models.customers import Contact
from models.errors import NotAllowed, NotFound, StaleRow
from models.reading import scalar
from tests.tickets.cast import REVISION, ZONE, Cast, at, cast, everything, sign
from tickets import assessment, operations, please_send, requests, ticket_reading
from tickets.assessment import BACK, QUOTE, Assessment, assess
from tickets.errors import RuleRefused
from tickets.requests import SCENARIOS, Draft, draft_of, facts, missing, receive_request

MONDAY = at("Mon 09:00")


def draft(who: Cast, **said: object) -> Draft:
    """Acme's Carla cannot log in."""
    return Draft(
        customer_id=who.acme,
        subject="Login loop",
        body="Nobody gets in.",
        contact_id=who.carla,
        scenario="error",
        customer_severity=2,
    )._replace(**said)


def told(found: Assessment, key: str) -> tuple[str, str]:
    """State and text of the first finding of a kind."""
    return next((finding.state, finding.text) for finding in found.findings if finding.key == key)


# what is said while the form is filled in


def test_a_whole_request_says_contact_channel_promise_and_scope(desk: Desk) -> None:
    who = cast()
    found = assess(draft(who), MONDAY, ZONE)
    assert told(found, "contact") == ("ok", "Carla is named in the order")
    assert told(found, "channel") == ("ok", "Ticket is part of Acme's Production plan with Extended support")
    assert told(found, "promise") == ("ok", "severity 2, 2 extended hours: due 11:00")
    assert told(found, "scope")[1].startswith("in scope: What the vendor provides")
    assert (found.due_at, found.hours, found.offer, found.refused) == (at("Mon 11:00"), "extended", "", "")
    assert found.in_scope
    assert all(finding.source.startswith(("order", REVISION)) for finding in found.findings)


def test_an_empty_form_is_judged_too(desk: Desk) -> None:
    who = cast()
    found = assess(Draft(customer_id=who.acme), MONDAY, ZONE)
    assert told(found, "contact") == ("note", "nobody is named as the contact yet")
    assert told(found, "promise")[1].startswith("severity 3, 12 extended hours")
    assert [each.field for each in found.missing] == [
        "subject",
        "body",
        "contact",
        "scenario",
        "customer_severity",
        "impact",
    ]


def test_a_contact_whom_the_order_does_not_name_is_told(desk: Desk) -> None:
    who = cast()
    with journal.transaction(None, MONDAY, "setup") as tx:
        other = tx.insert(Contact, customer=who.acme, name="Otto", email="otto@acme.example")
        tx.say("Otto came.")
    assert told(assess(draft(who, contact_id=other), MONDAY, ZONE), "contact") == (
        "warning",
        "Otto is not named in Acme's order",
    )


def test_the_orders_own_list_of_contacts_counts(desk: Desk) -> None:
    who = cast()
    named = {"reference": "A-7", "contacts": [{"name": "Nia", "email": "Nia@Nord.example"}]}
    nord = sign("Nord", "production", order=named)
    with journal.transaction(None, MONDAY, "setup") as tx:
        nia = tx.insert(Contact, customer=nord, name="Nia", email="nia@nord.example")
        tx.say("Nia came.")
    found = assess(draft(who, customer_id=nord, contact_id=nia), MONDAY, ZONE)
    assert found.findings[0] == ("contact", "ok", "Nia is named in the order", "order A-7")


def test_a_free_plan_refuses_a_professional_channel_before_anything_is_written(desk: Desk) -> None:
    who = cast()
    asked = draft(who, customer_id=who.hobby, contact_id=None)
    found = assess(asked, MONDAY, ZONE)
    assert told(found, "channel")[0] == "refused"
    assert "log it as community" in found.refused
    assert found.due_at is None
    with pytest.raises(NotEntitled) as refused:
        receive_request(asked, actor=who.anna, at=MONDAY)
    assert str(refused.value) == found.refused
    assert assess(asked._replace(channel="community"), MONDAY, ZONE).refused == ""


def test_without_a_promise_or_a_contract_it_says_so(desk: Desk) -> None:
    who = cast()
    plain = assess(draft(who, customer_id=who.plain, contact_id=None), MONDAY, ZONE)
    assert told(plain, "promise") == (
        "note",
        "no clock: best effort: the plan promises no response time at this severity",
    )
    stray = assess(draft(who, customer_id=who.stray, contact_id=None), MONDAY, ZONE)
    assert told(stray, "channel") == ("warning", "no contract is in force")
    assert (stray.due_at, stray.hours) == (None, "")


@pytest.mark.parametrize(
    ("scenario", "offer"), [("consulting", QUOTE), ("engineering", QUOTE), ("end-user", BACK), ("question", "")]
)
def test_what_support_excludes_is_offered_another_way(desk: Desk, scenario: str, offer: str) -> None:
    who = cast()
    found = assess(draft(who, scenario=scenario), MONDAY, ZONE)
    assert found.offer == offer
    assert found.in_scope is not bool(offer)
    assert (f"excluded from support: {'Requests' if offer == BACK else 'Wider'}" in told(found, "scope")[1]) is bool(
        offer
    )


def test_every_scenario_finds_its_line_in_the_catalogue(desk: Desk) -> None:
    who = cast()
    for key in SCENARIOS:
        state, text = told(assess(draft(who, scenario=key), MONDAY, ZONE), "scope")
        assert text.removeprefix("in scope: ") != SCENARIOS[key].title, (key, state)


def test_a_wish_is_promised_nothing_and_a_security_issue_has_an_address(desk: Desk) -> None:
    who = cast()
    wish = assess(draft(who, scenario="feature-request"), MONDAY, ZONE)
    assert any("no feature is promised" in finding.text for finding in wish.findings)
    alarm = assess(draft(who, scenario="security"), MONDAY, ZONE)
    assert any("security@zitadel.com" in finding.text for finding in alarm.findings)


def test_the_service_description_says_whose_it_is(desk: Desk) -> None:
    who = cast()
    assert "Backup" in assessment.areas(who.acme, MONDAY)
    assert told(assess(draft(who, area="backup"), MONDAY, ZONE), "responsibility") == (
        "ok",
        "Backup: ZITADEL's responsibility, cloud",
    )
    assert told(assess(draft(who, area="SMTP Service"), MONDAY, ZONE), "responsibility") == (
        "warning",
        "SMTP Service: Acme's responsibility, cloud (ZITADEL's on trial)",
    )
    with pytest.raises(RuleRefused, match="does not speak of 'Bakup'; did you mean 'Backup'"):
        assess(draft(who, area="Bakup"), MONDAY, ZONE)
    nothing = assess(draft(who, customer_id=who.stray, contact_id=None, area="Backup"), MONDAY, ZONE)
    assert "no service description" in told(nothing, "responsibility")[1]


def test_an_enterprise_feature_is_measured_by_the_plan(desk: Desk) -> None:
    who = cast()
    said = {"feature": "SCIM", "enterprise": True}
    assert told(assess(draft(who, **said), MONDAY, ZONE), "feature")[0] == "warning"
    globex = assess(draft(who, customer_id=who.globex, contact_id=None, **said), MONDAY, ZONE)
    assert told(globex, "feature") == (
        "ok",
        "SCIM is an enterprise supported feature: included in Globex's Enterprise Cloud plan",
    )
    assert told(assess(draft(who, feature="Login", enterprise=False), MONDAY, ZONE), "feature")[0] == "ok"
    assert "look whether it is one" in told(assess(draft(who, feature="SCIM"), MONDAY, ZONE), "feature")[1]


@pytest.mark.parametrize(
    ("wrong", "error", "reason"),
    [
        ({"customer_id": 999}, NotFound, "no customer 999"),
        ({"contact_id": 999}, NotFound, "no contact 999"),
        ({"scenario": "sekurity"}, RuleRefused, "no scenario 'sekurity'; did you mean 'security'"),
        ({"customer_severity": 5}, RuleRefused, "no severity 5"),
        ({"channel": "fax"}, ContractError, "no channel 'fax'"),
    ],
)
def test_words_that_no_catalogue_knows_are_refused(
    desk: Desk, wrong: dict[str, object], error: type[Exception], reason: str
) -> None:
    who = cast()
    with pytest.raises(error, match=reason):
        assess(draft(who, **wrong), MONDAY, ZONE)
    with pytest.raises(error):
        receive_request(draft(who, **wrong), actor=who.anna, at=MONDAY)
    assert scalar("SELECT COUNT(*) FROM ticket") == scalar("SELECT COUNT(*) FROM request") == 0


# what is missing


def test_a_problem_is_asked_for_what_the_annex_lists(desk: Desk) -> None:
    who = cast()
    assert [each.field for each in missing(draft(who))] == [
        "impact",
        "observed",
        "expected",
        "steps",
        "evidence",
        "logs",
    ]
    whole = draft(who, impact="all", observed="a", expected="b", steps="c", evidence="d", logs=True)
    assert missing(whole) == []
    assert [each.field for each in missing(draft(who, scenario="question", subject="  "))] == ["subject", "feature"]
    assert [each.field for each in missing(draft(who, scenario="consulting", customer_severity=None))] == []


def test_please_send_asks_in_the_language_of_the_contract(desk: Desk) -> None:
    who = cast()
    english = please_send.please_send(draft(who))
    assert english.startswith("Hello Carla,\n")
    assert "- the log files of that time, anonymised\n" in english
    german = please_send.please_send(draft(who), "Swiss-German")
    assert german.startswith("Guten Tag Carla\n")
    assert "ß" not in german
    assert please_send.please_send(draft(who), "Klingon") == english
    nobody = please_send.please_send(draft(who, contact_id=None), "de")
    assert "den Namen der Person" in nobody
    assert english.count("\n- ") == german.count("\n- ") == len(missing(draft(who)))


def test_each_field_has_its_words_in_each_language(desk: Desk) -> None:
    who = cast()
    nothing_said = Draft(customer_id=who.acme)
    for key in ("", *SCENARIOS):
        for language in ("English", "German", "Swiss-German"):
            text = please_send.please_send(nothing_said._replace(scenario=key), language)
            assert text.count("\n- ") == len(missing(nothing_said._replace(scenario=key)))


def test_nothing_missing_is_said_too(desk: Desk) -> None:
    who = cast()
    whole = draft(who, scenario="question", feature="Login")
    assert "We have all that we need" in please_send.please_send(whole)


@pytest.mark.parametrize("language", ["English", "German"])
def test_an_excluded_request_is_told_what_is_offered_instead(desk: Desk, language: str) -> None:
    who = cast()
    words = {"English": ("a quote", "answer them yourselves"), "German": ("eine Offerte", "antworten Sie ihnen selbst")}
    quote, back = words[language]
    for key in ("consulting", "engineering"):
        assert quote in please_send.please_send(draft(who, scenario=key), language)
    nobody = please_send.please_send(draft(who, scenario="end-user", contact_id=None), language)
    assert back in nobody
    assert nobody.count("\n- ") == 1


@pytest.mark.parametrize(("enterprise", "told"), [(True, "is an enterprise"), (False, "is no enterprise")])
def test_whether_it_is_enterprise_supported_is_told_before_the_feature_has_a_name(
    desk: Desk, enterprise: bool, told: str
) -> None:
    found = assessment.assess(draft(cast(), feature="", enterprise=enterprise), at("Mon 09:00"), "UTC")
    assert next(each.text for each in found.findings if each.key == "feature").startswith(f"the feature {told}")


# what is kept


def test_a_request_is_kept_with_its_ticket_and_undone_with_it(desk: Desk) -> None:
    who = cast()
    before = everything("ticket", "message", "clock", "request")
    said = draft(
        who, observed="302 for ever", expected="a session", feature="Login", enterprise=False, area="Application"
    )
    ticket = receive_request(said, actor=who.anna, at=MONDAY)
    assert facts(ticket) == ("error", "302 for ever", "a session", "", "", "Login", 0, "Application", 1)
    assert ticket_reading.facts(ticket, MONDAY, ZONE).row.due_at == at("Mon 11:00")
    assert draft_of(ticket) == said._replace(severity=2)
    journal.undo(who.anna, MONDAY)
    assert everything("ticket", "message", "clock", "request") == before


def test_a_request_that_says_nothing_more_leaves_no_row(desk: Desk) -> None:
    who = cast()
    ticket = receive_request(draft(who, scenario=""), actor=who.anna, at=MONDAY)
    assert scalar("SELECT COUNT(*) FROM request") == 0
    assert facts(ticket).version == 0


def test_the_vendors_severity_counts_before_the_customers(desk: Desk) -> None:
    who = cast()
    ticket = receive_request(draft(who, severity=1), actor=who.anna, at=MONDAY)
    row = ticket_reading.facts(ticket, MONDAY, ZONE).row
    assert (row.severity, row.customer_severity, row.due_at) == (1, 2, at("Mon 10:00"))


def test_facts_become_known_later_and_a_stale_save_is_refused(desk: Desk) -> None:
    who = cast()
    ticket = operations.receive(customer_id=who.acme, subject="Loop", body="?", severity=3, actor=who.anna, at=MONDAY)
    requests.change_facts(ticket, who.ben, MONDAY + 60, version=0, steps="log in twice", enterprise=1)
    assert facts(ticket).steps == "log in twice"
    requests.change_facts(ticket, who.ben, MONDAY + 90, version=1, scenario="error")
    assert facts(ticket).steps == "log in twice"
    with pytest.raises(StaleRow, match="Ben filled in"):
        requests.change_facts(ticket, who.cleo, MONDAY + 99, version=1, steps="other")
    with pytest.raises(RuleRefused, match="no scenario 'x'"):
        requests.change_facts(ticket, who.cleo, MONDAY + 99, scenario="x")
    with pytest.raises(NotAllowed):
        requests.change_facts(ticket, who.rita, MONDAY + 99, steps="x")


def test_who_may_only_look_takes_nothing_in(desk: Desk) -> None:
    who = cast()
    with pytest.raises(NotAllowed):
        receive_request(draft(who), actor=who.rita, at=MONDAY)
