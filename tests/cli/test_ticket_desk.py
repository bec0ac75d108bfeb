"""Whatever becomes of an action, the desk that it opened is closed again."""

import sqlite3

import pytest

from cli.main import main
from models.connection import Desk
from tests.tickets.cast import at
from tests.tickets.mail.desk import mail_desk
from tests.tickets.mail.messages import UNKNOWN, mail
from tickets.mail.filing import file_mail

ACTIONS = (
    *(("list",), ("list", "--query", "sev:2"), ("list", "--query", "owner:nobody-here"), ("show", "1"), ("show", "99")),
    *(("why", "1"), ("why", "99"), ("search", "login"), ("search", '"'), ("unmatched",), ("show-mail", "1")),
    *(("show-mail", "99"), ("file-mail", "1", "--ticket", "99"), ("file-mail", "1", "--customer", "acme")),
    *(("dismiss-mail", "1", "--reason", ""), ("new", "--customer", "acme", "--subject", "It fails", "--body", "Help")),
    *(("new", "--customer", "nobody", "--body", ""), ("new", "--customer", "acme", "--body", "", "--dry-run")),
)


@pytest.mark.parametrize("words", ACTIONS, ids=" ".join)
def test_the_desk_is_closed_again(
    sqlite_desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    connections: list[sqlite3.Connection],
    words: tuple[str, ...],
) -> None:
    monkeypatch.setattr("cli.main._now", lambda: at("Mon 10:00"))
    monkeypatch.setenv("TAMDESK_DATABASE", sqlite_desk.address)
    monkeypatch.setenv("TAMDESK_USER", "anna")
    mail_desk()
    file_mail(mail(sender=UNKNOWN), at("Mon 09:30"))
    connections.clear()
    main(["ticket", *words])
    assert connections
    for connection in connections:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            connection.execute("SELECT 1")
