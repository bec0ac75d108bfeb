"""What the commands for onboardings share: how an onboarding, an item and a text are said, and how it is told."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.hours_words import show, show_json, tell, warn

if TYPE_CHECKING:
    from onboarding.portfolio import OnboardingLine
    from onboarding.reading import ItemLine
    from onboarding.rules import Held

POV, TERM = "pov", "term"
PHASES = {POV: "proof of value", TERM: "onboarding term"}
"""The phases that one begins with, as they are typed and as the desk knows them."""
GATES = {POV: "proof of value", "go-live": "go-live", TERM: "onboarding term"}
OURS, THEIRS = "ours", "theirs"
SIDES = {OURS: "vendor", THEIRS: "customer"}
_CUSTOMER = "the customer's key or name"
_ITEM = "its number, its key, or words that are in its title alone"


def add_customer(parser: argparse.ArgumentParser) -> None:
    """Let a customer be named; the onboarding is the one under way, else their last."""
    parser.add_argument("customer", metavar="CUSTOMER", help=_CUSTOMER)


def add_item(parser: argparse.ArgumentParser) -> None:
    """Let an item of a customer's checklist be named."""
    add_customer(parser)
    parser.add_argument("item", metavar="ITEM", help=_ITEM)


def add_reason(parser: argparse.ArgumentParser, what: str, required: bool = False) -> None:
    """Let a reason be said; where the domain wants one and has none, it says so itself."""
    parser.add_argument("--reason", metavar="TEXT", default="", required=required, help=what)


def add_pieces(parser: argparse.ArgumentParser) -> None:
    """Let evidence be said: an address, a note or a file."""
    either = parser.add_mutually_exclusive_group(required=True)
    either.add_argument("--link", metavar="ADDRESS", help="a web address, http or https")
    either.add_argument("--note", metavar="TEXT", help="a note")
    either.add_argument("--file", metavar="FILE", help="a file of this machine, 25 MB at most")
    parser.add_argument("--internal", action="store_true", help="it stays with us: no report shows it")


def onboarding_of(name: str) -> Held:
    """The onboarding of a customer that is under way, else the last one; NotFound names how one is started."""
    from contracts.held import customer_id
    from models.errors import NotFound
    from models.reading import scalar
    from onboarding.rules import held

    number = customer_id(name)
    found = scalar(
        "SELECT id FROM onboarding WHERE customer_id = ? ORDER BY CASE state WHEN 'running' THEN 0 ELSE 1 END, id DESC"
        " LIMIT 1",
        (number,),
    )
    if found is None:
        raise NotFound(f"{name} has no onboarding; start one with: tamdesk onboarding start {name} --from DATE")
    return held(int(found))


def item_of(onboarding_id: int, text: str) -> int:
    """The item of this number or key, or the only one with these words in its title; NotFound names those that fit."""
    from models.errors import NotFound
    from models.reading import rows
    from onboarding.typed import own_item

    digits = text.removeprefix("#")
    if digits.isascii() and digits.isdigit():
        return own_item(onboarding_id, int(digits)).id
    known = rows(
        "SELECT id, key, title FROM onboarding_item WHERE onboarding_id = ? ORDER BY position, id", (onboarding_id,)
    )
    wanted = " ".join(text.casefold().split())
    exact = [number for number, key, title in known if wanted in (key.casefold(), title.casefold())]
    partly = [(number, title) for number, _, title in known if wanted and wanted in title.casefold()]
    if len(exact) == 1 or len(partly) == 1:
        return int(exact[0] if len(exact) == 1 else partly[0][0])
    if not partly:
        raise NotFound(f"No item is called {text!r}; tamdesk onboarding show prints their numbers.")
    listed = "; ".join(f"{number} {title}" for number, title in partly[:5])
    raise NotFound(f"{text!r} is in several titles; say which by its number: {listed}.")


def narrated(actor_id: int) -> str:
    """What a person did last, as the journal has it."""
    from models.reading import scalar

    found = scalar("SELECT sentence FROM operation WHERE person_id = ? ORDER BY id DESC LIMIT 1", (actor_id,))
    return str(found or "")


def tell_done(args: argparse.Namespace, line: str, form: dict[str, Any], sentence: str, odd: Iterable[str] = ()) -> int:
    """Print what something is now; the sentence of the journal goes beside it, and what is odd."""
    if args.json:
        show_json({**form, "sentence": sentence, "warnings": list(odd)})
        return 0
    show(line)
    tell(sentence)
    warn(odd)
    return 0


def onboarding_line(each: OnboardingLine) -> str:
    """An onboarding as a line: customer, phase, progress beside time, health, days to go-live and the reason."""
    from screens.widgets.text import fit

    far = f"{each.progress:>3} % done {each.elapsed:>3} % of time"
    state = each.health if each.state == "running" else each.state
    goal = "live" if each.live else f"{each.go_live_on} ({_to_go(each.days_left)})"
    return f"{fit(each.customer, 20)} {each.phase:<18} {far}  {state:<8}  {goal:<26} {each.reason}"


def _to_go(days: int) -> str:
    from tickets.words import days as told

    return f"{told(days)} left" if days >= 0 else f"{told(-days)} ago"


def tell_onboarding(args: argparse.Namespace, onboarding_id: int, sentence: str, odd: Iterable[str] = ()) -> int:
    """Print an onboarding after something was done with it."""
    from onboarding.portfolio import line_of

    found = line_of(onboarding_id, args.now())
    line, form = (onboarding_line(found), found._asdict()) if found else ("", {})
    return tell_done(args, line, {"onboarding": form}, sentence, odd)


def item_line(each: ItemLine, zone: str) -> str:
    """An item as a line: number, sign, title, state, due date, who has it, and what holds it up."""
    from screens.widgets.text import fit

    told = [each.owner or f"nobody of the {each.side}"]
    told += ["overdue"] if each.overdue else []
    told += ["critical"] if each.critical else []
    if each.blocked_by:
        by = f"the {each.blocked_by}" if each.blocked_by in SIDES.values() else each.blocked_by
        told.append(f"by {by} since {_day(zone, each.blocked_since)}: {each.reason}")
    elif each.reason:
        told.append(each.reason)
    told += [f"after {_shortly(each.first)}"] if each.first else []
    return (
        f"{each.id:>6}  {each.sign} {fit(each.title, 44)} {each.state:<10} {each.due_on or '':<10}  {'; '.join(told)}"
    )


def _shortly(titles: tuple[str, ...]) -> str:
    """The first titles, and how many more there are."""
    more = len(titles) - 2
    return ", ".join(titles[:2]) + (f" and {more} more" if more > 0 else "")


def _day(zone: str, instant: int | None) -> str:
    from sla.wall import local_of

    return local_of(zone, instant or 0).date().isoformat()


def tell_item(args: argparse.Namespace, held: Held, item_id: int, sentence: str) -> int:
    """Print an item after something was done with it."""
    from onboarding.reading import checklist

    found = next(each for group in checklist(held.id, args.now()).groups for each in group.items if each.id == item_id)
    return tell_done(args, item_line(found, held.zone), {"item": found._asdict()}, sentence)


def keep_piece(args: argparse.Namespace, onboarding_id: int, actor_id: int, **about: int) -> int:
    """Keep the evidence that is said, and answer its id; raises DomainError where a file cannot be read."""
    from onboarding import evidence

    subject, at = evidence.About(**about), args.now()
    if args.link is not None:
        return evidence.add_link(onboarding_id, args.link, actor_id, at, about=subject, internal=args.internal)
    if args.note is not None:
        return evidence.add_note(onboarding_id, args.note, actor_id, at, about=subject, internal=args.internal)
    path = Path(args.file)
    content = _content(path)
    return evidence.add_file(onboarding_id, path.name, content, actor_id, at, about=subject, internal=args.internal)


def _content(path: Path) -> bytes:
    from models.errors import DomainError
    from tickets.attachments import check_size

    try:
        check_size(path.name, path.stat().st_size)
        return path.read_bytes()
    except OSError as error:
        raise DomainError(f"{path} cannot be read: {error.strerror}.") from error


def tell_piece(args: argparse.Namespace, evidence_id: int, sentence: str) -> int:
    """Print a piece of evidence after it was kept."""
    from onboarding.evidence import piece

    found = piece(evidence_id)
    return tell_done(args, piece_line(found), {"evidence": found._asdict()}, sentence)


def piece_line(found: Any) -> str:
    """A piece of evidence as a line."""
    inside = "internal" if found.internal else ""
    return f"{found.id:>6}  {found.kind:<5} {inside:<9} {found.text}"
