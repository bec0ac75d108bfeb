"""The SQLite file and its folder: made for owner and group only, and refused where others could write."""

import os
import stat
from pathlib import Path

from models.errors import Busy, DatabaseUnavailable

FILE_MODE, FOLDER_MODE, OTHERS_WRITE = 0o660, 0o770, 0o002


def prepare_file(path: Path, create: bool) -> None:
    """Make sure that `path` is a file that only owner and group can write; raise DatabaseUnavailable where not."""
    try:
        if not path.exists():
            if not create:
                raise DatabaseUnavailable(f"There is no desk at {path}; check the path, or start tamdesk to make one.")
            make_folder(path.parent)
            make_file(path)
        _refuse_what_others_can_write(path)
        if not os.access(path, os.R_OK | os.W_OK):
            raise DatabaseUnavailable(f"You may not read and write {path}; ask its owner to add you to its group.")
    except OSError as error:
        raise DatabaseUnavailable(f"{path} cannot be opened: {error.strerror}.") from error


def make_folder(folder: Path) -> None:
    """Make the folder, and those above it, whatever the umask says."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(exist_ok=True)
        each.chmod(FOLDER_MODE)


def make_file(path: Path) -> None:
    """Make an empty file, whatever the umask says; SQLite gives its own side files the same mode."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, FILE_MODE)
    try:
        os.fchmod(handle, FILE_MODE)
    finally:
        os.close(handle)


def _refuse_what_others_can_write(path: Path) -> None:
    if path.is_dir():
        raise DatabaseUnavailable(f"{path} is a folder; name the file in it.")
    if path.stat().st_mode & OTHERS_WRITE:
        raise DatabaseUnavailable(f"Everyone on this machine can write {path}; run: chmod o-w '{path}'")
    folder = path.parent
    mode = folder.stat().st_mode
    # In a folder with the sticky bit, such as /tmp, others cannot replace what is not theirs.
    if mode & OTHERS_WRITE and not mode & stat.S_ISVTX:
        raise DatabaseUnavailable(
            f"Everyone on this machine can write the folder {folder}; keep the desk in a folder of its own, "
            f"or run: chmod o-w '{folder}'"
        )


_SENTENCES = (
    ("not a database", "{path} is not a desk: it is some other kind of file. Name another one."),
    ("malformed", "{path} is damaged; run: tamdesk db check, and restore a backup."),
    ("readonly", "{path} cannot be written; check that you may write the file and its folder."),
    ("unable to open", "{path} cannot be opened; check that you may write the file and its folder."),
    ("full", "The disk is full; {path} is as it was before. Make room and try again."),
    ("disk I/O", "{path} cannot be read from or written to the disk; check the disk."),
)


def explain_sqlite(error: Exception, path: Path) -> Exception:
    """A sentence for what SQLite says about the file; the error itself where it is a mistake of the program."""
    text = str(error)
    if "is locked" in text or "is busy" in text:
        return Busy(f"Another program has kept {path} locked for more than 5 seconds; nothing was saved, try again.")
    for sign, sentence in _SENTENCES:
        if sign in text:
            return DatabaseUnavailable(sentence.format(path=path))
    return error
