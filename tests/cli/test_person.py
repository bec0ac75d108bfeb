"""A lead says who is on the desk."""

import json

import pytest

from cli.main import DONE, REFUSED, USAGE, main
from models import access, journal
from models.connection import Desk
from models.people import Person
from models.reading import scalar


@pytest.fixture(autouse=True)
def here(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAMDESK_DATABASE", desk.address)
    monkeypatch.setenv("TAMDESK_USER", "anna")
    access.identify("anna", at=1, name="Anna")


def people(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    capsys.readouterr()
    assert main(["person", "list", "--json"]) == DONE
    found: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return found


def test_the_person_who_is_named_is_added_and_not_the_one_who_adds(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["person", "add", "ben", "--name", "Ben", "--role", "tam"]) == DONE
    assert [(each["login"], each["name"], each["role"]) for each in people(capsys)] == [
        ("anna", "Anna", "lead"),
        ("ben", "Ben", "tam"),
    ]
    assert main(["--as", "ben", "ticket", "list"]) == DONE


def test_only_a_lead_adds(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["person", "add", "ben"]) == DONE
    assert main(["person", "add", "cleo", "--as", "ben"]) == REFUSED
    assert len(people(capsys)) == 2


def test_the_list_says_who_has_left_and_shows_names_harmlessly(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["person", "add", "ben", "--name", "Ben \x1b[2J"]) == DONE
    with journal.transaction(None, 2, "person.leave") as tx:
        tx.update(Person, access.identify("ben").id, active=0)
        tx.say("Ben left.")
    capsys.readouterr()
    assert main(["person", "list"]) == DONE
    shown = capsys.readouterr().out
    assert "has left" in shown
    assert "\x1b" not in shown


def test_a_lead_changes_what_the_desk_knows_of_a_person(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["person", "add", "ben", "--email", "ben@vendor.example"]) == DONE
    assert scalar("SELECT email FROM person WHERE login = 'ben'") == "ben@vendor.example"
    assert main(["person", "change", "ben", "--role", "lead", "--zone", "Asia/Tokyo", "--name", "Benno"]) == DONE
    assert "Anna changed ben" in capsys.readouterr().err
    [_, ben] = people(capsys)
    assert (ben["role"], ben["zone"], ben["name"]) == ("lead", "Asia/Tokyo", "Benno")
    assert main(["person", "change", "ben", "--leave"]) == DONE
    assert main(["--as", "ben", "ticket", "list"]) == REFUSED
    assert main(["person", "change", "ben", "--return"]) == DONE
    assert main(["--as", "ben", "ticket", "list"]) == DONE


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["anna", "--leave"], "only lead"),
        (["anna", "--role", "engineer"], "only lead"),
        (["nobody", "--role", "tam"], "not on this desk"),
        (["anna", "--zone", "Europe/Zurick"], "Europe/Zurich"),
    ],
)
def test_a_change_that_cannot_be_is_told_in_a_sentence(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["person", "change", *words]) == REFUSED
    assert told in capsys.readouterr().err
    assert access.identify("anna").role == "lead"


def test_a_change_of_nothing_is_wrong_usage() -> None:
    assert main(["person", "change", "anna"]) == USAGE
