"""The catalogue in force in this process: the built-in revisions and those in the vendor's folder, read once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from contracts.reader import Catalogue

_folder: Path | None = None
_catalogue: Catalogue | None = None


def use_folder(folder: Path | None) -> None:
    """Say where a vendor's own catalogue files are; what was read before is forgotten."""
    global _folder, _catalogue
    _folder, _catalogue = folder, None


def catalogue() -> Catalogue:
    """Answer the catalogue; raises CatalogueError where a file cannot be used."""
    global _catalogue  # noqa: PLW0603 - read at the first need, not at import
    if _catalogue is None:
        from contracts.reader import load

        _catalogue = load(_folder)
    return _catalogue
