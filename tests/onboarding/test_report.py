"""The customer reads how their onboarding stands: done, next, blocked and by whom, risks, dates, hours."""

import re
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from markdown_it import MarkdownIt

from models import journal
from models.connection import Desk
from models.errors import CannotUndo, NotAllowed, NotFound
from models.onboardings import GatePassing, OnboardingItem
from models.reading import scalar
from onboarding import health, report
from onboarding.errors import OnboardingRefused
from onboarding.report import markdown
from onboarding.report_html import html
from tests.onboarding.board import NOW, item, proof, settle, term
from tests.onboarding.status import DAY, HOSTILE, LATER, SECRET, told
from tests.tickets.cast import cast


def test_the_report_says_all_that_a_customer_asks(desk: Desk) -> None:
    _, number = told()
    found = report.report(number, LATER)
    assert (found.customer, found.phase, found.on, found.since) == ("Globex", "onboarding term", "2026-06-15", None)
    assert found.done == (
        ("Done Plain words", "Topic Plain words", "2 June 2026", "https://example.com/run; Note Plain words"),
    )
    assert found.next[0][:2] == ("Doing Plain words", "Owner Plain words (ZITADEL)")
    assert found.next[1] == ("Check of prerequisites and architecture", "ZITADEL", "5 June 2026 (overdue)")
    assert ("Access to the database", "Globex", "24 June 2026") in found.next
    assert len(found.next) == 10
    assert found.blocked == (("Blocked Plain words", "Blocker Plain words (Globex)", "2 June 2026"),)
    assert found.criteria == (("Criterion Plain words", "Measure Plain words", "Target Plain words", "", "open"),)
    assert found.sessions == (
        ("Held Plain words", "DevOps training", "2 June 2026 09:00", "held"),
        ("Planned Plain words", "knowledge transfer", "16 June 2026 10:00", "planned"),
    )
    assert found.risks == (("Risk Plain words", "Keeper Plain words", "Step Plain words", "20 June 2026"),)
    assert found.dates == (
        ("Start", "1 June 2026"),
        ("End of the onboarding term", "31 August 2026"),
        ("Go-live", "31 August 2026"),
    )
    assert found.health == health.BLOCKED
    assert found.reasons[0] == "Blocked Plain words: waiting for Blocker Plain words for 13 days"


def test_the_next_report_begins_where_the_last_one_ended(desk: Desk) -> None:
    who, number = told()
    first = markdown(report.report(number, NOW + 2 * DAY))
    kept = report.keep(number, first, who.tom, NOW + 2 * DAY)
    second = report.report(number, LATER)
    assert (second.since, second.since_on, second.done) == (NOW + 2 * DAY, "2026-06-03", ())
    assert [line[0] for line in second.sessions] == ["Planned Plain words"]
    assert "## Done since 3 June 2026\n\nNothing was finished" in markdown(second)
    assert len(report.report(number, LATER, since=NOW).done) == 1
    [row] = report.kept(number)
    assert row == (kept, NOW + 2 * DAY, "Tom", first)
    with pytest.raises(CannotUndo):
        journal.undo(who.tom, LATER)


def test_what_gets_done_in_the_second_of_a_report_is_told_once(desk: Desk) -> None:
    _, number = told()
    assert len(report.report(number, NOW + DAY).done) == 1
    assert report.report(number, NOW + DAY - 1).done == ()
    assert report.report(number, LATER, since=NOW + DAY).done == ()


def test_nothing_internal_is_ever_in_it(desk: Desk) -> None:
    who, number = told()
    health.override(number, health.AT_RISK, SECRET, who.tom, LATER)
    found = report.report(number, LATER)
    assert (found.health, found.reasons) == (health.AT_RISK, ())
    for body in (str(found), markdown(found), html(found)):
        assert SECRET not in body


def test_an_empty_onboarding_has_a_report_too(desk: Desk) -> None:
    who = cast()
    number = term(who)
    body = markdown(report.report(number, NOW))
    assert "Nothing was finished." in body and "Nothing is blocked." in body and "No risk is open." in body
    assert "Success criteria" not in body and "Sessions" not in body and "Hours" not in body
    settle(number)
    assert "Nothing is left to do." in markdown(report.report(number, NOW))


def test_the_reasons_name_the_companies_and_only_three_stand_in_front(desk: Desk) -> None:
    _, number = told()
    with journal.transaction(None, NOW, "block") as tx:
        for key in ("event-types", "walk-through"):
            tx.update(OnboardingItem, item(number, key), state="blocked", blocked_since=NOW, blocked_by="customer")
        tx.say("They wait.")
    found = report.report(number, LATER)
    assert "Types of events: waiting for Globex for 14 days" in found.reasons
    body = markdown(found)
    assert "waiting for the customer" not in body
    assert f"- {len(found.reasons) - 3} more below.\n" in body


def test_what_was_done_before_anyone_noted_when_is_told_in_the_first_report(desk: Desk) -> None:
    number = term(cast())
    with journal.transaction(None, NOW, "done") as tx:
        tx.update(OnboardingItem, item(number, "event-types"), state="done")
        tx.say("It was done.")
    [line] = report.report(number, LATER).done
    assert (line[0], line[2]) == ("Types of events", "")
    assert report.report(number, LATER, since=NOW).done == ()


def test_a_proof_of_value_ends_and_does_not_go_live(desk: Desk) -> None:
    number = proof(cast())
    body = markdown(report.report(number, NOW))
    assert "End of the proof of value: 19 June 2026, in 18 days" in body
    assert "Go-live" not in body


def test_a_proof_of_value_ends_before_a_go_live_that_was_agreed_for_later(desk: Desk) -> None:
    number = proof(cast(), go_live_on=date(2026, 8, 31))
    body = markdown(report.report(number, NOW))
    assert "End of the proof of value: 21 June 2026, in 20 days" in body
    assert "| Go-live | 31 August 2026 |" in body


def test_times_of_sessions_name_their_zone(desk: Desk) -> None:
    _, number = told()
    assert "When (Europe/Zurich)" in markdown(report.report(number, LATER))


def test_after_the_go_live_no_days_are_counted(desk: Desk) -> None:
    number = term(cast())
    with journal.transaction(None, NOW, "live") as tx:
        tx.insert(GatePassing, onboarding=number, gate="go-live", at=NOW)
        tx.say("They went live.")
    assert "Go-live: 31 August 2026.\n" in markdown(report.report(number, NOW))
    assert "Go-live: 31 August 2026.\n" in markdown(report.report(number, NOW + 200 * DAY))


def test_agreed_hours_are_told(desk: Desk) -> None:
    from tam import allowances, entries

    who = cast()
    number = term(who)
    contract = scalar("SELECT id FROM contract WHERE customer_id = ?", (who.globex,))
    allowances.agree(contract, 600, "month", "2026-06-01", who.tom, NOW)
    entries.log(who.globex, 150, "2026-06-01", "advice", who.tom, NOW)
    found = report.report(number, NOW).hours
    assert found is not None
    assert (found.spent, found.promised, found.left, found.over) == (150, 600, 450, 0)
    assert "2 h 30 min of 10 h are used, 7 h 30 min are left." in markdown(report.report(number, NOW))


def test_a_report_is_kept_by_who_answers_for_it(desk: Desk) -> None:
    who = cast()
    number = term(who)
    with pytest.raises(NotAllowed):
        report.keep(number, "All is well", who.ben, NOW)
    with pytest.raises(OnboardingRefused, match="The report is empty"):
        report.keep(number, " \n", who.tom, NOW)
    for missing in (report.report, report.kept):
        with pytest.raises(NotFound, match="There is no onboarding 9999"):
            missing(9999, *([NOW] if missing is report.report else []))


class _Page(HTMLParser):
    """What stands on a page: its words, and its elements with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self._quiet = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._quiet = tag if tag in ("style", "title") else ""

    def handle_endtag(self, tag: str) -> None:
        self._quiet = ""

    def handle_data(self, data: str) -> None:
        if not self._quiet:
            self.words += data.split()

    def named(self, tag: str) -> list[dict[str, Any]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.mark.parametrize("text", ["Plain words", HOSTILE])
def test_the_page_says_what_the_markdown_says(desk: Desk, text: str) -> None:
    _, number = told(text)
    found = report.report(number, LATER)
    source = MarkdownIt("commonmark").enable("table").render(markdown(found))
    page = _Page(html(found))
    assert page.words == _Page(source).words
    assert len(page.words) > 150


def test_the_page_needs_nothing_else_and_runs_nothing(desk: Desk) -> None:
    _, number = told(HOSTILE)
    body = html(report.report(number, LATER))
    page = _Page(body)
    known = {"html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "section", "ul", "li"}
    assert {name for name, _ in page.elements} == known | {"table", "thead", "tbody", "tr", "th", "td"}
    attributes = {name for _, held in page.elements for name in held}
    assert not [name for name in attributes if name.startswith("on") or name in ("src", "href", "action", "style")]
    [style] = re.findall(r"<style>(.*?)</style>", body, re.DOTALL)
    assert "url(" not in style and "@import" not in style
    policy = next(each["content"] for each in page.named("meta") if "http-equiv" in each)
    assert "default-src 'none'" in policy
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]", body)


def test_the_page_can_be_read_without_seeing_it(desk: Desk) -> None:
    _, number = told()
    page = _Page(html(report.report(number, LATER)))
    assert [held["lang"] for held in page.named("html")] == ["en"]
    assert len(page.named("h1")) == 1
    headings = {held["id"] for held in page.named("h2")}
    for table in page.named("table"):
        assert table["aria-labelledby"] in headings
    assert {held["scope"] for held in page.named("th")} == {"col", "row"}
    assert all(held["data-column"] for held in page.named("td"))


def test_the_page_has_ink_that_is_read_in_light_and_dark_and_on_paper(desk: Desk) -> None:
    body = html(report.report(term(cast()), NOW))
    colours = re.findall(r":root \{([^}]*)\}", body)
    assert len(colours) == 3
    for scheme in colours:
        found = dict(re.findall(r"--(\w+): (#\w+)", scheme))
        for ink in ("ink", "quiet"):
            for paper in ("paper", "head"):
                assert contrast(found[ink], found[paper]) >= 4.5


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2 counts it."""
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(sign * 2 for sign in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
