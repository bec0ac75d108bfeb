"""Bytes that claim to be text, turned into text whatever they really are."""

from __future__ import annotations

import base64
import binascii
import quopri
import re

_WORD = re.compile(r"=\?([^?\s]{1,75})\?([bq])\?([^?\r\n]*)\?=", re.IGNORECASE)
_BETWEEN_WORDS = re.compile(r"(?<=\?=)\s+(?==\?[^?\s]{1,75}\?[bq]\?)", re.IGNORECASE)
# A decoder that takes quadratic time, or that reads escapes where a writer meant none.
_REFUSED = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "unicode-escape", "raw-unicode-escape"}
# What mailers call by the name of the smaller set that it grew out of.
_REALLY = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
}
_SINGLE = ("iso-8859", "windows-125", "latin", "cp125")
_LAST = "cp1252"


def text_of(raw: bytes, charset: str = "") -> str:
    """Decode bytes as declared, else as UTF-8, else as Windows-1252; never fails.

    Bytes of a declared single-byte charset that are valid UTF-8 are UTF-8: by chance they would hardly be, and mailers
    are often wrong.
    """
    declared = charset.strip().lower()
    single = not declared or declared == "us-ascii" or declared.startswith(_SINGLE)
    order = ("utf-8", declared) if single else (declared, "utf-8")
    for name in order:
        text = _decoded(raw, _REALLY.get(name, name))
        if text is not None:
            return tidy(text)
    return tidy(raw.decode(_LAST, "replace"))


def _decoded(raw: bytes, charset: str) -> str | None:
    if not charset or charset in _REFUSED:
        return None
    try:
        return raw.decode(charset)
    except (LookupError, ValueError):  # no such charset, or not in it; UnicodeError is a ValueError
        return None


def tidy(text: str) -> str:
    """Text that any database takes: no lone surrogates, no byte order mark, lines that end with a line feed."""
    whole = text.encode("utf-8", "replace").decode().removeprefix("\ufeff")
    return whole.replace("\r\n", "\n").replace("\r", "\n")


def header_text(value: str) -> str:
    """A raw header in one line, its encoded words decoded; raw bytes in it are repaired."""
    line = " ".join(repaired(value).split())
    joined = _BETWEEN_WORDS.sub("", line)
    return " ".join(tidy(_words(joined)).split())


def repaired(value: str) -> str:
    """A header as the parser hands it out, with its 8-bit bytes decoded."""
    return value if value.isascii() else text_of(value.encode("utf-8", "surrogateescape"))


def _words(line: str) -> str:
    """Decode the encoded words; neighbours in one charset together, since some mailers split within a character."""
    found: list[str] = []
    bytes_so_far, charset_so_far, end = b"", "", 0
    for word in _WORD.finditer(line):
        charset = word[1].split("*", 1)[0].lower()
        if word.start() > end or charset != charset_so_far:
            found += [text_of(bytes_so_far, charset_so_far), line[end : word.start()]]
            bytes_so_far, charset_so_far = b"", charset
        bytes_so_far += _word_bytes(word[2], word[3])
        end = word.end()
    return "".join([*found, text_of(bytes_so_far, charset_so_far), line[end:]])


def _word_bytes(encoding: str, text: str) -> bytes:
    raw = text.encode("utf-8", "replace")
    if encoding in "qQ":
        return quopri.decodestring(raw, header=True)
    try:
        return base64.b64decode(raw + b"=" * (-len(raw) % 4))
    except binascii.Error:
        return raw
