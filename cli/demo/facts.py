"""What customers say of their problems when they ask, and the files that they send along."""

import json
import struct
import zlib
from collections.abc import Callable
from functools import cache
from typing import Any

from cli.demo.texts import read
from tickets.attachments import NewFile

SAID = ("scenario", "observed", "expected", "steps", "evidence", "feature")
WIDTH, HEIGHT = 160, 90


@cache
def facts() -> dict[str, dict[str, Any]]:
    """Facts of an intake by the problem that they are about; `files` are names that `file` knows."""
    return {entry.pop("problem"): entry for entry in read("facts")["facts"]}


def said(problem: str) -> dict[str, Any]:
    """The facts of a problem as fields of a request; none where nobody said more than the description."""
    return {name: text for name, text in facts().get(problem, {}).items() if name in SAID}


def files(problem: str) -> list[NewFile]:
    """The files that come with a problem."""
    return [_FILES[name](name) for name in facts().get(problem, {}).get("files", ())]


def _screenshot(name: str) -> NewFile:
    """A picture of an error page: a dark bar, a light page, a red box in its middle."""
    bar, page, box = b"\x1f\x29\x3d", b"\xf4\xf5\xf7", b"\xc8\x3c\x3c"
    rows = []
    for y in range(HEIGHT):
        inside = 34 <= y < 56
        row = bar * WIDTH if y < 12 else page * 40 + (box if inside else page) * (WIDTH - 80) + page * 40
        rows.append(b"\x00" + row)
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(rows), 0)), (b"IEND", b""))
    return NewFile(name, "image/png", b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts))


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _har(name: str) -> NewFile:
    """A browser's record of a login that goes round in circles."""
    hosts = ("https://login.example/oauth/v2/authorize", "https://app.example/callback") * 3
    entries = [
        {
            "time": 40 + 7 * number,
            "request": {"method": "GET", "url": url, "httpVersion": "HTTP/2", "headers": [], "cookies": []},
            "response": {"status": 302, "statusText": "Found", "redirectURL": hosts[number - 1], "headers": []},
        }
        for number, url in enumerate(hosts)
    ]
    log = {"version": "1.2", "creator": {"name": "Safari", "version": "17.4"}, "entries": entries}
    return NewFile(name, "application/json", json.dumps({"log": log}, indent=1).encode())


def _log(name: str) -> NewFile:
    refused = "status=401 error=token_unverifiable"
    lines = [f"level=error request={4711 + n:x} {refused} kid=2891{n % 3} took={3 + n % 5}ms" for n in range(60)]
    return NewFile(name, "text/plain", ("\n".join(lines) + "\n").encode())


_FILES: dict[str, Callable[[str], NewFile]] = {
    "screenshot.png": _screenshot,
    "login.har": _har,
    "gateway.log": _log,
    "pod.log": _log,
}
