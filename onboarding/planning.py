"""Dates of a checklist: forward from the start or backward from go-live, on working days, after what they depend on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from onboarding.critical import circle, in_order, longest_chain
from onboarding.errors import OnboardingRefused
from onboarding.open_days import IsOpen, OpenDays
from onboarding.words import FROM_GO_LIVE, FROM_START


class PlanItem(NamedTuple):
    """An item to be planned: due `offset` working days after the start (or before go-live, as `anchor` says).

    It takes `days` working days, and begins after everything in `needs` (ids) is over. One that is `pinned` keeps the
    date in `due`; one that is `done` keeps both dates and holds nothing up. `begins` is what its offset counts from,
    where that is not the start of all.
    """

    id: int
    title: str
    days: int
    anchor: str
    offset: int
    needs: tuple[int, ...] = ()
    pinned: bool = False
    done: bool = False
    starts: date | None = None
    due: date | None = None
    begins: date | None = None


class Planned(NamedTuple):
    """When an item is worked on, and by how many working days it may slip before go-live does (below zero: too late).

    An item that was done without dates has none.
    """

    starts_on: date | None
    due_on: date | None
    slack_days: int
    critical: bool


class Plan(NamedTuple):
    """The dates by item id, and in sentences what does not fit."""

    items: dict[int, Planned]
    problems: tuple[str, ...]


class _Span(NamedTuple):
    """The numbers of the first and the last working day of an item."""

    first: int
    last: int


def plan(items: Sequence[PlanItem], start: date, go_live: date | None, direction: str, is_open: IsOpen) -> Plan:
    """Plan a checklist; `direction` is "start" (as early as its offsets say) or "go-live" (as late).

    Raises OnboardingRefused for needs in a circle (naming it), and where `direction` is go-live without a date for it.
    """
    refuse_circles(items)
    if direction == FROM_GO_LIVE and go_live is None:
        raise OnboardingRefused("Dates can be counted back from go-live only once go-live has a date; set it first.")
    return _Planning(items, OpenDays(is_open, start), go_live).plan(direction)


def refuse_circles(items: Sequence[PlanItem]) -> None:
    """Refuse items that need each other in a circle, and name it."""
    titles = {item.id: item.title for item in items}
    around = circle({item.id: item.needs for item in items})
    if around:
        raise OnboardingRefused(
            "These items wait for each other in a circle; take one of the needs away: "
            + " → ".join(titles[each] for each in around)
        )


class _Planning:
    """One checklist on the line of working days; 0 is the start."""

    def __init__(self, items: Sequence[PlanItem], days: OpenDays, go_live: date | None) -> None:
        self.items = {item.id: item for item in items}
        self.days = days
        self.end = days.on_or_before(go_live) if go_live else None
        self.order = in_order({item.id: item.needs for item in items})
        self.needs = {item.id: tuple(each for each in item.needs if each in self.items) for item in items}
        self.waiting: dict[int, list[int]] = {item.id: [] for item in items}
        for item_id, needs in self.needs.items():
            for need in needs:
                self.waiting[need].append(item_id)
        self.fixed = {item.id: span for item in items if (span := self._fixed(item))}
        self.undated = {item.id for item in items if item.done and item.due is None}

    def plan(self, direction: str) -> Plan:
        """Give every item its days, then its slack."""
        spans = self._forward() if direction == FROM_START else self._backward()
        latest = self._latest(spans)
        open_items = {item.id: item.days for item in self.items.values() if not item.done}
        chain = set(longest_chain(open_items, self.needs))
        planned = {}
        for item in self.items.values():
            if item.id in self.undated:
                planned[item.id] = Planned(None, None, 0, False)
                continue
            starts, due = self._dates(item, spans[item.id])
            planned[item.id] = Planned(starts, due, latest[item.id] - spans[item.id].last, item.id in chain)
        return Plan(planned, tuple(self._problems(spans)))

    def _dates(self, item: PlanItem, span: _Span) -> tuple[date, date]:
        """What is done or pinned keeps its own dates, even where they are on a closed day."""
        due = item.due if item.due and (item.done or item.pinned) else self.days.day(span.last)
        starts = item.starts if item.starts and item.done else self.days.day(span.first)
        return min(starts, due), due

    def _fixed(self, item: PlanItem) -> _Span | None:
        if item.due is None or not (item.done or item.pinned):
            return None
        last = self.days.on_or_before(item.due)
        first = self.days.on_or_before(item.starts) if item.done and item.starts else last - item.days + 1
        return _Span(min(first, last), last)

    def _forward(self) -> dict[int, _Span]:
        """Every item on the day that its offset says, or later where it has to wait."""
        return self._settle(self._wishes())

    def _wishes(self) -> dict[int, int]:
        return {item_id: self._wanted(item) - item.days + 1 for item_id, item in self.items.items()}

    def _wanted(self, item: PlanItem) -> int:
        """The number of the day that an item is due by its offset; without a go-live it follows what it needs."""
        if item.anchor == FROM_START:
            return self._begin(item) + item.offset
        return self.end - item.offset if self.end is not None else self._begin(item)

    def _begin(self, item: PlanItem) -> int:
        return self.days.on_or_after(item.begins) if item.begins else 0

    def _settle(self, wanted: dict[int, int], as_new: bool = False) -> dict[int, _Span]:
        """Every item from its wanted first day on: never before its start, never before what it needs is over.

        `as_new` settles as if nothing were done or pinned yet.
        """
        spans: dict[int, _Span] = {}
        for item_id in self.order:
            item = self.items[item_id]
            free = (spans[need].last + 1 for need in self.needs[item_id] if as_new or not self.items[need].done)
            first = max([wanted[item_id], self._begin(item), *free])
            kept = None if as_new else self.fixed.get(item_id)
            spans[item_id] = kept or _Span(first, first + item.days - 1)
        return spans

    def _backward(self) -> dict[int, _Span]:
        """Every item as late as what waits for it allows; what counts from the start keeps its distance to the rest."""
        end = self.end or 0
        # What is done counts here as if it were not, so that finishing an item puts no other off.
        early = self._settle(self._wishes(), as_new=True)
        moved = self._moved(early, end)
        firsts: dict[int, int] = {}
        for item_id in reversed(self.order):
            item = self.items[item_id]
            last = end - item.offset if item.anchor == FROM_GO_LIVE else early[item_id].last + moved
            if item.begins:
                last = early[item_id].last
            room = [firsts[each] - 1 for each in self.waiting[item_id]]
            firsts[item_id] = min([end, last, *room]) - item.days + 1
            if item.pinned and item_id in self.fixed:
                firsts[item_id] = self.fixed[item_id].first
        return self._settle(firsts)

    def _moved(self, early: dict[int, _Span], end: int) -> int:
        """By how much what counts from the start moves, so that it ends right before what counts from go-live."""
        counted = [item for item in self.items.values() if not item.begins]
        from_end = [end - item.offset - item.days + 1 for item in counted if item.anchor == FROM_GO_LIVE]
        last = max((early[item.id].last for item in counted if item.anchor == FROM_START), default=0)
        return min(from_end, default=end + 1) - 1 - last

    def _latest(self, spans: dict[int, _Span]) -> dict[int, int]:
        """The last day on which each item may be over without moving go-live (or, without one, the end)."""
        end = self.end if self.end is not None else max((span.last for span in spans.values()), default=0)
        latest: dict[int, int] = {}
        for item_id in reversed(self.order):
            after = [
                latest[each] - self.items[each].days
                for each in self.waiting[item_id]
                if each not in self.undated and not self.items[each].done
            ]
            latest[item_id] = self.fixed[item_id].last if item_id in self.fixed else min([end, *after])
        return latest

    def _problems(self, spans: dict[int, _Span]) -> list[str]:
        """What cannot be as it is planned, first things first."""
        found = []
        for item_id in self.order:
            item, span = self.items[item_id], spans[item_id]
            if item.done:
                continue
            if item.pinned and item.due and not self.days.is_open(item.due):
                found.append(f"{item.title}: {item.due} is not a working day; choose {self.days.day(span.last)}.")
            found.extend(self._waits(item, span, spans))
            if self.end is not None and span.last > self.end:
                found.append(
                    f"{item.title} would end on {self.days.day(span.last)}, after go-live on"
                    f" {self.days.day(self.end)}; move go-live or take something out."
                )
        return found

    def _waits(self, item: PlanItem, span: _Span, spans: dict[int, _Span]) -> list[str]:
        """The needs that end too late for an item whose date somebody fixed."""
        return [
            f"{item.title} begins on {self.days.day(span.first)}, before {self.items[need].title} ends on"
            f" {self.days.day(spans[need].last)}; move one of the two dates."
            for need in self.needs[item.id]
            if not self.items[need].done and spans[need].last >= span.first
        ]
