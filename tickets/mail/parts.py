"""The parts of a mail: one text to read, and files."""

from __future__ import annotations

from email.message import Message
from typing import NamedTuple

from tickets.attachments import NewFile, safe_name
from tickets.mail.charsets import header_text, repaired, text_of, tidy
from tickets.mail.html import text_of_html

MOST_DEPTH = 40
MOST_PARTS = 1000


class _Found(NamedTuple):
    text: str
    plain: bool
    files: list[NewFile]


def gather(message: Message) -> tuple[str, list[NewFile]]:
    """The text of a mail and its files; of alternatives the plain one is read, and the files of all are kept.

    What is nested more than 40 deep is a file as it came; what comes after 1,000 parts is in the raw mail alone.
    """
    budget = [MOST_PARTS]
    found = _look(message, 0, budget)
    return found.text, found.files


def _look(part: Message, depth: int, budget: list[int]) -> _Found:
    budget[0] -= 1
    if budget[0] < 0:
        return _Found("", False, [])
    kind = part.get_content_type()
    if kind == "multipart/alternative" and part.is_multipart() and depth < MOST_DEPTH:
        return _alternative([_look(child, depth + 1, budget) for child in _children(part)])
    if part.get_content_maintype() == "multipart" and part.is_multipart() and depth < MOST_DEPTH:
        return _together([_look(child, depth + 1, budget) for child in _children(part)])
    if part.is_multipart():
        return _Found("", False, [_nested(part, kind)])
    # A part that claims to be of several and shows no boundary is text, as far as anybody can tell.
    readable = kind in ("text/plain", "text/html") or part.get_content_maintype() == "multipart"
    if readable and not _is_file(part):
        return _text(part, html=kind == "text/html")
    body = _bytes(part)
    return _Found("", False, [NewFile(_name(part, kind), kind, body)] if body or _own_name(part) else [])


def _children(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [child for child in payload if isinstance(child, Message)] if isinstance(payload, list) else []


def _alternative(found: list[_Found]) -> _Found:
    """The plain text, else the first text that says something; every file."""
    said = [each for each in found if each.text.strip()]
    best = next((each for each in said if each.plain), said[0] if said else _Found("", True, []))
    return _Found(best.text, best.plain, [file for each in found for file in each.files])


def _together(found: list[_Found]) -> _Found:
    texts = [each.text.strip("\n") for each in found if each.text.strip()]
    plain = all(each.plain for each in found if each.text.strip())
    return _Found("\n\n".join(texts), plain, [file for each in found for file in each.files])


def _is_file(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(_own_name(part))


def _text(part: Message, html: bool) -> _Found:
    text = text_of(_bytes(part), part.get_content_charset("") or "")
    if html:
        return _Found(text_of_html(text), False, [])
    if str(part.get_param("format", "")).lower() == "flowed":
        text = _unflowed(text, joined=str(part.get_param("delsp", "")).lower() == "yes")
    return _Found(text, True, [])


def _unflowed(text: str, joined: bool) -> str:
    """Join soft line ends of the writer's own words; quoted lines stay as they are (RFC 3676)."""
    lines: list[str] = []
    soft = False
    for line in text.split("\n"):
        if soft and not line.startswith(">"):
            lines[-1] = (lines[-1][:-1] if joined else lines[-1]) + line.removeprefix(" ")
        else:
            lines.append(line.removeprefix(" "))
        soft = line.endswith(" ") and line != "-- " and not line.startswith(">")
    return "\n".join(lines)


def _bytes(part: Message) -> bytes:
    body = part.get_payload(decode=True)
    return body if isinstance(body, bytes) else b""


def _nested(part: Message, kind: str) -> NewFile:
    """A message within the message, or what is nested too deep, as it came."""
    children = _children(part)
    if kind == "message/rfc822" and children:
        subject = next((str(value) for name, value in children[0].raw_items() if name.lower() == "subject"), "")
        name = _own_name(part) or f"{header_text(subject) or 'message'}.eml"
        return NewFile(safe_name(name), kind, children[0].as_bytes())
    body = part.as_bytes()
    return NewFile(_name(part, kind), kind, body)


def _own_name(part: Message) -> str:
    """The name that a part gives itself; raw 8-bit names are repaired first, since the parser would blank them."""
    for name, value in list(part.raw_items()):
        if name.lower() in ("content-disposition", "content-type") and not str(value).isascii():
            part.replace_header(name, repaired(str(value)))
    return tidy(header_text(part.get_filename() or ""))


_ENDINGS = {"text/plain": ".txt", "text/html": ".html", "message/delivery-status": ".txt"}


def _name(part: Message, kind: str) -> str:
    """The name that the part carries, else one that tells its kind."""
    own = _own_name(part)
    if own:
        return safe_name(own)
    from mimetypes import guess_extension

    return safe_name(f"{kind.partition('/')[0]}{_ENDINGS.get(kind) or guess_extension(kind) or '.bin'}")
