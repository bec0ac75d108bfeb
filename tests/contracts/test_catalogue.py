"""Every table of the catalogue, entry by entry, beside the tables as the annexes print them."""

from collections.abc import Sequence

import printed
import pytest

from contracts.reader import Catalogue
from contracts.schema import Onboarding, Support, SupportAnnex
from sla.hours import SupportHours, named

SUPPORT = ("2023-10-06", "2023-11-15")
ONBOARDING = ("2023-10-05", "2023-11-15")
FEATURES = {
    "Community support": "community",
    "Professional support": "professional",
    "Enterprise supported features": "enterprise_features",
    "Technical Account Management": "tam",
}
PLAN_TABLES = [
    (table, column)
    for table in ("2023-11-15_plans", "2023-11-15_extended", "2023-11-15_self_hosted")
    for column in printed.columns(table)
]


def annex(catalogue: Catalogue, revision: str) -> SupportAnnex:
    found = catalogue.revision(revision).support
    assert found is not None
    return found


def onboarding(catalogue: Catalogue, revision: str) -> Onboarding:
    found = catalogue.revision(revision).onboarding
    assert found is not None
    return found


def called(annex: SupportAnnex, name: str) -> Support:
    return next(entry for entry in (*annex.plans, *annex.options) if entry.name == name)


def each_tells(entries: Sequence[str], words: Sequence[str]) -> None:
    """Each entry speaks of what the annex prints at its place, and there is no other."""
    assert len(entries) == len(words)
    for entry, word in zip(entries, words, strict=True):
        assert word.casefold() in entry.casefold()


def test_there_is_a_file_for_each_annex_revision(catalogue: Catalogue) -> None:
    assert catalogue.revisions() == ("2023-10-05", "2023-10-06", "2023-11-15", "2024-04-05")


@pytest.mark.parametrize(("table", "column"), PLAN_TABLES)
def test_a_plan_of_november_offers_what_its_table_prints(catalogue: Catalogue, table: str, column: str) -> None:
    plan, cells = called(annex(catalogue, "2023-11-15"), column), printed.columns(table)[column]
    assert (plan.hours.kind, plan.hours.name) == printed.hours(cells["Support hours"])
    first = plan.severity_1
    assert (first.kind, first.minutes, first.floor_minutes) == printed.objective(cells["Response Time (Severity 1)"])
    for label, feature in FEATURES.items():
        assert getattr(plan, feature) == cells[label], label
    assert set(cells) == {"Support hours", "Response Time (Severity 1)", *FEATURES}


def test_november_has_the_printed_plans_and_no_other(catalogue: Catalogue) -> None:
    support = annex(catalogue, "2023-11-15")
    assert [p.name for p in (*support.plans, *support.options)] == [
        "Free",
        "Production",
        "Enterprise Cloud",
        "Enterprise self-hosted",
        "Extended support",
    ]
    assert [p.deployments for p in support.plans] == [("cloud",), ("cloud",), ("cloud",), ("self-hosted",)]


@pytest.mark.parametrize("column", ["Default", "Extended SLA", "Custom"])
def test_a_plan_of_october_offers_what_its_table_prints(catalogue: Catalogue, column: str) -> None:
    support = annex(catalogue, "2023-10-06")
    plan, cells = called(support, column), printed.columns("2023-10-06_cloud")[column]
    assert (plan.hours.kind, plan.hours.name) == printed.hours(cells["Support hours"])
    assert plan.severity_1.kind == printed.objective(cells["Response Time (Severity 1)"])[0]
    assert plan.severity_1.minutes == printed.objective(cells["Response Time (Severity 1)"])[1]
    names = {channel.id: channel.name for channel in support.channels}
    offered = {names[channel]: said for channel, said in (plan.channels or {}).items() if channel != "ticket"}
    assert offered == {label: said for label, said in cells.items() if label in offered}
    assert len(offered) == 3


@pytest.mark.parametrize("revision", SUPPORT)
@pytest.mark.parametrize("column", ["Default", "Extended SLA", "Custom"])
def test_response_times_are_those_of_the_printed_table(catalogue: Catalogue, revision: str, column: str) -> None:
    stated = next(c for c in annex(catalogue, revision).columns if c.name == column)
    cells = printed.columns(f"{revision}_slo")[column]
    assert list(cells) == ["Severity 1", "Severity 2", "Severity 3", "Severity 4"]
    found = [(o.kind, o.minutes, o.floor_minutes) for o in stated.objectives]
    assert found == [printed.objective(cell) for cell in cells.values()]
    assert len(annex(catalogue, revision).columns) == 3


@pytest.mark.parametrize("revision", SUPPORT)
def test_support_hours_are_those_of_the_annex_and_of_the_arithmetic(catalogue: Catalogue, revision: str) -> None:
    facts = printed.facts("support")
    stated = {entry.name: entry for entry in annex(catalogue, revision).hours}
    for name, interval in facts["hours"].items():
        assert stated[name].week == {day: [tuple(interval)] for day in facts["days"]}
        assert (stated[name].zone, stated[name].holidays) == (facts["zone"], facts["holidays"])
        assert stated[name].by_agreement
    for name, entry in stated.items():
        assert SupportHours.parse(entry.form()) == named(name)
    assert set(stated) == {"business", "extended", "24x7"}


@pytest.mark.parametrize("revision", SUPPORT)
def test_credits_and_escalations_are_those_of_the_annex(catalogue: Catalogue, revision: str) -> None:
    facts, support = printed.facts("support"), annex(catalogue, revision)
    for rule in (support.credits.initial_response, support.credits.escalation):
        assert (rule.step_minutes, rule.days) == (facts["credit_minutes"], facts["credit_days"])
    calm, urgent = support.escalations
    assert (calm.kind, calm.objective.business_days) == ("non-urgent", facts["non_urgent_business_days"])
    assert (urgent.kind, urgent.objective.minutes) == ("urgent", facts["urgent_business_hours"] * 60)
    assert (urgent.phone, urgent.email) == (facts["urgent_phone"], facts["urgent_email"])


@pytest.mark.parametrize("revision", SUPPORT)
def test_channels_contacts_and_languages_are_those_of_the_annex(catalogue: Catalogue, revision: str) -> None:
    facts, support = printed.facts("support"), annex(catalogue, revision)
    contacts = {channel.name: channel.contact for channel in support.channels}
    for name, contact in printed.columns(f"{revision}_contacts")["Contact information"].items():
        assert contacts[name] == contact
    assert set(contacts) == {"Ticket", "eMail Support", "Chat Support", "Phone Support", "Community"}
    assert list(support.languages.entries) == facts["languages"][revision]
    assert {facts["billing"], facts["security"]} <= {point.address for point in support.contact_points}


@pytest.mark.parametrize("revision", SUPPORT)
def test_severities_and_lists_are_those_of_the_annex(catalogue: Catalogue, revision: str) -> None:
    facts, support = printed.facts("support"), annex(catalogue, revision)
    assert [severity.name for severity in support.severities] == facts["severities"]["names"]
    each_tells(support.severities[3].criteria, facts["severities"]["severity_4"])
    assert not any(severity.criteria for severity in support.severities[:3])
    for name in ("scenarios", "features", "exclusions", "request_contents"):
        each_tells(getattr(support, name).entries, facts["words"][name])
    each_tells(support.tam.tasks, facts["words"]["tam_tasks"])
    assert support.tam.basis == facts["tam_basis"][revision]
    assert support.tam.review_call_every_days == facts["review_call_every_weeks"] * 7


@pytest.mark.parametrize("revision", ONBOARDING)
def test_onboarding_covers_and_excludes_what_the_annex_lists(catalogue: Catalogue, revision: str) -> None:
    facts, stated = printed.facts("onboarding"), onboarding(catalogue, revision)
    assert stated.term.typical_months == facts["months"]
    assert stated.proof_of_value.typical_weeks == facts["weeks"].get(revision)
    for name in ("topics", "in_scope", "out_of_scope"):
        each_tells(getattr(stated, name).entries, facts[name])


def test_only_october_names_what_goes_on_after_onboarding(catalogue: Catalogue) -> None:
    before = onboarding(catalogue, "2023-10-05").continuous_support
    assert before is not None
    each_tells(before.entries, printed.facts("onboarding")["continuous_support"])
    assert onboarding(catalogue, "2023-11-15").continuous_support is None


def test_responsibilities_are_those_of_the_printed_table(catalogue: Catalogue) -> None:
    service = catalogue.revision("2024-04-05").service
    assert service is not None
    table = printed.columns("2024-04-05_responsibilities")
    said = {
        "Customer": ("customer", None),
        "ZITADEL": ("vendor", None),
        "Customer (trial: ZITADEL)": ("customer", "vendor"),
    }
    assert [entry.subject for entry in service.responsibilities] == list(table["Self-Hosted"])
    for entry in service.responsibilities:
        assert (entry.cloud, entry.cloud_trial) == said[table["ZITADEL Cloud"][entry.subject]]
        assert (entry.self_hosted, None) == said[table["Self-Hosted"][entry.subject]]


def test_backup_promises_an_hour_in_a_disaster_and_a_minute_in_daily_life(catalogue: Catalogue) -> None:
    service = catalogue.revision("2024-04-05").service
    assert service is not None
    backup = service.backup
    assert (backup.disaster_rpo_minutes, backup.normal_rpo_below_minutes, backup.normal_rto_below_minutes) == (60, 1, 1)
    assert "Daily" in backup.full
    assert not service.data_location.guaranteed_in_transit


@pytest.mark.parametrize("revision", SUPPORT)
def test_where_the_annex_is_silent_the_catalogue_states_the_defaults(catalogue: Catalogue, revision: str) -> None:
    stated = annex(catalogue, revision).policies
    assert (stated.credit_clock, stated.credit_rounding, stated.business_day) == (
        "support_hours",
        "completed",
        "open_hours",
    )
    assert (stated.escalation_hours, stated.due_at_close, stated.credit_cap_days) == ("business", "closing", None)
