"""Files come with a request; whatever they are called, they harm neither desk nor disk."""

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import journal
from models.connection import Desk
from models.errors import NotAllowed, NotFound
from models.reading import scalar
from tests.tickets.cast import at, cast, everything, receive
from tickets import attachments
from tickets.attachments import LIMIT, CannotSave, attach, content, safe_name, save_as
from tickets.errors import RuleRefused

MONDAY = at("Mon 09:00")


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("error.log", "error.log"),
        ("Zürich Bericht.pdf", "Zürich Bericht.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\System32\\evil.dll", "evil.dll"),
        ("/etc/cron.d/", "unnamed"),
        ("", "unnamed"),
        (" . ", "unnamed"),
        ("...", "unnamed"),
        (".bashrc", "bashrc"),
        ("a\x00b\x1b[2J\r\nc.txt", "ab[2J c.txt"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("LPT1.log", "_LPT1.log"),
        ("console.log", "console.log"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("\u2066a\u2069.txt", "a.txt"),
        ('a<b>:"c"|?*.txt', "a_b___c____.txt"),
        ("trailing.  ", "trailing"),
        ("a\ud800b.txt", "ab.txt"),
        ("x" * 300 + ".log", "x" * 196 + ".log"),
        ("ü" * 300 + ".log", "ü" * 98 + ".log"),
        ("a." + "b" * 300, ("a." + "b" * 300)[:200]),
        ("p" * 2000 + "/tail.txt", "tail.txt"),
    ],
)
def test_names_are_made_safe(given: str, safe: str) -> None:
    assert safe_name(given) == safe


@given(st.text(st.characters(), max_size=400))
def test_any_name_becomes_a_single_visible_one(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    safe = safe_name(name)
    assert Path(safe).name == safe
    assert safe not in (".", "..")
    assert 0 < len(safe.encode()) <= 200
    assert not any(ord(sign) < 32 or sign in "\u202e\u2066\x7f" for sign in safe)


def test_a_file_is_kept_once_whatever_it_is_called(desk: Desk) -> None:
    who = cast()
    ticket = receive(who)
    body = bytes(range(256)) * 40
    attach(ticket, "a.bin", "application/zip", body, who.ben, MONDAY)
    attach(ticket, "b.bin", "not a type", body, who.ben, MONDAY)
    kept = attachments.attachments(ticket)
    assert [(file.name, file.media_type, file.size) for file in kept] == [
        ("a.bin", "application/zip", 10_240),
        ("b.bin", "application/octet-stream", 10_240),
    ]
    assert scalar("SELECT COUNT(*) FROM content") == 1
    assert content(kept[0].digest) == body


def test_bytes_never_pass_the_journal_and_undo_forgets_the_file_alone(desk: Desk) -> None:
    who = cast()
    ticket = receive(who)
    before = everything("ticket", "attachment")
    attach(ticket, "secret.log", "text/plain", b"secret words", who.ben, MONDAY)
    changed = {row["table_name"] for row in everything("change")["change"]}
    assert "attachment" in changed
    assert "content" not in changed
    journal.undo(who.ben, MONDAY)
    assert everything("ticket", "attachment") == before
    journal.redo(who.ben, MONDAY)
    [again] = attachments.attachments(ticket)
    assert content(again.digest) == b"secret words"


def test_a_file_of_25_mb_is_kept_and_one_byte_more_refused(desk: Desk) -> None:
    who = cast()
    ticket = receive(who)
    attach(ticket, "core.dump", "application/octet-stream", bytes(LIMIT), who.ben, MONDAY)
    with pytest.raises(RuleRefused, match=r"core\.dump has 25 MB; an attachment has at most 25"):
        attach(ticket, "core.dump", "application/octet-stream", bytes(LIMIT + 1), who.ben, MONDAY)
    assert len(attachments.attachments(ticket)) == 1


def test_who_may_only_look_attaches_nothing(desk: Desk) -> None:
    who = cast()
    ticket = receive(who)
    with pytest.raises(NotAllowed):
        attach(ticket, "a", "text/plain", b"a", who.rita, MONDAY)
    with pytest.raises(NotFound, match="no ticket #99"):
        attach(99, "a", "text/plain", b"a", who.ben, MONDAY)


def test_saving_never_overwrites_never_follows_a_link_and_stays_in_the_folder(desk: Desk, tmp_path: Path) -> None:
    who = cast()
    ticket = receive(who)
    attach(ticket, "../../x.tar.gz", "application/gzip", b"new", who.ben, MONDAY)
    [file] = attachments.attachments(ticket)
    folder = tmp_path / "saved"
    folder.mkdir()
    (folder / "x.tar.gz").write_bytes(b"mine")
    (folder / "x.tar (2).gz").symlink_to(tmp_path / "victim")
    path = save_as(file.id, folder)
    assert path == folder / "x.tar (3).gz"
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert (folder / "x.tar.gz").read_bytes() == b"mine"
    assert not (tmp_path / "victim").exists()


def test_where_nothing_can_be_written_a_sentence_says_why(desk: Desk, tmp_path: Path) -> None:
    who = cast()
    ticket = receive(who)
    attach(ticket, "a.txt", "text/plain", b"", who.ben, MONDAY)
    [file] = attachments.attachments(ticket)
    with pytest.raises(CannotSave, match=r"a\.txt cannot be written .*No such file"):
        save_as(file.id, tmp_path / "nowhere")
    with pytest.raises(NotFound, match="no attachment 99"):
        save_as(99, tmp_path)
    with pytest.raises(NotFound, match="not kept"):
        content("0" * 64)
