"""What an import did, or would do: counts, and every record that did not land with its place and reason."""

from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

from tickets.imports.found import Place


@dataclass(slots=True)
class Count:
    """Records of one kind: new on the desk, changed there, and known already."""

    landed: int = 0
    updated: int = 0
    unchanged: int = 0


class Rejected(NamedTuple):
    """A record that did not land."""

    file: str
    line: int
    record: int
    reason: str

    def __str__(self) -> str:
        """Say it as compilers do."""
        return f"{self.file}:{self.line} (record {self.record}): {self.reason}"


@dataclass(slots=True)
class Warned:
    """Something that was taken in spite of a flaw: how often, and where first."""

    times: int
    first: Place


@dataclass(slots=True)
class Report:
    """What an import did; `operation_id` is what undo takes back, None where nothing changed.

    `credit_days` are owed for missed clocks since this import: they wait for a lead to grant or refuse them.
    """

    source: str
    dry_run: bool
    tickets: Count = field(default_factory=Count)
    messages: Count = field(default_factory=Count)
    customers: Count = field(default_factory=Count)
    contacts: Count = field(default_factory=Count)
    people: Count = field(default_factory=Count)
    clocks: dict[str, int] = field(default_factory=lambda: {"met": 0, "missed": 0, "running": 0})
    credit_days: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    warnings: dict[str, Warned] = field(default_factory=dict)
    operation_id: int | None = None

    @property
    def complete(self) -> bool:
        """Whether every record landed, or was there already."""
        return not self.rejected

    def reject(self, reason: str, place: Place) -> None:
        """Keep why a record did not land."""
        self.rejected.append(Rejected(*place, reason))

    def warn(self, sentence: str, place: Place) -> None:
        """Keep a flaw that was put up with; the same sentence is counted, not repeated."""
        if warned := self.warnings.get(sentence):
            warned.times += 1
        else:
            self.warnings[sentence] = Warned(1, place)

    def counts(self) -> dict[str, Count]:
        """The counts by what was counted."""
        return {name: getattr(self, name) for name in ("tickets", "messages", "customers", "contacts", "people")}

    def to_mapping(self) -> dict[str, Any]:
        """The report as JSON tells it."""
        return {
            "source": self.source,
            "dry_run": self.dry_run,
            "operation": self.operation_id,
            **{name: asdict(count) for name, count in self.counts().items()},
            "clocks": dict(self.clocks),
            "credit_days": self.credit_days,
            "rejected": [rejected._asdict() for rejected in self.rejected],
            "warnings": [
                {"warning": sentence, "times": warned.times, **warned.first._asdict()}
                for sentence, warned in self.warnings.items()
            ],
        }
