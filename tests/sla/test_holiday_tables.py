import json
import subprocess
import sys
from pathlib import Path

import pytest

from sla.errors import InvalidHours
from sla.holiday_tables import check_region, table, use_cache

EASTER = {"2024-03-29": "Good Friday", "2024-04-01": "Easter Monday"}


def kept(folder: Path) -> Path:
    (file,) = folder.glob("holidays-*.json")
    return file


def in_a_new_process(folder: Path, ask: str) -> str:
    program = (
        "import sys; from pathlib import Path; from sla.holiday_tables import *; "
        f"use_cache(Path({str(folder)!r})); {ask}; print('holidays' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_st_gallen_keeps_easter() -> None:
    assert EASTER.items() <= table("CH", "SG", 2024).items()
    assert "2024-05-01" not in table("CH", "SG", 2024)
    assert table("CH", "SG", 3024) == {}


def test_the_library_is_imported_once_a_machine(tmp_path: Path) -> None:
    ask = "table('CH', 'SG', 2024); check_region('CH', 'SG')"
    assert in_a_new_process(tmp_path, ask) == "True"
    assert in_a_new_process(tmp_path, ask) == "False"


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[]", b'{"CH-SG": 5}', b'{"CH-SG": {"x": {}}}', b"\xff\x00", b"[" * 100_000]
)
def test_a_damaged_file_is_computed_again(tmp_path: Path, damage: bytes) -> None:
    use_cache(tmp_path)
    table("CH", "SG", 2024)
    kept(tmp_path).write_bytes(damage)
    use_cache(tmp_path)
    assert EASTER.items() <= table("CH", "SG", 2024).items()
    assert EASTER.items() <= json.loads(kept(tmp_path).read_bytes())["CH-SG"]["2024"].items()


def test_what_another_process_kept_stays(tmp_path: Path) -> None:
    use_cache(tmp_path)
    table("CH", "SG", 2024)
    in_a_new_process(tmp_path, "table('DE', 'BY', 2024)")
    table("CH", "", 2024)
    assert sorted(json.loads(kept(tmp_path).read_bytes())) == ["CH", "CH-SG", "DE-BY"]
    assert [path.name for path in tmp_path.iterdir()] == [kept(tmp_path).name]


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    use_cache(tmp_path / "file" / "cache")
    assert EASTER.items() <= table("CH", "SG", 2024).items()


def test_far_years_are_not_kept(tmp_path: Path) -> None:
    use_cache(tmp_path)
    assert table("CH", "SG", 5) == {}
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_region_names_the_nearest() -> None:
    with pytest.raises(InvalidHours, match="Unknown country 'Ch'; nearest is"):
        check_region("Ch", "")
    with pytest.raises(InvalidHours, match="Unknown subdivision 'sg' of CH; nearest is"):
        table("CH", "sg", 2024)
    with pytest.raises(InvalidHours):
        check_region("CH", "sg")
