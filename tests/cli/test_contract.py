"""A TAM asks what was promised to a customer, and where it is written."""

import argparse
import json
from pathlib import Path

import pytest

from cli import contract
from models.agreements import Adoption, Contract
from models.connection import open_desk
from models.customers import Customer
from models.errors import DatabaseUnavailable, NotFound

SIGNED, NOW = 1_700_000_000, 1_710_000_000


@pytest.fixture
def address(tmp_path: Path) -> str:
    place = str(tmp_path / "desk.db")
    desk = open_desk(place)
    customer = Customer.create(key="acme", name="Acme")
    order = {"reference": "PO \x1b[2J7", "objectives": {"2": 90}}
    held = Contract.create(
        customer=customer, plan="custom", deployment="cloud", order=json.dumps(order), starts_at=SIGNED, ends_at=NOW + 9
    )
    Adoption.create(contract=held, revision="2023-10-06", effective_at=SIGNED)
    desk.close()
    return place


def ask(address: str, *words: str, now: int = NOW) -> int:
    parser = argparse.ArgumentParser()
    contract.add(parser.add_subparsers())
    args = parser.parse_args(["contract", "show", *words])
    args.address, args.now = address, lambda: now
    return int(args.run(args))


def test_each_value_is_printed_with_where_it_is_written(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(address, "acme") == 0
    printed = capsys.readouterr().out
    assert "Severity 3 initial response      12 h\n" in printed
    assert "from 2023-10-06, SLO - Initial response time" in printed
    assert "Severity 2 initial response      1 h 30 min\n" in printed


def test_what_a_person_wrote_cannot_move_the_cursor(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    ask(address, "Acme")
    printed = capsys.readouterr().out
    assert "\x1b" not in printed
    assert "order PO ␛[2J7" in printed


def test_json_holds_label_value_and_source(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(address, "acme", "--json") == 0
    lines = json.loads(capsys.readouterr().out)
    assert {"label": "Revision", "value": "2023-10-06", "source": "contract"} in lines


def test_a_customer_that_is_not_there_is_told_with_the_nearest(address: str) -> None:
    with pytest.raises(NotFound, match="did you mean 'acme'"):
        ask(address, "acne")


def test_before_and_after_the_contract_nothing_is_in_force(address: str) -> None:
    with pytest.raises(NotFound, match="acme has no contract in force on 2023-01-01"):
        ask(address, "acme", "--at", "2023-01-01")
    with pytest.raises(NotFound, match="acme has no contract in force"):
        ask(address, "acme", now=NOW + 9)


def test_a_date_that_is_none_is_wrong_usage(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        ask(address, "acme", "--at", "yesterday")
    assert caught.value.code == 2
    assert "'yesterday' is not a date" in capsys.readouterr().err


def test_asking_makes_no_desk(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable):
        ask(str(tmp_path / "none.db"), "acme")
    assert not (tmp_path / "none.db").exists()
