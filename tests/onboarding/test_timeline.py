"""An onboarding lies on a line of time: topics, sessions, gates, closed days; what is done ends when it was."""

from datetime import date

from models.connection import Desk
from onboarding import gates, items, sessions
from onboarding.timeline import GateMark, timeline
from onboarding.words import GATE_GO_LIVE, GATE_PROOF, GATE_TERM
from tests.onboarding.board import MONDAY, NOW, item, proof, prove, settle, term
from tests.tickets.cast import at, cast

THURSDAY = at("Thu 14:00")


def test_a_term_shows_its_topics_and_the_gates_ahead(desk: Desk) -> None:
    number = term(cast())
    found = timeline(number, NOW)
    assert (found.customer, found.phase, found.first, found.today) == ("Globex", "onboarding term", MONDAY, MONDAY)
    assert not found.live
    assert {mark.gate: mark.passed for mark in found.gates} == {GATE_GO_LIVE: False, GATE_TERM: False}
    assert [mark.on for mark in found.gates if mark.gate == GATE_GO_LIVE] == [found.go_live_on]
    assert found.topics
    for topic in found.topics:
        bars = [bar for bar in topic.bars if bar.first and bar.last]
        assert topic.first == min(bar.first for bar in bars if bar.first)
        assert topic.last == max(bar.last for bar in bars if bar.last)
        assert not topic.late


def test_weekends_are_closed_beyond_both_ends_too(desk: Desk) -> None:
    found = timeline(term(cast()), NOW)
    assert {date(2026, 2, 14), date(2026, 5, 30), date(2026, 5, 31), date(2026, 6, 6), date(2026, 6, 7)} <= found.closed
    assert date(2026, 6, 2) not in found.closed


def test_a_passed_gate_stands_where_it_was_passed(desk: Desk) -> None:
    who = cast()
    number = proof(who)
    assert [mark.gate for mark in timeline(number, NOW).gates] == [GATE_PROOF]
    settle(number)
    prove(number)
    gates.pass_gate(number, GATE_PROOF, who.anna, THURSDAY, "They know us")
    found = timeline(number, THURSDAY)
    assert found.gates[0] == GateMark(GATE_PROOF, date(2026, 6, 4), True)
    assert [mark.gate for mark in found.gates[1:]] == [GATE_GO_LIVE, GATE_TERM]


def test_a_done_item_ends_when_it_was_done_and_one_not_needed_has_no_bar(desk: Desk) -> None:
    who = cast()
    number = term(who)
    done, aside = item(number, "observability"), item(number, "token-validation")
    items.done(done, who.tom, THURSDAY, reason="They had it already")
    items.not_needed(aside, "They use opaque tokens", who.tom, THURSDAY)
    bars = {bar.item.id: bar for topic in timeline(number, THURSDAY).topics for bar in topic.bars}
    assert bars[done].last == date(2026, 6, 4)
    assert (bars[aside].first, bars[aside].last) == (None, None)


def test_what_is_overdue_makes_its_topic_late(desk: Desk) -> None:
    number = term(cast())
    later = at("2026-07-20 10:00")
    found = timeline(number, later)
    late = [topic for topic in found.topics if topic.late]
    assert late
    assert all(any(bar.item.overdue for bar in topic.bars) for topic in late)


def test_cancelled_sessions_are_left_out(desk: Desk) -> None:
    who = cast()
    number = term(who)
    kept = sessions.plan(number, sessions.KNOWLEDGE_TRANSFER, "Tokens", THURSDAY, 60, who.tom, NOW).session_id
    gone = sessions.plan(number, sessions.DEVOPS_TRAINING, "Upgrades", THURSDAY, 60, who.tom, NOW).session_id
    sessions.cancel(gone, "Nobody has time", who.tom, NOW)
    assert [(mark.session.id, mark.on) for mark in timeline(number, NOW).sessions] == [(kept, date(2026, 6, 4))]
