"""What a kept mail says, as far as it is looked at before anything is done with it."""

from __future__ import annotations

from models.errors import NotFound
from models.reading import one
from tickets.mail.letter import Letter, read

READ = 256 * 1024
"""Bytes of a mail that are read; its text stands in front of its files, mostly."""
SHOWN = 16_000
"""Signs of its text that are shown."""


def heading(letter: Letter) -> list[tuple[str, str]]:
    """Who wrote to whom about what, and with which files: labels and untrusted text, without what is empty."""
    files = ", ".join([file.name for file in letter.files] + list(letter.left))
    sender = f"{letter.name} <{letter.sender}>" if letter.name else letter.sender
    lines = (("from", sender), ("to", ", ".join(letter.recipients)), ("subject", letter.subject), ("files", files))
    return [(label, text) for label, text in lines if text]


def preview(mail_id: int) -> tuple[list[tuple[str, str]], str]:
    """The heading of a mail and its text, decoded; NotFound where there is none of this number.

    Of a large mail only the beginning is read, and the text says so.
    """
    sql = f"SELECT substr(c.body, 1, {READ}), c.size FROM mail m JOIN content c ON c.digest = m.digest WHERE m.id = ?"
    found = one(sql, (mail_id,))
    if found is None:
        raise NotFound(f"There is no mail {mail_id}; check the number.")
    letter = read(bytes(found[0] or b""))  # SQLite has no part of nothing
    text = letter.text.strip() or "[No text was found in it.]"
    if found[1] > READ or len(text) > SHOWN:
        text = f"{text[:SHOWN]}\n\n[It goes on: tamdesk ticket show-mail {mail_id}]"
    return heading(letter), text
