"""`python -m bench [NAME…]`: tables beside the peers, all from one run."""

from __future__ import annotations

import importlib
import os
import platform
import sys

NAMES = ("business_time", "start", "keys", "idle", "pages", "search", "imports", "hours")


def main() -> None:
    """Run the benches that are named, else all."""
    print(f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} cores")
    for name in sys.argv[1:] or NAMES:
        importlib.import_module(f"bench.{name}").main()


main()
