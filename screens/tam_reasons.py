"""Why something cannot be done to a customer's hours, known before it is tried; the operations check it again."""

from __future__ import annotations

from collections.abc import Iterator

from models.words import LEAD, TAM
from models.words import READ_ONLY as READER
from screens.commands import Command
from screens.tam_commands import AGREE, CLOSE_ONE, NEW_LINE, OPEN_LINE, REMOVE, REOPEN, TOP_UP
from screens.tam_customer_reading import ACTIONS, AGREED, ENTRIES, FEEDBACK, PERIODS
from screens.ticket_reasons import READ_ONLY
from tam.promises import AllowanceRow

KEEPERS = (TAM, LEAD)
WRITES = (NEW_LINE, REMOVE, AGREE, TOP_UP, CLOSE_ONE, REOPEN)


def why_not(command: Command, role: str, part: str, here: object, contract: bool) -> str | None:
    """Return the reason in a sentence; None where nothing speaks against it.

    `part` is the list that is shown, `here` its line under the cursor, `contract` whether one is in force today.
    """
    return next(_reasons(command, role, part, here, contract), None)


def _reasons(command: Command, role: str, part: str, here: object, contract: bool) -> Iterator[str]:
    opens_a_form = command is OPEN_LINE and part in (ENTRIES, AGREED, ACTIONS, FEEDBACK)
    if role == READER and (command in WRITES or opens_a_form):
        yield READ_ONLY
    if command in (CLOSE_ONE, REOPEN) and role != LEAD:
        yield "Only a lead closes and reopens periods."
    agrees = command in (AGREE, TOP_UP) or (part == AGREED and command in (NEW_LINE, REMOVE, OPEN_LINE))
    if agrees and role not in KEEPERS:
        yield "Only a TAM or a lead agrees hours."
    if agrees and not contract:
        yield "No contract is in force today; hours are agreed for a contract."
    if command in (OPEN_LINE, REMOVE) and here is None:
        yield "There is no line here yet."
    if command is REMOVE and isinstance(here, AllowanceRow) and not here.id:
        yield "That stands in the order; agree on something else instead."
    if command is REMOVE and part not in (ENTRIES, AGREED):
        yield "Only time entries and what was agreed are taken away here."
    if command is NEW_LINE and part == PERIODS:
        yield "Periods follow from what was agreed; close one that is over."
