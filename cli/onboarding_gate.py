"""`tamdesk onboarding gate` and `sign-off`: what a gate waits for, passing it, and the word of both sides."""

from __future__ import annotations

import argparse
from typing import Any

from cli.hours_words import DONE, add_json, date_of, misused, show, show_json, tell
from cli.onboarding_start import add_length
from cli.onboarding_words import GATES, POV, SIDES, add_customer, add_reason, narrated, onboarding_of, tell_onboarding
from cli.ticket_desk import entered


def add_actions(actions: Any) -> None:
    """Register the actions in the onboarding group."""
    gate = actions.add_parser("gate", help="print what a gate still waits for, or pass it")
    add_customer(gate)
    gate.add_argument("gate", metavar="GATE", choices=tuple(GATES), help="pov, go-live or term")
    gate.add_argument("--pass", dest="passing", action="store_true", help="pass it (TAMs and leads)")
    add_reason(gate, "why it is passed with something open; a lead says so")
    gate.add_argument("--from", dest="first", metavar="DATE", type=date_of, help="behind pov: when the term begins")
    add_length(gate)
    add_json(gate, run_gate)
    sign = actions.add_parser("sign-off", help="record who signed the go-live (TAMs and leads), and print it")
    add_customer(sign)
    which = sign.add_mutually_exclusive_group()
    which.add_argument("--ours", action="store_true", help="sign for the vendor's side")
    which.add_argument("--theirs", metavar="NAME", help="the contact who signed for the customer's side")
    which.add_argument("--withdraw", choices=tuple(SIDES), help="take a side's word back")
    add_reason(sign, "why it is taken back")
    add_json(sign, run_sign)


def run_gate(args: argparse.Namespace) -> int:
    """Print what a gate misses, or pass it; raises OnboardingRefused with what stays missing."""
    from onboarding.gates import pass_gate, passed, waiting_for

    term = {"starts_on": args.first, "months": args.months, "weeks": args.weeks, "go_live_on": args.go_live}
    said = any(value is not None for value in term.values())
    if said and (args.gate != POV or not args.passing):
        return misused("onboarding gate", "how the term goes is said while passing the gate pov.")
    if args.reason and not args.passing:
        return misused("onboarding gate", "--reason goes with --pass.")
    gate = GATES[args.gate]
    with entered(args) as actor:
        held, at = onboarding_of(args.customer), args.now()
        if args.passing:
            done = pass_gate(held.id, gate, actor.id, at, args.reason, **term)
            return tell_onboarding(args, held.id, done.sentence)
        lacks = waiting_for(held.id, gate, at)
        behind = next((each for each in passed(held.id) if each.gate == gate), None)
    if args.json:
        missing = [each._asdict() for each in lacks]
        show_json({"gate": gate, "missing": missing, "passed": behind._asdict() if behind else None})
        return DONE
    for each in lacks:
        show(f"{'!' if each.firm else '-'} {each.sentence}")
    tell(_state(lacks, behind is not None))
    return DONE


def _state(lacks: list[Any], behind: bool) -> str:
    if behind:
        return "The gate is passed."
    if not lacks:
        return "Nothing is missing; pass it with --pass."
    firm = any(each.firm for each in lacks)
    return "Over what has a ! nobody passes." if firm else "A lead may pass it with --pass and --reason."


def run_sign(args: argparse.Namespace) -> int:
    """Sign, withdraw, or print who signed; raises OnboardingRefused."""
    from onboarding import sign_off

    with entered(args) as actor:
        held, at, sentence = onboarding_of(args.customer), args.now(), ""
        if args.ours:
            sign_off.sign_vendor(held.id, actor.id, at)
        elif args.theirs is not None:
            sign_off.sign_customer(held.id, _contact(held.customer_id, args.theirs), actor.id, at)
        elif args.withdraw is not None:
            sign_off.withdraw(held.id, SIDES[args.withdraw], args.reason, actor.id, at)
        if args.ours or args.theirs is not None or args.withdraw is not None:
            sentence = narrated(actor.id)
        signed, missing = sign_off.sign_offs(held.id), sign_off.missing(held.id)
    if args.json:
        show_json({"signed": [each._asdict() for each in signed], "missing": missing, "sentence": sentence})
        return DONE
    for each in signed:
        show(f"{each.side:<9} {each.name}")
    tell(sentence, *(f"The {side} has not signed yet." for side in missing))
    return DONE


def _contact(customer_id: int, name: str) -> int:
    """The contact of this name; NotFound names who may sign."""
    from models.errors import NotFound
    from models.reading import rows
    from onboarding.sign_off import signers

    known = rows("SELECT id, name FROM contact WHERE customer_id = ? ORDER BY id", (customer_id,))
    for number, each in known:
        if each.casefold() == name.strip().casefold():
            return int(number)
    may = " or ".join(each for _, each in signers(customer_id))
    told = f"{may} may sign." if may else "Add somebody first with: tamdesk customer contact"
    raise NotFound(f"{name!r} is no contact of this customer; {told}")
