"""The checklist that an onboarding begins with: the facts of the catalogue, and what tailors them, by revision."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from contracts.current import catalogue
from contracts.errors import CatalogueError, UnknownRevision
from onboarding.critical import circle
from onboarding.words import FROM_START, PREREQUISITE, PROOF, TOPIC, VENDOR

if TYPE_CHECKING:
    from contracts.reader import Catalogue
    from contracts.schema import Onboarding
    from onboarding.template_form import ItemForm, TemplateForm

FOLDER = Path(__file__).parent / "templates"
PLAIN_STEP = 3
"""Working days from one item to the next, where a revision has no template of its own."""


class TemplateItem(NamedTuple):
    """An item as a checklist begins with it; `offset` and `days` are working days, `needs` are keys.

    `detail` says that the title is a line of the catalogue.
    """

    key: str
    part: str
    topic: str
    title: str
    side: str
    anchor: str
    offset: int
    days: int
    needs: tuple[str, ...]
    done_means: str
    detail: bool


class Template(NamedTuple):
    """A version of a revision's checklist; its offsets are made for a term of `span_days` working days."""

    revision: str
    version: int
    span_days: int
    items: tuple[TemplateItem, ...]

    @property
    def name(self) -> str:
        """The name that an onboarding keeps: "2023-11-15 version 1"."""
        return f"{self.revision} version {self.version}"

    def of_parts(self, *parts: str) -> tuple[TemplateItem, ...]:
        """The items of some parts, in order."""
        return tuple(item for item in self.items if item.part in parts)


def annex_of(revision: str) -> Onboarding:
    """What a revision says about onboarding; UnknownRevision where it is silent or unknown."""
    found = catalogue().revision(revision).onboarding
    if found is None:
        raise UnknownRevision(f"the revision {revision} does not speak of onboarding")
    return found


def template(revision: str) -> Template:
    """The newest template of a revision; UnknownRevision, or CatalogueError where its file cannot be used."""
    return _template(catalogue(), revision)


@lru_cache(maxsize=32)
def _template(held: Catalogue, revision: str) -> Template:
    annex = annex_of(revision)
    path = FOLDER / f"{revision}.toml"
    return read(path, annex) if path.is_file() else _plain(revision, annex)


def read(path: Path, annex: Onboarding) -> Template:
    """Read a template's file strictly, beside the annex that it tailors; CatalogueError names file and place."""
    import msgspec

    from contracts.strict import unknown_key
    from onboarding.template_form import TemplateForm

    try:
        with path.open("rb") as file:
            raw = tomllib.load(file)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError(f"{path}: cannot be read: {error}") from error
    try:
        form = msgspec.convert(raw, TemplateForm)
    except msgspec.ValidationError as error:
        raise CatalogueError(f"{path}: {unknown_key(raw, TemplateForm) or error}") from error
    for problem in _problems(form, annex):
        raise CatalogueError(f"{path}: {problem}")
    return Template(form.revision, form.version, form.span_days, tuple(_item(item) for item in form.items))


def _item(form: ItemForm) -> TemplateItem:
    topic = form.topic or PROOF.capitalize()
    title, detail = form.detail or form.title, bool(form.detail)
    where = (form.anchor, form.offset, form.days, form.needs)
    return TemplateItem(form.key, form.part, topic, title, form.side, *where, form.done_means, detail)


def _problems(form: TemplateForm, annex: Onboarding) -> list[str]:
    """What the file says that the annex or the file itself does not hold."""
    keys = [item.key for item in form.items]
    details = [item.detail for item in form.items if item.detail]
    found = [f"the key {key!r} is there twice" for key in sorted(set(keys)) if keys.count(key) > 1]
    for item in form.items:
        if item.part != PREREQUISITE and item.topic not in annex.topics.entries:
            found.append(f"{item.key}: {item.topic!r} is no topic of the annex")
        if item.detail and item.detail not in annex.in_scope.entries:
            found.append(f"{item.key}: {item.detail!r} is no detail of the annex")
        found.extend(f"{item.key}: needs {need!r}, which is not there" for need in item.needs if need not in keys)
    found.extend(f"the detail {entry!r} is missing" for entry in annex.in_scope.entries if entry not in details)
    found.extend(f"the detail {entry!r} is there twice" for entry in sorted(set(details)) if details.count(entry) > 1)
    found.extend(
        f"the topic {topic!r} has no item"
        for topic in annex.topics.entries
        if topic not in {item.topic for item in form.items}
    )
    if not found and (around := circle({item.key: item.needs for item in form.items})):
        found.append(f"the items need each other in a circle: {' → '.join(around)}")
    return found


def _plain(revision: str, annex: Onboarding) -> Template:
    """The details one after the other, for a vendor's own revision that nobody has tailored yet."""
    items = tuple(
        TemplateItem(
            f"detail-{number}", TOPIC, annex.in_scope.section, entry, VENDOR, FROM_START, number * PLAIN_STEP, 1,
            (), "Both sides agree that it was covered.", True,
        )
        for number, entry in enumerate(annex.in_scope.entries, 1)
    )  # fmt: skip
    return Template(revision, 1, PLAIN_STEP * (len(items) + 1), items)
