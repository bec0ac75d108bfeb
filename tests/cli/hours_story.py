"""What stories about `tamdesk hours` and `tamdesk call` begin with: a desk, a person, and commands that answer."""

import json
from typing import Any, NamedTuple

import pytest

from cli.main import main


class Answer(NamedTuple):
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Shell:
    """Runs `tamdesk` as somebody."""

    def __init__(self, capsys: pytest.CaptureFixture[str], group: str) -> None:
        self._capsys, self._group = capsys, group

    def __call__(self, line: str, *more: str, by: str = "tom") -> Answer:
        try:
            code = main([self._group, *line.split(), *more, "--as", by])
        except SystemExit as ended:
            code = int(str(ended.code))
        return Answer(code, *self._capsys.readouterr())
