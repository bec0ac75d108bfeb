"""Files that come with a request: named safely, kept once by what is in them, and given back."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from pathlib import Path
from typing import NamedTuple

from models.access import require
from models.errors import DomainError, NotFound
from models.journal import Transaction, transaction
from models.reading import one, rows, scalar
from models.requests import Attachment
from tickets.errors import RuleRefused
from tickets.rules import WORKERS, Done, done, held

LIMIT = 25 * 1024 * 1024
"""The most bytes that an attachment has."""
NAME_BYTES = 200
"""The most bytes of a name: file systems end at 255, and a number must fit in where the name is taken."""
UNNAMED = "unnamed"

_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)", re.IGNORECASE)
_FORBIDDEN = str.maketrans(dict.fromkeys('<>:"|?*', "_"))
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}")
_LONGEST_SUFFIX = 16
_MOST_OF_A_NAME = 1000


class CannotSave(DomainError):
    """The file cannot be written where it was asked for; the message says why."""


class AttachmentRow(NamedTuple):
    """An attachment; `size` in bytes, `digest` the SHA-256 in hex."""

    id: int
    ticket_id: int
    message_id: int | None
    name: str
    media_type: str
    size: int
    digest: str


class NewFile(NamedTuple):
    """A file that is to be kept."""

    name: str
    media_type: str
    body: bytes


_COLUMNS = ", ".join(AttachmentRow._fields)


def attach(ticket_id: int, name: str, media_type: str, body: bytes, actor: int, at: int) -> Done:
    """Keep a file with a ticket; refused over 25 MB."""
    with transaction(actor, at, "attach", ticket_id) as tx:
        person = require(actor, *WORKERS)
        held(ticket_id)
        kept = keep(tx, ticket_id, None, name, media_type, body)
        tx.say(f"{person.name} attached {kept.name} to #{ticket_id}.")
    return done(tx, ticket_id)


def keep(
    tx: Transaction, ticket_id: int, message_id: int | None, name: str, media_type: str, body: bytes
) -> AttachmentRow:
    """Keep a file as a part of an operation under way; refused over 25 MB."""
    check_size(name, len(body))
    digest = keep_content(tx, body)
    known = _MEDIA_TYPE.fullmatch(media_type.lower())
    values = (ticket_id, message_id, safe_name(name), known[0] if known else "application/octet-stream")
    row = AttachmentRow(0, *values, len(body), digest)
    return row._replace(id=tx.insert(Attachment, **{key: value for key, value in row._asdict().items() if key != "id"}))


def check_size(name: str, size: int) -> None:
    """Refuse a file of more than 25 MB."""
    if size > LIMIT:
        raise RuleRefused(f"{safe_name(name)} has {size // 1024**2} MB; an attachment has at most {LIMIT // 1024**2}.")


def keep_content(tx: Transaction, body: bytes) -> str:
    """Keep bytes once; answers their digest.

    They stand beside the journal, never in it: they do not change, and undoing an operation need not forget them.
    """
    digest = hashlib.sha256(body).hexdigest()
    sql = "INSERT INTO content (digest, size, body) VALUES (?, ?, ?) ON CONFLICT (digest) DO NOTHING"
    tx.desk.execute(sql, (digest, len(body), body))
    return digest


def content(digest: str) -> bytes:
    """The bytes of a digest; NotFound where they are not kept."""
    found = scalar("SELECT body FROM content WHERE digest = ?", (digest,))
    if found is None:
        raise NotFound(f"The content {digest[:12]}… is not kept on this desk; run tamdesk db check.")
    return bytes(found)


def attachments(ticket_id: int) -> list[AttachmentRow]:
    """The files of a ticket, oldest first."""
    return rows(f"SELECT {_COLUMNS} FROM attachment WHERE ticket_id = ? ORDER BY id", (ticket_id,), AttachmentRow)


def attachment(attachment_id: int) -> AttachmentRow:
    """One file; NotFound where there is none of this number."""
    found = one(f"SELECT {_COLUMNS} FROM attachment WHERE id = ?", (attachment_id,), AttachmentRow)
    if found is None:
        raise NotFound(f"There is no attachment {attachment_id}.")
    return found


def save_as(attachment_id: int, folder: Path) -> Path:
    """Write a file into a folder under its name, numbered where that is taken, and answer where it is.

    Never overwrites, never follows a link, never leaves the folder. Raises CannotSave where it cannot be written.
    """
    kept = attachment(attachment_id)
    body = content(kept.digest)
    number = 1
    while True:
        path = folder / _numbered(safe_name(kept.name), number)
        try:
            # Only for whoever saves it, and no program: the bytes are a stranger's.
            opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(opened, "wb") as file:
                file.write(body)
        except FileExistsError:
            number += 1
        except OSError as error:
            raise CannotSave(f"{kept.name} cannot be written to {folder}: {error.strerror}.") from error
        else:
            return path


def _numbered(name: str, number: int) -> str:
    if number == 1:
        return name
    stem, suffix = _split(name)
    return f"{stem} ({number}){suffix}"


def safe_name(name: str) -> str:
    """A name that every file system takes and that shows what it is: no path, no control or bidirectional signs.

    Names that Windows reserves are set aside with a line in front, and a long name keeps its ending.
    """
    seen = "".join(" " if sign in "\t\r\n" else sign for sign in name[-_MOST_OF_A_NAME:] if _visible(sign))
    last = unicodedata.normalize("NFC", seen).replace("\\", "/").rsplit("/", 1)[-1]
    kept = " ".join(last.translate(_FORBIDDEN).split()).strip(". ")
    if _RESERVED.match(kept):
        kept = f"_{kept}"
    stem, suffix = _split(kept)
    room = NAME_BYTES - len(suffix.encode())
    return f"{stem.encode()[:room].decode(errors='ignore').rstrip()}{suffix}" or UNNAMED


def _visible(sign: str) -> bool:
    return sign in "\t\r\n" or unicodedata.category(sign) not in _INVISIBLE


def _split(name: str) -> tuple[str, str]:
    """The stem and the ending; an overlong ending is none."""
    path = Path(name)
    return (path.stem, path.suffix) if len(path.suffix) <= _LONGEST_SUFFIX else (name, "")
