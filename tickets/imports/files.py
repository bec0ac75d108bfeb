"""The files of an import, whatever their form, as one stream of records."""

from collections.abc import Callable, Iterator
from pathlib import Path

from tickets.imports.csv_file import read_csv
from tickets.imports.found import BadFile, Found
from tickets.imports.json_document import read_documents
from tickets.imports.json_lines import is_lines, read_lines

ZENDESK, CSV = "zendesk", "csv"
FORMS = (ZENDESK, CSV)


class Reading:
    """Which files are read, how, and how far that is; raises BadFile for one that cannot be read."""

    def __init__(self, files: list[Path], form: str | None, progress: Callable[[int, int], None] | None) -> None:
        self._progress, self._done = progress, 0
        self.files: list[tuple[Path, str]] = []
        for path in files:
            _check(path)
            self.files.append((path, form or (CSV if path.suffix.lower() in (".csv", ".tsv") else ZENDESK)))
        self._total = 2 * sum(path.stat().st_size for path in files)

    def advance(self, count: int) -> None:
        """Tell that so many bytes more were read."""
        self._done += count
        if self._progress:
            self._progress(min(self._done, self._total), self._total)


def read(reading: Reading) -> Iterator[Found]:
    """Hand out the records of all files, in the order they were named."""
    for path, form in reading.files:
        if form == CSV:
            yield from read_csv(path, reading.advance)
        elif is_lines(path):
            yield from read_lines(path, reading.advance)
        else:
            yield from read_documents(path, reading.advance)


def _check(path: Path) -> None:
    """Refuse what cannot be read twice, before anything lands."""
    try:
        if not path.exists():
            raise BadFile(f"there is no file {path}")
        if not path.is_file():
            raise BadFile(f"{path} is no ordinary file, and an import reads it twice; save it to one first")
        with path.open("rb"):
            return
    except OSError as error:
        raise BadFile(f"{path} cannot be read: {error.strerror}") from error
