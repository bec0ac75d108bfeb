"""HTML as the text that its reader would have seen."""

from __future__ import annotations

import re

MOST = 1_000_000
"""Signs of HTML that are laid out; what stands after them is in the raw mail."""

# Word puts processing instructions among its text; the layout would lose what follows them.
_INSTRUCTION = re.compile(r"<\?[^>]{0,2000}>")
_BLANK_LINES = re.compile(r"\n[ \t\xa0]*\n(?:[ \t\xa0]*\n)+")


def text_of_html(html: str) -> str:
    """Lay HTML out as text, with the targets of its links; the source itself where it cannot be laid out."""
    from inscriptis.css_profiles import CSS_PROFILES
    from inscriptis.html_engine import Inscriptis
    from inscriptis.model.config import ParserConfig
    from lxml.etree import LxmlError
    from lxml.html import HTMLParser, document_fromstring

    source = _INSTRUCTION.sub("", html[:MOST].replace("\x00", "\ufffd"))
    if not source.strip():
        return ""
    # Without huge_tree, the parser would leave out what is nested deep, and say nothing.
    parser = HTMLParser(huge_tree=True)
    config = ParserConfig(css=CSS_PROFILES["strict"], display_links=True)
    try:
        text = Inscriptis(document_fromstring(source, parser=parser), config).get_text()
    except (LxmlError, ValueError, LookupError, RecursionError):
        return html
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return _BLANK_LINES.sub("\n\n", lines).strip("\n")
