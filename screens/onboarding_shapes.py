"""What the two rows of an onboarding say: progress above time elapsed, health with its reason above what comes next."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, cast

from onboarding.health import AT_RISK, BLOCKED, LATE, ON_TRACK
from onboarding.portfolio import OnboardingLine
from onboarding.words import CONTINUOUS, PROOF, RUNNING, TERM
from screens.widgets.details import Told
from screens.widgets.plain_list import Pieces, Shape
from screens.widgets.text import clean, fit
from screens.widgets.two_rows import Second
from screens.widgets.when import local

WIDE = 100
SIGNS = {ON_TRACK: "●", AT_RISK: "◐", BLOCKED: "■", LATE: "✕"}
STYLES = {ON_TRACK: "plain", AT_RISK: "warning", BLOCKED: "alarm", LATE: "alarm"}
SHORT = {PROOF: "proof", TERM: "term", CONTINUOUS: "support"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class _Columns(NamedTuple):
    """Cells of each column."""

    name: int
    phase: int
    bar: int
    numbers: int
    left: int


def _columns(width: int) -> _Columns:
    return _Columns(21, 19, 14, 8, 11) if width >= WIDE else _Columns(15, 8, 9, 6, 8)


def day_words(day: str | None, today: date) -> str:
    """Return a local ISO date as `12 Mar`, with the year where it is another."""
    if not day:
        return "–"
    found = date.fromisoformat(day)
    return f"{found.day} {_MONTHS[found.month - 1]}{'' if found.year == today.year else f' {found.year}'}"


def days_left(line: OnboardingLine) -> str:
    """Return how long it is until go-live: `in 12 d`, `12 d ago`, `live`."""
    if line.live:
        return "live"
    if line.state != RUNNING:
        return line.state
    return (
        "today"
        if not line.days_left
        else f"in {line.days_left} d"
        if line.days_left > 0
        else f"{-line.days_left} d ago"
    )


def meter(percent: int, cells: int, full: str = "█") -> str:
    """Return a bar of that many cells; something that has begun shows at least one full cell."""
    part = max(1, cells * percent // 100) if percent else 0
    return full * part + "░" * (cells - part)


def _health(line: OnboardingLine) -> tuple[str, str]:
    if line.state != RUNNING:
        return "quiet", f"– {line.state}"
    said = ", as somebody says" if line.computed else ""
    return STYLES.get(line.health, "plain"), f"{SIGNS.get(line.health, '?')} {line.health}{said}"


def portfolio_shape(today: date) -> Shape:
    """Shape the first row: customer, phase, progress, health and why, days to go-live."""

    def heading(width: int) -> str:
        at = _columns(width)
        over = "Done above time" if width >= WIDE else "Done, time"
        head = f" {'Customer':<{at.name}}{'Phase':<{at.phase}}{over:<{at.bar + at.numbers}}"
        return f"{head}{'Health and why, next due':<{width - len(head) - at.left}}{'Go-live':>{at.left - 1}}"

    def line(item: object, width: int) -> Pieces:
        held, at = cast(OnboardingLine, item), _columns(width)
        style, word = _health(held)
        phase = held.phase if width >= WIDE else SHORT.get(held.phase, held.phase)
        room = width - 1 - sum(at)
        quiet = held.state != RUNNING
        reason = f": {clean(held.reason)}" if not quiet else ""
        shown = fit(f"{word}{reason}", room - 1)
        return (
            ("quiet" if quiet else "strong", f" {fit(held.customer, at.name - 1)} "),
            ("quiet" if quiet else "plain", f"{fit(phase, at.phase - 1)} "),
            ("quiet" if quiet else "accent", f"{meter(held.progress, at.bar - 1)} "),
            ("quiet" if quiet else "plain", f"{f'{held.done}/{held.items}':>{at.numbers - 1}} "),
            (style, shown[: len(word)]),
            ("quiet", f"{shown[len(word) :]} "),
            (
                "alarm" if held.days_left < 0 and not held.live and not quiet else "plain",
                f"{days_left(held):>{at.left - 1}} ",
            ),
        )

    return Shape(heading, line, "No onboarding is under way. N starts one; e shows those that are over.")


def second_row(today: date, zone: str) -> Second:
    """Return what shapes the second row: who looks after it, time elapsed, what holds it up, what is next, the date."""

    def line(item: object, width: int) -> Pieces:
        held, at = cast(OnboardingLine, item), _columns(width)
        owner, live = clean(held.owner or "nobody"), day_words(held.go_live_on, today)
        room = width - 1 - sum(at)
        late = held.next_due is not None and held.next_due < today.isoformat()
        due = (
            f"{'✕ ' if late else ''}due {day_words(held.next_due, today)} {clean(held.next_title)}"
            if held.next_due
            else ""
        )
        waits = (
            f"■ since {_local_day(held.blocked_since, today, zone)} on {clean(held.blocked_on)}"
            if held.blocked_since
            else ""
        )
        middle = fit("   ".join(part for part in (waits, due) if part), room - 1)
        cut = min(len(waits), len(middle))
        return (
            ("quiet", f"   {fit(owner, at.name + at.phase - 3)} "),
            ("quiet", f"{meter(held.elapsed, at.bar - 1, '▒')} "),
            ("quiet", f"{f'{held.elapsed} %':>{at.numbers - 1}} "),
            ("warning", middle[:cut]),
            ("warning" if late and held.state == RUNNING else "quiet", f"{middle[cut:]} "),
            ("quiet", f"{live if width >= WIDE else ' '.join(live.split()[:2]):>{at.left - 1}} "),
        )

    return line


def _local_day(at: int | None, today: date, zone: str) -> str:
    return day_words(local(at, zone).date().isoformat(), today) if at is not None else ""


def about(line: OnboardingLine, today: date, zone: str) -> list[Told]:
    """Return what is to be known of an onboarding: why, what is blocked, what is due next, then each other reason."""
    told: list[Told] = []
    others = line.reasons[1:] if line.state == RUNNING else ()
    if line.state == RUNNING:
        style, word = _health(line)
        more = f" (and {len(others)} more)" if others else ""
        told.append((style, f"{word}: {line.reason}{more}"))
        if line.computed:
            told.append(("quiet", f"the desk itself finds it {line.computed}; w tells why"))
    if line.blocked_since is not None:
        told.append(("warning", f"blocked since {_local_day(line.blocked_since, today, zone)} on {line.blocked_on}"))
    if line.next_due:
        told.append(("plain", f"next due {day_words(line.next_due, today)}: {line.next_title}"))
    live = "live" if line.live else f"go-live {day_words(line.go_live_on, today)}, {days_left(line)}"
    told.append(("quiet", f"{line.phase}, {live}, looked after by {line.owner or 'nobody'}"))
    told.extend(("plain", f"· {reason}") for reason in others)
    return told
