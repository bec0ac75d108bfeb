"""A template tailors exactly what the annex states, and a file that does not is refused by name."""

from pathlib import Path

import pytest

from contracts import current
from contracts.current import catalogue
from contracts.errors import CatalogueError, UnknownRevision
from onboarding import template as templates
from onboarding.template import FOLDER, annex_of, read, template
from onboarding.words import PARTS, PREREQUISITE, SIDES

REVISIONS = ("2023-10-05", "2023-11-15")


@pytest.mark.parametrize("revision", REVISIONS)
def test_it_covers_the_six_topics_and_each_of_the_fifteen_details_once(revision: str) -> None:
    annex, held = annex_of(revision), template(revision)
    details = [item.title for item in held.items if item.detail]
    assert len(details) == 15
    assert sorted(details) == sorted(annex.in_scope.entries)
    topics = {item.topic for item in held.items if item.part != PREREQUISITE}
    assert len(topics) == 6
    assert topics == set(annex.topics.entries)


@pytest.mark.parametrize("revision", REVISIONS)
def test_what_is_ours_is_the_proof_the_migration_and_the_check_before_go_live(revision: str) -> None:
    held = template(revision)
    own = {item.key for item in held.of_parts("topic") if not item.detail}
    assert own == {"migration-plan", "migration-rehearsal"}
    assert len(held.of_parts("prerequisite")) == 4
    assert [item.key for item in held.of_parts("go-live")] == [
        "security", "backup", "monitoring", "support-contacts", "runbook", "go-live-check",
    ]  # fmt: skip


@pytest.mark.parametrize("revision", REVISIONS)
def test_every_item_says_who_when_and_what_done_means(revision: str) -> None:
    held = template(revision)
    assert held.name == f"{revision} version 1"
    for item in held.items:
        assert item.part in PARTS and item.side in SIDES
        assert 0 <= item.offset <= held.span_days
        assert item.done_means.endswith(".")


def test_every_file_is_of_a_revision_that_speaks_of_onboarding() -> None:
    assert {path.stem for path in FOLDER.glob("*.toml")} == set(catalogue().speaking_of("onboarding"))


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("side =", "sides ="), "unknown key 'items[0].sides'; did you mean 'side'?"),
        (('"Migration"', '"Immigration"'), "migration-plan: 'Immigration' is no topic of the annex"),
        (('detail = "Types of events"', 'detail = "Kinds of events"'), "'Kinds of events' is no detail of the annex"),
        (('detail = "Types of events"', 'title = "Types of events"'), "the detail 'Types of events' is missing"),
        (('key = "manuals"', 'key = "installation"'), "the key 'installation' is there twice"),
        (('needs = ["walk-through"]', 'needs = ["walk"]'), "manuals: needs 'walk', which is not there"),
        (('key = "security"\n', 'key = "security"\ndetail = "Types of events"\n'), "security: give a detail of"),
        (("version = 1", "version = 0"), ">= 1"),
        (('revision = "2023-11-15"', "revision = "), "cannot be read"),
        (('needs = ["migration-plan", "clients"]', 'needs = ["functional-tests"]'), "functional-tests → migration"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_the_place_in_it(
    tmp_path: Path, change: tuple[str, str], problem: str
) -> None:
    text = (FOLDER / "2023-11-15.toml").read_text(encoding="utf-8")
    assert change[0] in text
    path = tmp_path / "2023-11-15.toml"
    path.write_text(text.replace(*change, 1), encoding="utf-8")
    with pytest.raises(CatalogueError) as refused:
        read(path, annex_of("2023-11-15"))
    assert str(refused.value).startswith(f"{path}: ")
    assert problem in str(refused.value)


def test_a_vendors_own_revision_without_a_template_has_its_details_in_order(tmp_path: Path) -> None:
    text = (Path(current.__file__).parent / "catalogue" / "2023-10-05.toml").read_text(encoding="utf-8")
    (tmp_path / "2025-01-01.toml").write_text(text.replace('"2023-10-05"', '"2025-01-01"'), encoding="utf-8")
    current.use_folder(tmp_path)
    try:
        held = template("2025-01-01")
        assert [item.title for item in held.items] == list(annex_of("2025-01-01").in_scope.entries)
    finally:
        current.use_folder(None)
    assert [item.offset for item in held.items][:3] == [3, 6, 9]
    assert held.span_days == templates.PLAIN_STEP * 16


def test_a_revision_that_is_silent_is_refused() -> None:
    with pytest.raises(UnknownRevision, match="does not speak of onboarding"):
        template("2024-04-05")
