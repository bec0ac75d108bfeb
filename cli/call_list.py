"""`tamdesk call list` and `tamdesk call agenda`: which calls come, and what they should go through."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from cli.call_words import call_line, form
from cli.hours_words import DONE, add_json, customer_of, date_of, misused, show, show_json, tell
from cli.ticket_desk import entered

if TYPE_CHECKING:
    from models.access import Actor
    from tam.call_reading import CallRow

SHOWN = 100


def add_actions(actions: Any) -> None:
    """Register the actions in the call group."""
    listing = actions.add_parser("list", help="print the calls to write up and to come, the earliest first")
    listing.add_argument("--customer", metavar="CUSTOMER", help="those of a customer, by key or name")
    listing.add_argument("--mine", action="store_true", help="those that you hold")
    listing.add_argument("--from", dest="first", metavar="DATE", type=date_of, help="any call from this day on")
    listing.add_argument("--to", dest="last", metavar="DATE", type=date_of, help="any call up to this day")
    listing.add_argument("--limit", type=int, default=SHOWN, metavar="N", help=f"print at most so many ({SHOWN})")
    add_json(listing, run_list)
    agenda = actions.add_parser("agenda", help="print what a call should go through, drafted from what is true now")
    agenda.add_argument("call", metavar="CALL", help="the call's number, or a customer: their next call")
    agenda.add_argument("--keep", action="store_true", help="keep it with the call, below what stands there")
    add_json(agenda, run_agenda)


def run_list(args: argparse.Namespace) -> int:
    """Print calls: those that are planned, or all between two days."""
    from tam.proposals import proposals
    from tam.series import ensure

    if args.limit < 1:
        return misused("call list", "--limit is 1 or more.")
    with entered(args) as actor:
        now = args.now()
        ensure(now)
        customer = customer_of(args.customer)
        found = _calls(args, actor, customer)
        proposed = {each.call.id: each for each in proposals(customer, now)}
    if args.json:
        told = {number: {"to": each.to, "why": each.why} for number, each in proposed.items()}
        show_json([form(each) | {"proposal": told.get(each.id)} for each in found[: args.limit]])
        return DONE
    for each in found[: args.limit]:
        show(call_line(each, actor.zone, now))
        if each.id in proposed:
            show(f"{'':<8}{proposed[each.id].sentence}")
    if not found:
        tell("There is no call like that.")
    if len(found) > args.limit:
        tell(f"There are more; say --limit to see more than {args.limit}, or --from and --to.")
    return DONE


def _calls(args: argparse.Namespace, actor: Actor, customer: int | None) -> list[CallRow]:
    """The calls that are asked for, one more than are shown; days are those of the person who asks."""
    from sla.wall import day_bounds
    from tam.call_reading import call_rows

    asked: list[tuple[str, object]] = [("r.customer_id = ?", customer)] if customer is not None else []
    if args.mine:
        asked.append(("COALESCE(r.person_id, c.tam_id) = ?", actor.id))
    if args.first is not None:
        asked.append(("r.at >= ?", day_bounds(actor.zone, args.first.toordinal())[0]))
    if args.last is not None:
        asked.append(("r.at < ?", day_bounds(actor.zone, args.last.toordinal())[1]))
    if args.first is None and args.last is None:
        asked.append(("r.state = ?", "planned"))
    conditions = " AND ".join(condition for condition, _ in asked)
    return call_rows(f"{conditions} ORDER BY r.at, r.id LIMIT ?", (*(value for _, value in asked), args.limit + 1))


def run_agenda(args: argparse.Namespace) -> int:
    """Print what stands for a call and what is true now; of a call that was held what stands."""
    from screens.widgets.text import clean_lines
    from tam import agenda
    from tam.call_rules import PLANNED, moment_text

    with entered(args) as actor:
        now = args.now()
        held = named(args.call, now)
        if args.keep:
            held = agenda.keep(held.id, actor.id, now, held.version)
        drafted = agenda.draft(held.id, now) if held.state == PLANNED else agenda.Agenda(())
        text = agenda.merged(held.agenda, drafted, moment_text(held.zone, now))
    if args.json:
        sections = [{"title": each.title, "lines": each.lines} for each in drafted.sections]
        show_json({"call": form(held), "agenda": text, "drafted": sections})
        return DONE
    tell(f"{held.title} with {held.customer}, {moment_text(actor.zone, held.at)}: call {held.id}, {held.state}.")
    print("\n".join(clean_lines(text)).rstrip() if text.strip() else "", end="\n" if text.strip() else "")
    if not text.strip():
        tell("There is nothing to go through.")
    return DONE


def named(text: str, now: int) -> CallRow:
    """The call of this number, or the next one of this customer; raises NotFound."""
    from models.errors import NotFound
    from tam.call_reading import call, call_rows

    digits = text.removeprefix("#")
    if digits.isascii() and digits.isdigit():
        return call(int(digits))
    customer = customer_of(text)
    condition = "r.customer_id = ? AND r.state = 'planned' AND r.at + r.minutes * 60 >= ? ORDER BY r.at, r.id LIMIT 1"
    found = call_rows(condition, (customer, now))
    if not found:
        raise NotFound(f"No call with {text} is planned; plan one with: tamdesk call plan {text}")
    return found[0]
