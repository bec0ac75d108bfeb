"""A mail as a desk needs it: who, about what, the text, the files. Reading one never fails."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from email.errors import MessageError
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from email.policy import Compat32
from email.utils import getaddresses
from typing import NamedTuple

from tickets.attachments import LIMIT, NewFile
from tickets.mail.charsets import header_text, repaired, text_of, tidy
from tickets.mail.parts import gather
from tickets.mail.robots import why_automatic

MOST_TEXT = 1_000_000
"""Signs of text that a conversation shows; what stands after them is in the raw mail."""
MOST_SUBJECT = 300
MOST_REFERENCES = 50
MOST_HEADER = 32_768

_HEAD = 256 * 1024
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,500}>")
_ADDRESS = re.compile(r"[^@\s<>,;:\"()\[\]\\\x00-\x1f\x7f]{1,64}@[^@\s<>,;:\"()\[\]\\\x00-\x1f\x7f]{1,255}")
# How the standard library's parser breaks on some mails that were made to break it.
_BROKEN = (RecursionError, ValueError, LookupError, TypeError, AttributeError, MessageError)


class _Short(Compat32):
    """The plain policy, with headers cut: taking the parameters of one apart costs time by the square of its length."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Take a header apart into name and value."""
        name, value = super().header_source_parse(sourcelines)
        return name, value[:MOST_HEADER]


_POLICY = _Short()


class Letter(NamedTuple):
    """A mail that was read.

    `key` is its Message-ID, else made of its bytes; `sender` and `recipients` are addresses in lower case; `references`
    name earlier mails, the nearest first; `automatic` says why a machine sent it, or nothing; `left` names the files
    that are in the raw mail alone.
    """

    key: str
    sender: str
    name: str
    recipients: tuple[str, ...]
    references: tuple[str, ...]
    subject: str
    text: str
    files: tuple[NewFile, ...]
    left: tuple[str, ...]
    automatic: str


def read(raw: bytes, own: Collection[str] = ()) -> Letter:
    """Read a mail; `own` are the desk's addresses in lower case. What cannot be parsed is shown as it came.

    The parser is that of the standard library with the plain policy: the newer one takes addresses apart while headers
    are looked at, and breaks on hostile ones.
    """
    try:
        message = BytesParser(policy=_POLICY).parsebytes(raw[:LIMIT])
        text, files = gather(message)
    except _BROKEN:
        head = _END_OF_HEAD.split(raw[:_HEAD], 1)
        message = BytesHeaderParser(policy=_POLICY).parsebytes(head[0] + b"\n\n")
        text, files = text_of(raw[len(head[0]) : MOST_TEXT]), []
    large = len(raw) > LIMIT
    left = tuple(file.name for file in files if large or len(file.body) > LIMIT)
    kept = () if large else tuple(file for file in files if len(file.body) <= LIMIT)
    return _letter(message, raw, own, text)._replace(files=kept, left=left)


def _letter(message: Message, raw: bytes, own: Collection[str], text: str) -> Letter:
    headers: dict[str, list[str]] = {}
    for name, value in message.raw_items():
        headers.setdefault(name.lower(), []).append(str(value))
    name, sender = _sender(headers)
    ids = _MESSAGE_ID.findall(_first(headers, "message-id"))
    return Letter(
        key=tidy(ids[0]) if ids else f"sha256:{hashlib.sha256(raw).hexdigest()}",
        sender=sender,
        name=name,
        recipients=tuple(address for _, address in _addresses(headers, "to", "cc")),
        references=_references(headers),
        subject=_cut(header_text(headers.get("subject", [""])[0]), MOST_SUBJECT),
        text=text.strip("\n"),
        files=(),
        left=(),
        automatic=why_automatic(headers, _first(headers, "content-type").split(";")[0].strip().lower(), sender, own),
    )


def _first(headers: dict[str, list[str]], name: str) -> str:
    return " ".join(repaired(headers.get(name, [""])[0]).split())


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _sender(headers: dict[str, list[str]]) -> tuple[str, str]:
    """Name and address of who wrote; the address is empty where none can be made out."""
    found = _addresses(headers, "from") or _addresses(headers, "sender")
    return found[0] if found else ("", "")


def _addresses(headers: dict[str, list[str]], *names: str) -> list[tuple[str, str]]:
    """Names and addresses; taken apart before encoded words are decoded, so that no name can pass for an address."""
    values = [" ".join(repaired(value).split()) for name in names for value in headers.get(name, ())]
    try:
        written = getaddresses(values)
    except _BROKEN:
        return []
    found = []
    for name, address in written:
        lowered = tidy(address).strip().lower()
        if _ADDRESS.fullmatch(lowered):
            found.append((_cut(header_text(name), MOST_SUBJECT), lowered))
    return found


def _references(headers: dict[str, list[str]]) -> tuple[str, ...]:
    """The mails that this one answers, the nearest first (RFC 5322, section 3.6.4)."""
    answered = _MESSAGE_ID.findall(_first(headers, "in-reply-to"))
    earlier = _MESSAGE_ID.findall(_first(headers, "references"))
    return tuple(dict.fromkeys(map(tidy, [*answered, *reversed(earlier)])))[:MOST_REFERENCES]


def shown(letter: Letter, size: int) -> str:
    """The text as the conversation shows it, with what stands in the raw mail alone; `size` of the mail in bytes."""
    text = letter.text if letter.text.strip() else _without_text(letter)
    said = []
    if len(text) > MOST_TEXT:
        text = text[:MOST_TEXT]
        said.append("The text goes on in the raw mail.")
    if letter.left or size > LIMIT:
        names = f": {', '.join(letter.left[:20])}" if letter.left else ""
        said.append(f"The mail has {size // 1024**2} MB; files over {LIMIT // 1024**2} MB are in the raw mail{names}.")
    return "\n\n".join([text, *(f"[{sentence}]" for sentence in said)])


def _without_text(letter: Letter) -> str:
    count = len(letter.files) + len(letter.left)
    return f"[The mail has no text, only {count} file{'' if count == 1 else 's'}.]" if count else "[The mail is empty.]"
