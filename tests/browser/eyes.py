"""How a page reads: in a browser where this machine has one, else through the parser of the standard library."""

import json
import os
import re
import shutil
import subprocess
from html import escape, unescape
from html.parser import HTMLParser
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE = 120
"""Seconds that a browser may take; it starts in one on a machine that has nothing else to do."""
_FRAME = """<!DOCTYPE html><meta charset="utf-8"><body><iframe id="page" width="{width}" height="4000" srcdoc="{page}">
</iframe><script>
document.getElementById("page").addEventListener("load", event => {{
  const told = document.createElement("pre");
  told.id = "told";
  const shown = event.target.contentDocument;
  told.textContent = JSON.stringify([shown.body.innerText, shown.documentElement.scrollWidth, shown.scripts.length]);
  document.body.append(told);
}});
</script>"""


class _Words(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self._unseen = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen = tag in ("style", "title")

    def handle_endtag(self, tag: str) -> None:
        self._unseen = False

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.words += data.split()


def words_of(page: str) -> list[str]:
    """The words between the elements of a page, whatever its styles make of them."""
    return _Words(page).words


def browser() -> str | None:
    """The browser that TAMDESK_BROWSER names, else one that stands on the path; None where there is none."""
    named = os.environ.get("TAMDESK_BROWSER")
    if named:
        found = shutil.which(named)
        assert found, f"TAMDESK_BROWSER names {named!r}, and there is no such program."
        return found
    return next(filter(None, map(shutil.which, NAMES)), None)


def seen(page: str, folder: Path, width: int) -> tuple[list[str], int]:
    """The words that are visible on a page of this width, and how wide it gets (pixels)."""
    program = browser()
    if program is None:
        return words_of(page), width
    frame = folder / "frame.html"
    frame.write_text(_FRAME.format(width=width, page=escape(page, quote=True)), encoding="utf-8")
    ask = [program, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}"]
    done = subprocess.run(
        [*ask, "--no-first-run", "--virtual-time-budget=10000", "--dump-dom", frame.as_uri()],
        capture_output=True,
        timeout=PATIENCE,
        check=True,
    )
    return _told(done.stdout.decode())


def _told(document: str) -> tuple[list[str], int]:
    found = re.search(r'<pre id="told">(.*?)</pre>', document, re.DOTALL)
    assert found, f"The browser did not show the page: {document[:500]}"
    text, width, scripts = json.loads(unescape(found[1]))
    assert scripts == 0
    return text.split(), width
