"""The catalogue: annex revisions found by name, and read only when one is asked for."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from contracts.errors import CatalogueError, UnknownRevision, nearest

if TYPE_CHECKING:
    from contracts.schema import Revision

Subject = Literal["support", "onboarding", "service"]
BUILT_IN = Path(__file__).parent / "catalogue"


class Catalogue:
    """All revisions that can be pinned; compared by identity, so that resolved terms can be kept."""

    def __init__(self, files: dict[str, Path]) -> None:
        self._files = dict(sorted(files.items()))
        self._read: dict[str, Revision] = {}

    def revisions(self) -> tuple[str, ...]:
        """Name every revision, oldest first, without reading one."""
        return tuple(self._files)

    def revision(self, name: str) -> Revision:
        """Answer a revision; raises UnknownRevision or CatalogueError."""
        found = self._read.get(name)
        if found is None:
            if name not in self._files:
                raise UnknownRevision(f"there is no catalogue revision {name!r}; {nearest(name, self._files)}")
            found = self._read[name] = read(self._files[name])
        return found

    def governing(self, subject: Subject, pinned: str) -> Revision:
        """Answer the revision that speaks of a subject for a contract pinned to `pinned`.

        It is the pinned one, else the last one before it, else the first one after it: annexes appeared one by one.
        """
        if pinned not in self._files:
            raise UnknownRevision(f"there is no catalogue revision {pinned!r}; {nearest(pinned, self._files)}")
        names = self.revisions()
        at = names.index(pinned)
        for name in (*reversed(names[: at + 1]), *names[at + 1 :]):
            revision = self.revision(name)
            if getattr(revision, subject) is not None:
                return revision
        raise UnknownRevision(f"no catalogue revision speaks of {subject}")

    def speaking_of(self, subject: Subject) -> tuple[str, ...]:
        """Name the revisions that speak of a subject, oldest first."""
        return tuple(name for name in self._files if getattr(self.revision(name), subject) is not None)


def load(extra_folder: Path | None = None) -> Catalogue:
    """Find the built-in catalogue files and a vendor's own ones, which replace built-in files of the same name."""
    files = {path.stem: path for path in BUILT_IN.glob("*.toml")}
    if extra_folder is not None and extra_folder.is_dir():
        files |= {path.stem: path for path in extra_folder.glob("*.toml")}
    return Catalogue(files)


def read(path: Path) -> Revision:
    """Read a catalogue file strictly; raises CatalogueError naming the file and the place in it."""
    import msgspec

    from contracts.schema import Revision
    from contracts.strict import unknown_key

    try:
        with path.open("rb") as file:
            raw = tomllib.load(file)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError(f"{path}: cannot be read: {error}") from error
    try:
        revision = msgspec.convert(raw, Revision)
    except msgspec.ValidationError as error:
        raise CatalogueError(f"{path}: {unknown_key(raw, Revision) or error}") from error
    if revision.revision != path.stem:
        raise CatalogueError(f"{path}: the file is named {path.stem!r}, its revision is {revision.revision!r}")
    return revision
