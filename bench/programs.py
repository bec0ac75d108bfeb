"""The programs that are measured, and the text that says that each is ready."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

from bench.desks import FOLDER, LOGIN

HERE = Path(__file__).parent
TAMDESK = Path(sys.executable).parent / "tamdesk"

Program = tuple[list[str], str]


def tamdesk(address: str) -> Program:
    """The app on a desk; ready when a ticket is on the screen."""
    return [str(TAMDESK), "--database", address, "--as", LOGIN], "case 0"


def peer(name: str, *arguments: str, ready: str) -> Program:
    """One of the small programs in `bench/peers`."""
    return [sys.executable, str(HERE / "peers" / f"{name}.py"), *arguments], ready


def hello() -> Program:
    """Textual's hello-world."""
    return peer("hello", ready="Hello, World!")


def published(name: str, ready: str) -> Program:
    """A program from PyPI in an environment of its own, as its users install it."""
    folder = FOLDER.absolute() / name
    program = folder / "bin" / name
    if not program.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([folder / "bin" / "pip", "install", "--quiet", name], check=True)
    return [str(program)], ready
