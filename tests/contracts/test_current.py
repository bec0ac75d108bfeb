"""The catalogue of the desk: the vendor's own files count as soon as they are there, and cost nothing where not."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from contracts.current import business_hours, use_folder
from contracts.errors import CatalogueError
from contracts.reader import BUILT_IN, load
from sla.hours import BUSINESS, SupportHours
from tickets.reading import support_open

SIX_IN_THE_MORNING = 1_772_773_200
"""Fri 6 March 2026, 06:00 in Zurich."""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """The vendor's own catalogue files."""
    yield tmp_path
    use_folder(None)


def test_without_files_of_the_vendor_business_hours_are_those_of_the_newest_built_in_annex(folder: Path) -> None:
    use_folder(folder)
    catalogue = load()
    annex = catalogue.governing("support", catalogue.revisions()[-1]).support
    assert annex is not None
    printed = {entry.name: SupportHours.parse(entry.form()) for entry in annex.hours}
    assert business_hours() == BUSINESS == printed["business"]


def test_a_vendor_who_opens_earlier_is_open_earlier_on_the_screen_too(folder: Path) -> None:
    use_folder(folder)
    assert support_open(SIX_IN_THE_MORNING)[0] is False
    text = (BUILT_IN / "2023-11-15.toml").read_text(encoding="utf-8")
    text = text.replace('revision = "2023-11-15"', 'revision = "2026-01-01"').replace(
        '["08:00", "17:00"]', '["05:00", "14:00"]'
    )
    (folder / "2026-01-01.toml").write_text(text, encoding="utf-8")
    use_folder(folder)
    assert support_open(SIX_IN_THE_MORNING) == (True, SIX_IN_THE_MORNING + 8 * 3600)


def test_a_vendors_file_that_cannot_be_used_is_named(folder: Path) -> None:
    (folder / "2026-01-01.toml").write_text("nonsense", encoding="utf-8")
    use_folder(folder)
    with pytest.raises(CatalogueError, match=r"2026-01-01\.toml"):
        business_hours()
