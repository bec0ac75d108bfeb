"""Opening a desk, and what is said where that fails."""

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from models.connection import Desk, for_postgresql, open_desk, public_address
from models.errors import DatabaseUnavailable
from models.migrate import back_up
from models.reading import scalar


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_a_new_desk_and_its_folder_are_for_owner_and_group_only(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        desk = open_desk(str(tmp_path / "new" / "desk.db"))
    finally:
        os.umask(before)
    with closing(desk):
        assert mode(tmp_path / "new") == 0o770
        assert {mode(tmp_path / "new" / name) for name in ("desk.db", "desk.db-wal", "desk.db-shm")} == {0o660}


def test_a_desk_is_safe_against_a_power_cut_and_keeps_its_references(sqlite_desk: Desk) -> None:
    settings = [scalar(f"PRAGMA {name}") for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")]
    assert settings == ["wal", 1, 2, 5000]


@pytest.mark.parametrize("form", ["{}", "sqlite:///{}"])
def test_a_desk_is_named_by_path_or_by_url(tmp_path: Path, form: str) -> None:
    with closing(open_desk(form.format(tmp_path / "desk.db"))) as desk:
        assert desk.kind == "sqlite"
        assert (tmp_path / "desk.db").exists()


def test_a_new_desk_has_the_two_queues(desk: Desk) -> None:
    assert scalar("SELECT count(*) FROM queue WHERE key IN ('support', 'onboarding')") == 2


def test_a_file_that_everyone_can_write_is_refused_with_the_command_that_mends_it(sqlite_address: str) -> None:
    Path(sqlite_address).chmod(0o666)
    with pytest.raises(DatabaseUnavailable, match=f"chmod o-w '{sqlite_address}'"):
        open_desk(sqlite_address)


def test_a_folder_that_everyone_can_write_is_refused(sqlite_address: str) -> None:
    folder = Path(sqlite_address).parent
    folder.chmod(0o777)
    with pytest.raises(DatabaseUnavailable, match=f"chmod o-w '{folder}'"):
        open_desk(sqlite_address)


def test_a_missing_desk_is_not_made_where_that_is_not_wanted(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable, match="There is no desk at"):
        open_desk(str(tmp_path / "desk.db"), create=False)
    assert not (tmp_path / "desk.db").exists()


def test_a_folder_is_not_a_desk(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable, match="is a folder"):
        open_desk(str(tmp_path))


def test_another_kind_of_file_is_not_a_desk(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Call Acme back. " * 200)
    with pytest.raises(DatabaseUnavailable, match="some other kind of file"):
        open_desk(str(tmp_path / "notes.txt"))
    assert (tmp_path / "notes.txt").read_text().startswith("Call Acme back.")


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "places.sqlite"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE bookmarks (url TEXT)")
    before = path.read_bytes()
    with pytest.raises(DatabaseUnavailable, match=r"another program's database \(bookmarks\)"):
        open_desk(str(path))
    assert path.read_bytes() == before


def test_a_backup_that_was_put_in_place_is_a_desk_again(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    with closing(open_desk(str(path))) as desk:
        backup = back_up(desk, "copy")
    for old in tmp_path.glob("desk.db*"):
        if old != backup:
            old.unlink()
    backup.rename(path)
    with closing(open_desk(str(path))):
        assert scalar("PRAGMA journal_mode") == "wal"
        assert scalar("SELECT count(*) FROM queue") == 2


def test_a_path_through_a_file_is_told_plainly(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseUnavailable, match="cannot be opened: Not a directory"):
        open_desk(str(tmp_path / "file" / "desk.db"))


def test_a_file_that_one_may_not_write_is_told_plainly(sqlite_address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, wanted: False)
    with pytest.raises(DatabaseUnavailable, match="ask its owner to add you to its group"):
        open_desk(sqlite_address)


def test_a_damaged_file_is_told_with_what_to_do(sqlite_address: str) -> None:
    path = Path(sqlite_address)
    content = bytearray(path.read_bytes())
    content[4096:40960] = b"\xff" * (40960 - 4096)
    path.write_bytes(bytes(content))
    with pytest.raises(DatabaseUnavailable, match="is damaged; run: tamdesk db check"):
        open_desk(sqlite_address)


def test_a_server_that_does_not_answer_is_told_without_its_password() -> None:
    with pytest.raises(DatabaseUnavailable, match="cannot be reached") as refused:
        open_desk("postgresql://anna:secret@127.0.0.1:1/desk")
    assert "secret" not in str(refused.value)
    assert "postgresql://anna:***@127.0.0.1:1/desk" in str(refused.value)


def test_a_mistake_in_a_query_is_not_told_as_trouble_with_the_data(desk: Desk) -> None:
    with pytest.raises(Exception, match="nowhere") as mistake:
        desk.execute("SELECT 1 FROM nowhere")
    assert not isinstance(mistake.value, DatabaseUnavailable)


def test_placeholders_and_percent_signs_mean_the_same_on_both_databases(desk: Desk) -> None:
    assert scalar("SELECT ? WHERE 'a?b%' LIKE '%?%' AND 7 % 4 = ?", ("50%", 3)) == "50%"
    assert for_postgresql("SELECT ? WHERE a = '?%'") == "SELECT %s WHERE a = '?%%'"


def test_an_address_without_password_is_shown_as_it_is() -> None:
    assert public_address("/data/desk.db") == "/data/desk.db"
