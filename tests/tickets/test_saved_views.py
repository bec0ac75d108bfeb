"""Views of one's own and of the desk: saved, renamed, moved, deleted, and each of it undone."""

import pytest

from models import journal
from models.connection import Desk
from models.errors import NotFound, StaleRow
from tests.tickets.cast import Cast, at, cast, everything, receive
from tickets import saved_views
from tickets.errors import RuleRefused
from tickets.query.language import QueryError

NOW = at("Mon 10:00")


@pytest.fixture
def who(desk: Desk) -> Cast:
    return cast()


def titles(person: int) -> list[str]:
    return [view.title for view in saved_views.views(person)]


def test_a_view_is_saved_counted_and_kept_from_others(who: Cast) -> None:
    receive(who, severity=1)
    receive(who)
    mine = saved_views.create("Urgent  ones", "SEV:1 state:open", who.ben, NOW)
    shared = saved_views.create("Acme", "customer:acme", who.anna, NOW, shared=True)
    assert titles(who.ben) == ["Acme", "Urgent ones"]
    assert titles(who.cleo) == ["Acme"]
    assert saved_views.counts(who.ben, NOW) == {shared: 2, mine: 1}
    assert saved_views.view(mine, who.ben).query == "sev:1 state:open"
    with pytest.raises(NotFound):
        saved_views.view(mine, who.cleo)


def test_me_in_a_shared_view_is_whoever_looks(who: Cast) -> None:
    receive(who, severity=1)
    shared = saved_views.create("My own", "owner:me", who.anna, NOW, shared=True)
    saved_views.create("Nobody's", "owner:none", who.anna, NOW, shared=True)
    assert saved_views.counts(who.ben, NOW)[shared] == 0


def test_only_a_lead_shares_and_changes_what_is_shared(who: Cast) -> None:
    with pytest.raises(RuleRefused, match="Only a lead"):
        saved_views.create("All", "sev:1", who.ben, NOW, shared=True)
    shared = saved_views.create("All", "sev:1", who.anna, NOW, shared=True)
    for change in (
        lambda: saved_views.change(shared, who.ben, NOW, title="Mine"),
        lambda: saved_views.delete(shared, who.ben, NOW),
        lambda: saved_views.move(shared, 0, who.ben, NOW),
    ):
        with pytest.raises(RuleRefused, match="only a lead"):
            change()
    mine = saved_views.create("Mine", "sev:1", who.ben, NOW)
    with pytest.raises(NotFound):
        saved_views.delete(mine, who.anna, NOW)


@pytest.mark.parametrize("query", ["stat:open", "customer:nobody", "owner:nobody"])
def test_a_query_that_cannot_be_read_is_not_saved(who: Cast, query: str) -> None:
    with pytest.raises(QueryError):
        saved_views.create("Broken", query, who.ben, NOW)
    assert titles(who.ben) == []


def test_a_view_of_a_customer_that_is_gone_says_so_and_the_others_go_on(who: Cast) -> None:
    good = saved_views.create("Good", "sev:1", who.ben, NOW)
    with journal.transaction(who.anna, NOW, "x") as tx:
        from models.working import SavedView

        lost = tx.insert(SavedView, owner_id=who.ben, title="Lost", query="customer:gone", position=9)
        tx.say("A customer left.")
    assert saved_views.counts(who.ben, NOW) == {good: 0, lost: None}
    assert "no customer 'gone'" in saved_views.problem(lost, who.ben, NOW)
    assert saved_views.problem(good, who.ben, NOW) == ""


def test_names_are_there_once_and_not_too_long(who: Cast) -> None:
    saved_views.create("Urgent", "sev:1", who.ben, NOW)
    for title, told in (("urgent", "already"), ("  ", "needs a name"), ("x" * 61, "at most 60")):
        with pytest.raises(RuleRefused, match=told):
            saved_views.create(title, "sev:1", who.ben, NOW)
    saved_views.create("Urgent", "sev:1", who.cleo, NOW)


def test_views_are_moved_to_a_place(who: Cast) -> None:
    for title in ("A", "B", "C"):
        saved_views.create(title, "sev:1", who.ben, NOW)
    third = saved_views.views(who.ben)[2].id
    saved_views.move(third, 0, who.ben, NOW)
    assert titles(who.ben) == ["C", "A", "B"]
    saved_views.move(third, 99, who.ben, NOW)
    assert titles(who.ben) == ["A", "B", "C"]
    journal.undo(who.ben, NOW)
    assert titles(who.ben) == ["C", "A", "B"]


def test_every_change_of_a_view_can_be_undone(who: Cast) -> None:
    view = saved_views.create("A", "sev:1", who.ben, NOW)
    saved_views.create("B", "sev:2", who.ben, NOW)
    for change in (
        lambda: saved_views.change(view, who.ben, NOW, title="Z", query="sev:4"),
        lambda: saved_views.move(view, 1, who.ben, NOW),
        lambda: saved_views.delete(view, who.ben, NOW),
    ):
        before = everything("saved_view")
        change()
        assert everything("saved_view") != before
        journal.undo(who.ben, NOW)
        assert everything("saved_view") == before


def test_a_stale_change_is_refused(who: Cast) -> None:
    view = saved_views.create("A", "sev:1", who.ben, NOW)
    version = saved_views.view(view, who.ben).version
    saved_views.change(view, who.ben, NOW, title="B")
    with pytest.raises(StaleRow, match="changed the view 'B'"):
        saved_views.change(view, who.ben, NOW, title="C", version=version)


def test_a_lead_lets_all_see_a_view_of_theirs_with_one_undo(who: Cast) -> None:
    saved_views.create("Acme", "customer:acme", who.anna, NOW, shared=True)
    mine = saved_views.create("Urgent", "sev:1", who.anna, NOW)
    saved_views.share(mine, who.anna, NOW)
    assert titles(who.cleo) == ["Acme", "Urgent"]
    with pytest.raises(RuleRefused, match="already"):
        saved_views.share(mine, who.anna, NOW)
    journal.undo(who.anna, NOW)
    assert titles(who.cleo) == ["Acme"]
    theirs = saved_views.create("Bens", "sev:2", who.ben, NOW)
    with pytest.raises(RuleRefused, match="Only a lead"):
        saved_views.share(theirs, who.ben, NOW)
    with pytest.raises(NotFound):
        saved_views.share(theirs, who.anna, NOW)
