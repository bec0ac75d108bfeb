"""`tamdesk report`: what a lead answers for in a month: promises, credits, hours and onboardings."""

from __future__ import annotations

import argparse
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from cli.hours_words import DONE, add_json, show, show_json, tell
from cli.onboarding_words import onboarding_line
from cli.ticket_desk import entered

if TYPE_CHECKING:
    from onboarding.portfolio import OnboardingLine
    from tam.ledger import PeriodAccount
    from tickets.lead import MissedClock, Promises

PAGE = 200
MOST_MISSED = 1000
"""How many missed clocks are listed by name; the count is of all."""


class _Month(NamedTuple):
    """A month of the person who asks, its instants in UTC seconds; `running` where it is not over."""

    first: date
    after: date
    begins: int
    ends: int
    running: bool


class _Over(NamedTuple):
    """A period that took more than was agreed."""

    customer: str
    tam: str | None
    period: PeriodAccount


class _Report(NamedTuple):
    """What a month came to; credits and onboardings are as they stand now."""

    month: _Month
    promises: Promises
    missed: list[MissedClock]
    over: list[_Over]
    onboardings: list[OnboardingLine]
    under_way: int


def add(commands: Any) -> None:
    """Register the command."""
    parser = commands.add_parser("report", help="print a month for the lead: promises, credits, hours, onboardings")
    parser.add_argument("--month", metavar="MONTH", type=_month_of, help="which one, as 2026-05 (default: this month)")
    add_json(parser, run)


def _month_of(text: str) -> date:
    """The first day of a month such as 2026-05, as an argument."""
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a month such as 2026-05") from error
    if found.year == date.max.year:
        raise argparse.ArgumentTypeError(f"{text!r} is the end of the calendar")
    return found


def run(args: argparse.Namespace) -> int:
    """Print the report; raises DomainError for a month that has not begun."""
    with entered(args) as actor:
        now = args.now()
        told = _report(_month(args.month, actor.zone, now), now)
        zone = actor.zone
    if args.json:
        show_json(_form(told))
    else:
        _print(told, zone)
    return DONE


def _month(first: date | None, zone: str, now: int) -> _Month:
    from models.errors import DomainError
    from sla.wall import day_bounds, local_of

    first = first or local_of(zone, now).date().replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    begins, ends = day_bounds(zone, first.toordinal())[0], day_bounds(zone, after.toordinal())[0]
    if begins > now:
        raise DomainError(f"{first:%Y-%m} has not begun yet; ask for a month up to this one.")
    return _Month(first, after, begins, ends, ends > now)


def _report(month: _Month, now: int) -> _Report:
    from onboarding.health import ON_TRACK
    from tickets.lead import missed, promises

    since, later = promises(month.begins), promises(month.ends)
    kept = since._replace(met=since.met - later.met, missed=since.missed - later.missed)
    late = [each for each in missed(now, MOST_MISSED) if _belongs(each, month)]
    lines = _onboardings(now)
    at_risk = [each for each in lines if each.health != ON_TRACK]
    return _Report(month, kept, late, _over(month, now), at_risk, len(lines))


def _belongs(each: MissedClock, month: _Month) -> bool:
    """Whether a clock ended in a month, late; one that nobody has answered belongs to the running month."""
    if each.stopped_at is None:
        return month.running
    return month.begins <= each.stopped_at < month.ends


def _onboardings(now: int) -> list[OnboardingLine]:
    from onboarding.portfolio import portfolio

    found: list[OnboardingLine] = []
    while page := portfolio(now, found[-1].id if found else None, PAGE):
        found += page
    return found


def _over(month: _Month, now: int) -> list[_Over]:
    """The periods that lie in a month, at least in part, and took more than was agreed."""
    from models.reading import rows
    from tam.periods import NONE
    from tam.standing import standings

    customers = [number for (number,) in rows("SELECT id FROM customer ORDER BY name, id")]
    held = standings(customers, now, everything=True)
    return [
        _Over(held[number].promise.customer, held[number].promise.tam, each)
        for number in customers
        if number in held
        for each in held[number].ledger.periods
        if each.over and each.first < month.after and each.after > month.first
        if each.kind != NONE or each.from_top_ups
    ]


def _print(told: _Report, zone: str) -> None:
    """The numbers first, then by name what stands behind them."""
    from contracts.words import duration_text

    met, missed, owed = told.promises
    share = f" ({100 * met // (met + missed)} % met)" if met + missed else ""
    unanswered = sum(each.stopped_at is None for each in told.missed)
    waiting = f", {unanswered} more not answered yet" if unanswered else ""
    show(f"{told.month.first:%Y-%m}" + (" so far" if told.month.running else ""))
    show(f"{'Objectives':<12} {met} met, {missed} missed{share}{waiting}")
    show(f"{'Credits':<12} {_days(owed)} owed now, not decided")
    over = sum(each.period.over for each in told.over)
    many = len({each.customer for each in told.over})
    hours = f"{duration_text(over)} over, at {_count(many, 'customer')}" if over else "nobody is over"
    show(f"{'Hours':<12} {hours}")
    show(f"{'Onboardings':<12} {len(told.onboardings)} of {told.under_way} under way are not on track now")
    for clock in told.missed:
        show(_missed_line(clock, zone))
    for each in told.over:
        show(f"  over   {each.customer}, {each.period.label}: {duration_text(each.period.over)}, TAM {each.tam or '–'}")
    for line in told.onboardings:
        show(f"  {onboarding_line(line)}")
    named = len(told.missed) - unanswered
    if named < missed:
        tell(f"{named} of {missed} missed clocks are named: only the newest {MOST_MISSED} are looked through.")


def _missed_line(each: MissedClock, zone: str) -> str:
    from contracts.credits import NAMES
    from contracts.words import duration_text
    from tam.call_rules import moment_text

    late = "not answered yet" if each.stopped_at is None else f"{duration_text(-(-each.late_seconds // 60))} late"
    cost = f", {_days(each.credit_days)} of credit" if each.credit_days else ""
    what = NAMES.get(each.kind, each.kind)
    due = moment_text(zone, each.due_at)
    return f"  missed #{each.ticket_id} {each.customer}: {each.subject}; {what} due {due}, {late}{cost}"


def _days(count: int) -> str:
    return _count(count, "day")


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _form(told: _Report) -> dict[str, Any]:
    """The report as JSON: instants in UTC seconds, minutes, ISO dates."""
    return {
        "month": f"{told.month.first:%Y-%m}",
        "from": told.month.begins,
        "until": told.month.ends,
        "running": told.month.running,
        "met": told.promises.met,
        "missed": told.promises.missed,
        "owed_days": told.promises.owed_days,
        "clocks": [each._asdict() for each in told.missed],
        "over": [
            {
                "customer": each.customer,
                "tam": each.tam,
                "period": each.period.label,
                "from": each.period.first.isoformat(),
                "until": (each.period.after - timedelta(days=1)).isoformat(),
                "minutes": each.period.over,
            }
            for each in told.over
        ],
        "under_way": told.under_way,
        "not_on_track": [each._asdict() for each in told.onboardings],
    }
