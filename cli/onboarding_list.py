"""`tamdesk onboarding list`, `show` and `check`: who is on the way, a checklist, and what still stands in the way."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from cli.hours_words import DONE, add_json, show, show_json, tell
from cli.onboarding_words import add_customer, item_line, onboarding_line, onboarding_of
from cli.ticket_desk import entered

if TYPE_CHECKING:
    from onboarding.gates import GateRow, Missing
    from onboarding.health import Shown
    from onboarding.portfolio import OnboardingLine
    from onboarding.reading import Checklist
    from onboarding.rules import Held

_FILTERS = {"mine": "mine", "theirs": "customer", "overdue": "overdue"}


def add_actions(actions: Any) -> None:
    """Register the actions in the onboarding group."""
    listing = actions.add_parser("list", help="print the onboardings under way, the nearest go-live first")
    listing.add_argument("--all", action="store_true", help="those that are over, too")
    add_json(listing, run_list)
    showing = actions.add_parser("show", help="print a customer's checklist")
    add_customer(showing)
    only = showing.add_mutually_exclusive_group()
    only.add_argument("--mine", dest="only", action="store_const", const="mine", help="only what you have to do")
    only.add_argument("--theirs", dest="only", action="store_const", const="theirs", help="only what waits for them")
    only.add_argument("--overdue", dest="only", action="store_const", const="overdue", help="only what is past its day")
    add_json(showing, run_show)
    check = actions.add_parser("check", help="print the health and why, and what each gate still waits for")
    add_customer(check)
    add_json(check, run_check)


def run_list(args: argparse.Namespace) -> int:
    """Print a line an onboarding."""
    from onboarding.portfolio import PAGE, portfolio

    found: list[OnboardingLine] = []
    with entered(args):
        more = True
        while more:
            last = found[-1].id if found else None
            page = portfolio(args.now(), last, PAGE, None if args.all else "running")
            found += page
            more = len(page) == PAGE
    if args.json:
        show_json([each._asdict() for each in found])
        return DONE
    for each in found:
        show(onboarding_line(each))
    if not found:
        tell("No onboarding is under way; start one with: tamdesk onboarding start CUSTOMER --from DATE")
    return DONE


def run_show(args: argparse.Namespace) -> int:
    """Print a checklist by topic."""
    from onboarding.phases import phases
    from onboarding.portfolio import line_of
    from onboarding.reading import ALL, checklist

    with entered(args) as actor:
        held, now = onboarding_of(args.customer), args.now()
        only = _FILTERS[args.only] if args.only else ALL
        found = checklist(held.id, now, show=only, person_id=actor.id)
        line, begun = line_of(held.id, now), phases(held.id)
    if args.json:
        told = found._asdict() | {"groups": [_group(each) for each in found.groups]}
        summary = line._asdict() if line else None
        show_json(told | {"summary": summary, "phases": [each._asdict() for each in begun]})
        return DONE
    if line:
        show(onboarding_line(line))
    _print(found, held.zone)
    tell(*found.problems)
    if not any(group.items for group in found.groups):
        tell("No item is like that.")
    return DONE


def _group(group: Any) -> dict[str, Any]:
    return group._asdict() | {"items": [each._asdict() for each in group.items]}


def _print(found: Checklist, zone: str) -> None:
    for group in found.groups:
        show(f"{group.topic}: {group.done} of {group.total} done")
        for each in group.items:
            show(item_line(each, zone))


def run_check(args: argparse.Namespace) -> int:
    """Print the health and what gates miss; an onboarding that is not on track is data, not a failure."""
    from models.reading import rows
    from onboarding import gates
    from onboarding.schedule import calculate
    from onboarding.standing import SELECT_HEAD, Head, standings

    with entered(args):
        held, now = onboarding_of(args.customer), args.now()
        [head] = rows(f"{SELECT_HEAD} WHERE o.id = ?", (held.id,), Head)
        health = standings([head], now)[held.id].health
        behind = {each.gate: each for each in gates.passed(held.id)}
        ahead = {gate: gates.waiting_for(held.id, gate, now) for gate in _gates_of(held) if gate not in behind}
        problems = calculate(held, now).problems if ahead else ()
    if args.json:
        show_json(_form(held, health, behind, ahead, problems))
        return DONE
    show(f"{held.customer}, {held.phase}: {health.word}")
    for reason in health.reasons:
        show(f"  {reason}")
    if health.override:
        show(f"  said by hand until {health.override.until}; else {health.computed.word}")
    for problem in problems:
        show(f"  plan: {problem}")
    _print_gates(behind, ahead)
    return DONE


def _gates_of(held: Held) -> tuple[str, ...]:
    """The gates that an onboarding stands before, in its phase."""
    from onboarding.words import GATE_GO_LIVE, GATE_PROOF, GATE_TERM, PROOF, RUNNING, TERM

    if held.state != RUNNING:
        return ()
    return {PROOF: (GATE_PROOF,), TERM: (GATE_GO_LIVE, GATE_TERM)}.get(held.phase, ())


def _print_gates(behind: dict[str, GateRow], ahead: dict[str, list[Missing]]) -> None:
    for gate, passing in behind.items():
        over = f", over {len(passing.missing)} open: {passing.reason}" if passing.missing else ""
        show(f"Gate {gate}: passed" + (f" by {passing.person}" if passing.person else "") + over)
    for gate, lacks in ahead.items():
        show(f"Gate {gate}: " + (f"waits for {len(lacks)}" if lacks else "nothing is missing"))
        for each in lacks:
            show(f"  {'!' if each.firm else '-'} {each.sentence}")


def _form(
    held: Held,
    health: Shown,
    behind: dict[str, GateRow],
    ahead: dict[str, list[Missing]],
    problems: tuple[str, ...],
) -> dict[str, Any]:
    """A check as JSON; instants in UTC seconds."""
    return {
        "id": held.id,
        "customer": held.customer,
        "phase": held.phase,
        "state": held.state,
        "health": health.word,
        "reasons": health.reasons,
        "computed": health.computed._asdict(),
        "override": health.override._asdict() if health.override else None,
        "problems": problems,
        "passed": [each._asdict() for each in behind.values()],
        "gates": [{"gate": gate, "missing": [each._asdict() for each in lacks]} for gate, lacks in ahead.items()],
    }
