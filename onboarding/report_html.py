"""The status report as one page that needs nothing else: no script, no address, light and dark, paper and phone."""

from __future__ import annotations

from html import escape
from itertools import zip_longest

from onboarding.report import Report, document
from onboarding.report_text import Document, Section, visible

_STYLE = """
:root { color-scheme: light dark; --ink: #1b1f24; --quiet: #57606a; --line: #d0d7de; --paper: #fff; --head: #f6f8fa; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --quiet: #9aa4af; --line: #3d444d; --paper: #0f1216; --head: #171c22; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 56rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; padding-top: .75rem; border-top: 1px solid var(--line); }
p { margin: .25rem 0; }
ul { margin: .5rem 0; padding-inline-start: 1.25rem; }
.below { color: var(--quiet); }
table { width: 100%; border-collapse: collapse; margin-top: .5rem; }
th, td { text-align: start; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid var(--line); }
thead th { background: var(--head); font-weight: 600; overflow-wrap: normal; }
tbody th { font-weight: 600; }
@media screen and (max-width: 40rem) {
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table, tbody, tr, th, td { display: block; }
  tr { padding: .5rem 0; border-bottom: 1px solid var(--line); }
  tbody th, td { padding: .1rem 0; border: 0; }
  td::before { content: attr(data-column) ": "; color: var(--quiet); }
}
@media print {
  :root { --ink: #000; --quiet: #444; --line: #999; --paper: #fff; --head: #eee; }
  main { max-width: none; padding: 0; }
  h2 { break-after: avoid; }
  tr { break-inside: avoid; }
}
""".strip()
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def html(report: Report) -> str:
    """The report as a page; everything in it is text, whatever it looks like."""
    return page(document(report))


def page(shown: Document) -> str:
    """A document as a page."""
    body = "\n".join(_section(number, section) for number, section in enumerate(shown.sections, 1))
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{_text(shown.title)}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n<body>\n<main>\n"
        f'<h1 dir="auto">{_text(shown.title)}</h1>\n<p class="below">{_text(shown.below)}</p>\n'
        f"{body}\n</main>\n</body>\n</html>\n"
    )


def _section(number: int, section: Section) -> str:
    parts = [f'<section aria-labelledby="part-{number}">', f'<h2 id="part-{number}">{_text(section.heading)}</h2>']
    parts += [f'<p dir="auto">{_text(sentence)}</p>' for sentence in section.sentences]
    if section.points:
        points = "\n".join(f'<li dir="auto">{_text(point)}</li>' for point in section.points)
        parts.append(f"<ul>\n{points}\n</ul>")
    if section.columns:
        parts.append(_table(number, section))
    return "\n".join((*parts, "</section>"))


def _table(number: int, section: Section) -> str:
    """The roles are said again, since a table that is laid out in blocks on a phone would lose them."""
    head = "".join(f'<th scope="col" role="columnheader">{_text(column)}</th>' for column in section.columns)
    lines = "\n".join(_line(section.columns, line) for line in section.lines)
    return (
        f'<table role="table" aria-labelledby="part-{number}">\n'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>\n'
        f'<tbody role="rowgroup">\n{lines}\n</tbody>\n</table>'
    )


def _line(columns: tuple[str, ...], cells: tuple[str, ...]) -> str:
    shown = [f'<th scope="row" role="rowheader" dir="auto">{_text(cells[0])}</th>']
    for column, cell in zip_longest(columns[1:], cells[1:], fillvalue=""):
        shown.append(f'<td role="cell" dir="auto" data-column="{_text(column)}">{_text(cell) or "–"}</td>')
    return f'<tr role="row">{"".join(shown)}</tr>'


def _text(text: str) -> str:
    return escape(visible(text), quote=True)
