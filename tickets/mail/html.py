"""HTML as the text that its reader would have seen."""

from __future__ import annotations

import re

MOST = 1_000_000
"""Signs of HTML that are laid out; what stands after them is in the raw mail."""

# Word puts processing instructions among its text; the layout would lose what follows them.
_INSTRUCTION = re.compile(r"<[?!]\[?(?:xml|if|endif)[^>]{0,2000}>", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n[ \t\xa0]*\n(?:[ \t\xa0]*\n)+")


def text_of_html(html: str) -> str:
    """Lay HTML out as text, with the targets of its links; the source itself where it cannot be read."""
    from inscriptis import get_text
    from inscriptis.css_profiles import CSS_PROFILES
    from inscriptis.model.config import ParserConfig
    from lxml.etree import LxmlError

    source = _INSTRUCTION.sub("", html[:MOST].replace("\x00", "\ufffd"))
    config = ParserConfig(css=CSS_PROFILES["strict"], display_links=True)
    try:
        text = get_text(source, config)
    except (LxmlError, ValueError, LookupError, RecursionError):
        return html
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return _BLANK_LINES.sub("\n\n", lines).strip("\n")
