"""The line at the top says what burns first, and always who I am."""

import pytest

from screens.widgets.header import HeaderLine, initials_of
from tests.screens.queue_desk import Clock, columns, make_desk, opened, settled, shown

TIMER = "► 0:42 acme"


def header(pilot) -> HeaderLine:
    """The header of the screen that is shown."""
    return pilot.app.screen.query_one(HeaderLine)


@pytest.mark.parametrize(
    ("width", "severity_1", "mentions", "timer", "shows"),
    [
        (80, 1, 2, "", "▲ 1 Sev 1  @2  open until 17:00  anna"),
        (80, 1, 2, TIMER, "▲ 1 Sev 1  ► 0:42 acme  @2  anna"),
        (80, 112, 12, TIMER, "▲ 112 Sev 1  ► 0:42 acme  @12  anna"),
        (80, 0, 0, "", "open until 17:00   anna · 10:00"),
        (120, 1, 2, TIMER, "▲ 1 Sev 1  ► 0:42 acme  @2  open until 17:00  anna · 10:00"),
        (60, 1, 2, "", "▲ 1 Sev 1  @2  open until 17:00  A"),
        (60, 112, 12, f"{TIMER} bank of the north", "▲ 112  ► 0:42  @12  A"),
    ],
)
async def test_what_burns_stands_first_and_who_i_am_is_never_lost(
    sqlite_address: str, width: int, severity_1: int, mentions: int, timer: str, shows: str
) -> None:
    make_desk(sqlite_address, [columns(1, due_in=3600)])
    async with opened(sqlite_address, Clock(), size=(width, 24)) as pilot:
        line = header(pilot)
        line.facts = line.facts._replace(severity_1=severity_1, mentions=mentions, timer=timer)
        line.refresh()
        await settled(pilot)
        assert shown(pilot)[0].endswith(f" {shows}")


@pytest.mark.parametrize(
    ("name", "login", "sign"),
    [("Anna Keller", "anna", "AK"), ("Anna", "anna", "A"), ("", "ben", "B"), ("Åke van der Berg", "ake", "ÅB")],
)
def test_who_i_am_in_two_signs(name: str, login: str, sign: str) -> None:
    assert initials_of(name, login) == sign
