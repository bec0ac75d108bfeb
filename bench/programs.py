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
    return [str(TAMDESK), "--database", address, "--as", LOGIN], " fails for "


def peer(name: str, *arguments: str, ready: str) -> Program:
    """One of the small programs in `bench/peers`."""
    return [sys.executable, str(HERE / "peers" / f"{name}.py"), *arguments], ready


def hello() -> Program:
    """Textual's hello-world."""
    return peer("hello", ready="Hello, World!")


def toolong() -> Program:
    """A published log viewer for terminals, in an environment of its own as its users install it."""
    folder = FOLDER.absolute() / "toolong"
    program, log = folder / "bin" / "tl", folder / "tickets.log"
    if not program.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([folder / "bin" / "pip", "install", "--quiet", "toolong"], check=True)
        log.write_text("".join(f"login token fails for some users, case {row}\n" for row in range(100_000)))
    return [str(program), str(log)], "case "
