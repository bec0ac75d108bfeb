"""What a request says beside its subject, and what the contract makes of it while it is filled in."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rich.segment import Segment
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from screens.dialogs.choices import Cycle
from screens.dialogs.frame import Line
from screens.ticket_reply import Told
from screens.widgets.palette import palette_of
from screens.widgets.text import clean, fit, wrap
from tickets.assessment import NOTE, OK, REFUSED, WARNING, Assessment
from tickets.attachments import NewFile
from tickets.errors import RuleRefused
from tickets.requests import SCENARIOS, Draft

UNSAID, UNKNOWN = "not said", "nobody looked"
TEXTS = {
    "impact": ("Impact", "what it does to their work; it supports the severity"),
    "observed": ("Observed", "what happens, with the exact message"),
    "expected": ("Expected", "what should happen instead"),
    "steps": ("Steps", "how to make it happen again"),
    "evidence": ("Evidence", "that neither connectivity nor compute is the cause"),
    "feature": ("Feature", "which feature or page it is about"),
}
FILES = "paths of log files on this machine, with ; between them"
ENTERPRISE = (UNKNOWN, "yes", "no")
SEVERITIES = (UNSAID, "1", "2", "3", "4")
SIGNS = {REFUSED: "✕", WARNING: "!", NOTE: "·", OK: "✓"}
STYLES = {REFUSED: "alarm", WARNING: "warning", NOTE: "quiet", OK: "plain"}


def field(label: str, widget: Widget) -> Horizontal:
    """Return a line of a form."""
    return Horizontal(Told(label), widget, classes="field")


class RequestFields(Vertical):
    """Scenario, the customer's severity, the facts, whose it is, and files."""

    DEFAULT_CSS = "RequestFields { height: auto; }"

    def __init__(self) -> None:
        super().__init__()
        self.keys = ("", *SCENARIOS)
        self.scenario = Cycle((UNSAID, *(each.title for each in SCENARIOS.values())))
        self.theirs, self.enterprise = Cycle(SEVERITIES), Cycle(ENTERPRISE)
        self.area = Cycle((UNSAID,))
        self.texts = {name: Line(hint) for name, (_, hint) in TEXTS.items()}
        self.files = Line(FILES)

    def compose(self) -> ComposeResult:
        """Place the fields."""
        yield field("Scenario", self.scenario)
        yield field("Their sev", self.theirs)
        for name, (label, _) in TEXTS.items():
            yield field(label, self.texts[name])
        yield field("Enterprise", self.enterprise)
        yield field("Area", self.area)
        yield field("Files", self.files)

    def offer(self, areas: Iterable[str]) -> None:
        """Offer the areas that the customer's service description speaks of; the chosen one stays if it is there."""
        values = (UNSAID, *areas)
        chosen = self.area.value
        self.area.tell(values, values.index(chosen) if chosen in values else 0)

    def paths(self) -> list[Path]:
        """The files that are to be attached."""
        return [Path(part.strip()).expanduser() for part in self.files.value.split(";") if part.strip()]

    def said(self) -> dict[str, Any]:
        """The fields of `tickets.requests.Draft` that stand here."""
        texts = {name: line.value.strip() for name, line in self.texts.items()}
        return {
            **texts,
            "scenario": self.keys[self.scenario.index],
            "customer_severity": self.theirs.index or None,
            "enterprise": (None, True, False)[self.enterprise.index],
            "area": self.area.value if self.area.index else "",
            "logs": bool(self.paths()),
        }

    def kept(self) -> dict[str, str]:
        """What a draft keeps."""
        said = {name: line.value for name, line in self.texts.items()}
        chosen = {"scenario": self.keys[self.scenario.index], "theirs": self.theirs.value, "area": self.area.value}
        return said | chosen | {"enterprise": self.enterprise.value, "files": self.files.value}

    def fill(self, kept: dict[str, str]) -> None:
        """Put a draft back; a choice that is offered no more is left out."""
        for name, line in self.texts.items():
            line.value = clean(kept.get(name, ""))
        self.files.value = clean(kept.get("files", ""))
        scenario = kept.get("scenario", "")
        self.scenario.tell(self.scenario.values, self.keys.index(scenario) if scenario in self.keys else 0)
        chosen = ((self.theirs, "theirs"), (self.enterprise, "enterprise"), (self.area, "area"))
        for cycle, name in chosen:
            value = kept.get(name, "")
            cycle.tell(cycle.values, cycle.values.index(value) if value in cycle.values else 0)


def read_files(paths: list[Path]) -> list[NewFile]:
    """Read files of this machine, on the database thread; RuleRefused where one cannot be read or is too large."""
    import mimetypes

    from tickets.attachments import check_size

    found = []
    for path in paths:
        try:
            check_size(path.name, path.stat().st_size)
            media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            found.append(NewFile(path.name, media_type, path.read_bytes()))
        except OSError as error:
            raise RuleRefused(f"{path} cannot be read: {error.strerror}.") from error
    return found


def receive(draft: Draft, paths: list[Path], actor: int, at: int, ask: bool) -> int:
    """Take the request in, on the database thread; `ask`: with a draft of the reply that asks for the rest."""
    from tickets import drafts
    from tickets.please_send import language_of, please_send
    from tickets.requests import receive_request

    ticket_id = receive_request(draft, actor=actor, at=at, files=read_files(paths))
    if ask:
        message = please_send(draft, language_of(draft.customer_id, at))
        drafts.save(actor, ticket_id, "reply", message, at)
    return ticket_id


def assessed_lines(assessment: Assessment) -> list[tuple[str, str]]:
    """Return pairs of style and line: what speaks against it first, then what is missing, then the rest."""
    order = (REFUSED, WARNING, NOTE, OK)
    told = sorted(
        (each for each in assessment.findings if each.key != "promise"), key=lambda each: order.index(each.state)
    )
    lines = [(STYLES[each.state], f"{SIGNS[each.state]} {each.text}") for each in told]
    if assessment.missing:
        lacking = ", ".join(each.text for each in assessment.missing)
        count = sum(each.state in (REFUSED, WARNING) for each in told)
        lines.insert(count, ("accent", f"? missing: {lacking}"))
    return lines


class Assessed(Widget):
    """What the contract makes of the request, in a few lines."""

    MOST, TALL = 6, 34
    """Lines at most on a small screen, and from how many lines on a screen has room for half as many again."""
    DEFAULT_CSS = "Assessed { height: auto; }"

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[tuple[str, str]] = []

    def tell(self, lines: list[tuple[str, str]]) -> None:
        """Show these."""
        if lines != self.lines:
            self.lines = lines
            self.refresh(layout=True)

    def _wrapped(self, width: int) -> list[tuple[str, str]]:
        room = max(10, width - 4)
        most = self.MOST + self.MOST // 2 * (self.app.size.height >= self.TALL)
        found: list[tuple[str, str]] = []
        for style, text in self.lines:
            first, *further = wrap(clean(text), room)
            found.append((style, first))
            if further:
                cut = f"{further[0][: room - 2].rsplit(' ', 1)[0]} …"
                found.append((style, f"  {further[0]}" if len(further) == 1 else f"  {cut}"))
        return found[:most]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines there are."""
        return len(self._wrapped(width))

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        width, palette = self.size.width, palette_of(self.app)
        lines = self._wrapped(width)
        style, text = lines[y] if y < len(lines) else ("plain", "")
        return Strip([Segment(fit(f" {text}", width), palette.named(style))], width)
