"""A vendor's own catalogue is read strictly, and told what is wrong where."""

import subprocess
import sys
from pathlib import Path

import pytest

from contracts.errors import CatalogueError, UnknownRevision
from contracts.reader import BUILT_IN, Catalogue, load


def own(folder: Path, text: str, name: str = "2025-01-01") -> Catalogue:
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return load(folder)


def november() -> str:
    text = (BUILT_IN / "2023-11-15.toml").read_text(encoding="utf-8")
    return text.replace('revision = "2023-11-15"', 'revision = "2025-01-01"')


def refusal(folder: Path, text: str) -> str:
    with pytest.raises(CatalogueError) as caught:
        own(folder, text).revision("2025-01-01")
    return str(caught.value)


def test_a_vendors_own_file_stands_beside_the_built_in_ones(tmp_path: Path) -> None:
    catalogue = own(tmp_path, november())
    assert catalogue.revisions()[-1] == "2025-01-01"
    assert catalogue.revision("2025-01-01").revision == "2025-01-01"
    assert catalogue.revision("2023-10-06").title == "Support services"


def test_a_vendors_own_file_replaces_the_built_in_one_of_its_name(tmp_path: Path) -> None:
    text = november().replace('revision = "2025-01-01"', 'revision = "2023-11-15"').replace("2880", "240")
    support = own(tmp_path, text, "2023-11-15").revision("2023-11-15").support
    assert support is not None
    assert support.plans[1].severity_1.minutes == 240


def test_a_folder_that_is_not_there_adds_nothing(tmp_path: Path) -> None:
    assert load(tmp_path / "none").revisions() == load().revisions()


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("column = ", "colum = ", "unknown key 'support.plans[1].colum'; did you mean 'column'?"),
        (
            "minutes = 2880",
            "minuts = 2880",
            "unknown key 'support.plans[1].severity_1.minuts'; did you mean 'minutes'?",
        ),
        (
            "typical_months",
            "typical_month",
            "unknown key 'onboarding.term.typical_month'; did you mean 'typical_months'?",
        ),
        ("[support.tam]", "[support.tamm]", "unknown key 'support.tamm'; did you mean 'tam'?"),
        ("step_minutes = 15", "step = 15", "unknown key 'support.credits.initial_response.step'; did you mean 'step_"),
        ("title = ", "zzz = ", "unknown key 'zzz'; known: revision, title"),
    ],
)
def test_an_unknown_key_is_told_with_file_place_and_nearest(tmp_path: Path, right: str, wrong: str, told: str) -> None:
    said = refusal(tmp_path, november().replace(right, wrong, 1))
    assert said.startswith(str(tmp_path / "2025-01-01.toml"))
    assert told in said


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("minutes = 2880", 'minutes = "2880"', "$.support.plans[1].severity_1.minutes"),
        ("minutes = 2880", "minutes = 0", "$.support.plans[1].severity_1.minutes"),
        ("minutes = 2880", "minutes = 1.5", "$.support.plans[1].severity_1.minutes"),
        ('professional = "no"', 'professional = "never"', "$.support.plans[0].professional"),
        ("minutes = 2880", "floor_minutes = 30", "an objective of kind 'duration' has minutes"),
        ('kind = "none"', 'kind = "none", floor_minutes = 30', "only an objective of kind 'bespoke'"),
        ('column = "default"', 'column = "defualt"', "column of 'production': 'defualt' is not defined"),
        ('kind = "named", name = "business"', 'kind = "named", name = "night"', "hours of 'free': 'night'"),
        ("week = { mon =", "week = { mno =", "'mno'"),
        ('zone = "Europe/Zurich"', 'zone = "Europe/Zurch"', "'Europe/Zurch'"),
        ('[["08:00", "17:00"]]', '[["17:00", "08:00"]]', "ends before it starts"),
        ("number = 2", "number = 3", "severities must be numbered 1 to 4"),
        ('id = "production"', 'id = "free"', "plans: 'free' is there twice"),
        ('revision = "2025-01-01"', 'revision = "May 2025"', "$.revision"),
        ('revision = "2025-01-01"', 'revision = "2025-01-02"', "the file is named '2025-01-01'"),
        ("[support.tam]", "[support.tam", "cannot be read"),
    ],
)
def test_a_wrong_value_is_told_with_file_and_place(tmp_path: Path, right: str, wrong: str, told: str) -> None:
    said = refusal(tmp_path, november().replace(right, wrong, 1))
    assert said.startswith(str(tmp_path / "2025-01-01.toml"))
    assert told in said


def test_a_file_that_is_not_text_is_told_by_name(tmp_path: Path) -> None:
    (tmp_path / "2025-01-01.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(CatalogueError, match=r"2025-01-01\.toml: cannot be read"):
        load(tmp_path).revision("2025-01-01")


def test_one_broken_file_leaves_the_others_usable(tmp_path: Path) -> None:
    assert own(tmp_path, "nonsense").revision("2023-11-15").support is not None


def test_an_unknown_revision_is_told_with_the_nearest(catalogue: Catalogue) -> None:
    with pytest.raises(UnknownRevision, match="no catalogue revision '2023-11-16'; did you mean '2023-11-15'"):
        catalogue.revision("2023-11-16")
    with pytest.raises(UnknownRevision, match="did you mean"):
        catalogue.governing("service", "2023-11-16")


@pytest.mark.parametrize(
    ("subject", "pinned", "governing"),
    [
        ("support", "2023-11-15", "2023-11-15"),
        ("onboarding", "2023-11-15", "2023-11-15"),
        ("onboarding", "2023-10-06", "2023-10-05"),
        ("service", "2023-10-06", "2024-04-05"),
        ("support", "2024-04-05", "2023-11-15"),
    ],
)
def test_a_subject_is_governed_by_the_annex_that_speaks_of_it(
    catalogue: Catalogue, subject: str, pinned: str, governing: str
) -> None:
    assert catalogue.governing(subject, pinned).revision == governing


def test_naming_the_revisions_reads_no_file_and_imports_no_parser() -> None:
    story = (
        "import sys; from contracts.reader import load; from contracts.terms import resolve; load().revisions();"
        "assert not {'msgspec', 'textual', 'rich', 'arrow', 'holidays'} & set(sys.modules), sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", story], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
