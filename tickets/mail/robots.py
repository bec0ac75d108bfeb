"""Whether a person wrote a mail, or a machine (RFC 3834, and what mailers do beside it)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from tickets.mail.charsets import header_text

Headers = Mapping[str, list[str]]

_BULK = {"bulk", "junk", "list", "auto_reply", "auto-reply"}
_MARKS = ("x-autoreply", "x-auto-reply", "x-autorespond", "x-autoresponder", "x-mail-autoreply", "x-failed-recipients")
_MACHINES = {"mailer-daemon", "postmaster", "mail-daemon", "mailerdaemon"}
_REPORTS = ("multipart/report", "message/delivery-status", "message/disposition-notification")


def why_automatic(headers: Headers, content_type: str, sender: str, own: Collection[str]) -> str:
    """Say why a mail is a machine's, or nothing where a person may have written it.

    `own` are the desk's addresses, in lower case: what comes from them has gone in a circle.
    """
    checks = (
        (sender in own, "it comes from an address of ours"),
        (_auto_submitted(headers), "it says that it was submitted automatically"),
        (_any_word(headers, "precedence", _BULK), "it says that it is bulk or list mail"),
        (_empty_return_path(headers), "its return path is empty"),
        (_suppresses(headers), "it wants no automatic responses, as automatic mail does"),
        (any(mark in headers for mark in _MARKS), "it says that it is an automatic reply"),
        (content_type in _REPORTS, "it is a report of a mail system"),
        (sender.partition("@")[0] in _MACHINES, "a mail system sent it"),
        (_looped(headers, own), "it has passed us before"),
    )
    return next((reason for found, reason in checks if found), "")


def _values(headers: Headers, name: str) -> list[str]:
    return [header_text(value).lower() for value in headers.get(name, ())]


def _auto_submitted(headers: Headers) -> bool:
    """Every keyword but "no" means a machine; parameters may follow it (RFC 3834, section 5)."""
    return any(value.split(";")[0].split("(")[0].strip() != "no" for value in _values(headers, "auto-submitted"))


def _any_word(headers: Headers, name: str, words: Collection[str]) -> bool:
    return any(value.split(";")[0].strip() in words for value in _values(headers, name))


def _empty_return_path(headers: Headers) -> bool:
    return any(value.replace(" ", "") in ("<>", "") for value in _values(headers, "return-path"))


def _suppresses(headers: Headers) -> bool:
    return any(value.strip() != "none" for value in _values(headers, "x-auto-response-suppress"))


def _looped(headers: Headers, own: Collection[str]) -> bool:
    return any(address in value for value in _values(headers, "x-loop") for address in own)
