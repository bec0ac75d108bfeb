import csv
import io
import json

from models.connection import Desk
from tam.entries import entries, log
from tam.exports import COLUMNS, csv_rows, json_rows
from tests.tam.time_desk import NOW, TODAY, time_desk


def table() -> list[dict[str, str]]:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(csv_rows(entries()))
    return list(csv.DictReader(io.StringIO(text.getvalue(), newline="")))


def test_an_entry_is_a_row_with_all_that_is_known(desk: Desk) -> None:
    who = time_desk()
    log(who.acme, 90, TODAY, "advice", who.tom, NOW, note='said "yes",\nand more', started_at=NOW - 5400, ended_at=NOW)
    assert table() == [
        {
            "id": "1",
            "date": TODAY,
            "booked_on": TODAY,
            "late": "no",
            "person": "Tom",
            "customer": "Acme",
            "activity": "advice",
            "minutes": "90",
            "hours": "1:30",
            "counts": "yes",
            "billable": "no",
            "started_at": "2026-06-03T14:30:00Z",
            "ended_at": "2026-06-03T16:00:00Z",
            "ticket": "",
            "call": "",
            "item": "",
            "external_id": "",
            "note": 'said "yes",\nand more',
        }
    ]


def test_no_note_becomes_a_formula_of_a_spreadsheet(desk: Desk) -> None:
    who = time_desk()
    notes = ["=1+1", "+41 43", "-2", "@SUM(A1)", "\uff1dcmd", "a=b", "plain"]
    for note in notes:
        log(who.acme, 1, TODAY, "advice", who.tom, NOW, note=note)
    told = [row["note"] for row in table()][::-1]
    assert told == ["'=1+1", "'+41 43", "'-2", "'@SUM(A1)", "'\uff1dcmd", "a=b", "plain"]


def test_programs_read_the_same_as_json(desk: Desk) -> None:
    who = time_desk()
    log(who.acme, 45, TODAY, "defect", who.tom, NOW, note="=1+1")
    told = json.loads(json.dumps(json_rows(entries())))
    assert tuple(told[0]) == COLUMNS
    assert (told[0]["minutes"], told[0]["counts"], told[0]["started_at"]) == (45, False, None)
    assert told[0]["note"] == "=1+1"
