"""The catalogue in force in this process: the built-in revisions and those in the vendor's folder, read once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from contracts.reader import Catalogue
    from sla.hours import SupportHours

_folder: Path | None = None
_catalogue: Catalogue | None = None
_business_hours: SupportHours | None = None


def use_folder(folder: Path | None) -> None:
    """Say where a vendor's own catalogue files are; what was read before is forgotten."""
    global _folder, _catalogue, _business_hours
    _folder, _catalogue, _business_hours = folder, None, None


def catalogue() -> Catalogue:
    """Answer the catalogue; raises CatalogueError where a file cannot be used."""
    global _catalogue  # noqa: PLW0603 - read at the first need, not at import
    if _catalogue is None:
        from contracts.reader import load

        _catalogue = load(_folder)
    return _catalogue


def business_hours() -> SupportHours:
    """The business hours of the newest annex on support; raises CatalogueError where a vendor's file cannot be used."""
    global _business_hours  # noqa: PLW0603 - asked at every change of the desk
    if _business_hours is None:
        _business_hours = _vendors_hours() if _folder is not None and any(_folder.glob("*.toml")) else _built_in_hours()
    return _business_hours


def _built_in_hours() -> SupportHours:
    """Those of the built-in annexes, which no file has to be read for."""
    from sla.hours import BUSINESS

    return BUSINESS


def _vendors_hours() -> SupportHours:
    from sla.hours import SupportHours

    annex = catalogue().governing("support", catalogue().revisions()[-1]).support
    named = {entry.name: entry for entry in annex.hours} if annex else {}
    return SupportHours.parse(named["business"].form())  # the schema wants business hours in every annex
