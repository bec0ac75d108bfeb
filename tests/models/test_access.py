"""Who may use the desk."""

import pytest

from models import access, journal
from models.connection import Desk
from models.errors import DomainError, NotAllowed
from models.people import ENGINEER, LEAD, READ_ONLY, TAM, Person


def test_the_first_person_on_a_new_desk_leads_it(desk: Desk) -> None:
    anna = access.identify("anna", at=1_000)
    assert (anna.login, anna.role, anna.zone) == ("anna", LEAD, "Europe/Zurich")
    assert access.identify("anna") == anna
    assert [note.sentence for note in journal.since(0)] == ["anna opened the desk and leads it."]


def test_a_stranger_gets_a_sentence_and_not_a_desk(desk: Desk) -> None:
    access.identify("anna")
    with pytest.raises(NotAllowed, match="tamdesk person add ben"):
        access.identify("ben")


def test_a_lead_adds_a_person_who_can_then_come_in(desk: Desk) -> None:
    anna = access.identify("anna")
    ben = access.add_person("ben", "Ben", ENGINEER, anna.id, 2_000)
    assert access.identify("ben") == (ben, "ben", "Ben", ENGINEER, "Europe/Zurich")
    assert journal.since(1)[0].sentence == "anna added Ben as engineer."


def test_only_a_lead_adds_people(desk: Desk) -> None:
    anna = access.identify("anna")
    ben = access.add_person("ben", "Ben", TAM, anna.id, 2_000)
    with pytest.raises(NotAllowed, match="it takes a lead"):
        access.add_person("cleo", "Cleo", ENGINEER, ben, 3_000)


@pytest.mark.parametrize(
    ("login", "role", "reason"),
    [("anna", LEAD, "already"), ("ben", "boss", "not a role"), ("b en", TAM, "one word"), ("\x1b[2J", TAM, "one word")],
)
def test_a_person_is_added_once_with_a_known_role_and_a_plain_login(
    desk: Desk, login: str, role: str, reason: str
) -> None:
    anna = access.identify("anna")
    with pytest.raises(DomainError, match=reason):
        access.add_person(login, "Someone", role, anna.id, 2_000)


def test_read_only_may_look_but_not_change(desk: Desk) -> None:
    anna = access.identify("anna")
    cleo = access.add_person("cleo", "Cleo", READ_ONLY, anna.id, 2_000)
    with pytest.raises(NotAllowed, match="Cleo may look but not change anything"):
        access.require(cleo)
    assert access.require(anna.id).name == "anna"


def test_someone_who_left_is_not_let_in(desk: Desk) -> None:
    anna = access.identify("anna")
    ben = access.add_person("ben", "Ben", TAM, anna.id, 2_000)
    with journal.transaction(anna.id, 3_000, "person.leave") as tx:
        tx.update(Person, ben, active=0)
        tx.say("Ben left.")
    with pytest.raises(NotAllowed, match="not active"):
        access.identify("ben")
    with pytest.raises(NotAllowed, match="not on this desk any more"):
        access.require(ben)
