"""What a proof of value has to show: three to five measurable criteria, agreed first, each judged on evidence.

The annex wants the proof for the customer's most critical use cases (2023-11-15, "Proof of value"); how many criteria
and that they are measured is the desk's rule.
"""

from __future__ import annotations

from typing import NamedTuple

from models.access import require
from models.errors import NotFound
from models.journal import transaction
from models.onboardings import Criterion
from models.reading import rows, scalar
from onboarding.errors import OnboardingRefused
from onboarding.rules import MANAGERS, WORKERS, running
from onboarding.typed import said
from onboarding.words import MET, NOT_MET
from tickets.words import clean_line

FEWEST, MOST = 3, 5
OPEN = "open"


class CriterionRow(NamedTuple):
    """A criterion; `evidence` is how many pieces it has, `agreed_at` UTC seconds."""

    id: int
    onboarding_id: int
    position: int
    what: str
    measure: str
    target: str
    found: str
    state: str
    agreed_at: int | None
    evidence: int
    version: int


_SELECT = (
    "SELECT k.id, k.onboarding_id, k.position, k.what, k.measure, k.target, k.found, k.state, k.agreed_at,"
    " (SELECT COUNT(*) FROM evidence e WHERE e.criterion_id = k.id), k.version FROM criterion k"
)


def criteria(onboarding_id: int) -> list[CriterionRow]:
    """The criteria of an onboarding, in their order."""
    return rows(f"{_SELECT} WHERE k.onboarding_id = ? ORDER BY k.position, k.id", (onboarding_id,), CriterionRow)


def criterion(criterion_id: int) -> CriterionRow:
    """One criterion; NotFound where there is none."""
    found = rows(f"{_SELECT} WHERE k.id = ?", (criterion_id,), CriterionRow)
    if not found:
        raise NotFound(f"There is no criterion {criterion_id}.")
    return found[0]


def add(onboarding_id: int, what: str, actor: int, at: int, *, measure: str = "", target: str = "") -> int:
    """Draft a criterion and answer its id; refused once the criteria are agreed."""
    with transaction(actor, at, "add_criterion") as tx:
        person = require(actor, *MANAGERS)
        held = running(onboarding_id)
        _refuse_agreed(onboarding_id)
        told = said(what, "What has to be shown")
        last = scalar("SELECT MAX(position) FROM criterion WHERE onboarding_id = ?", (onboarding_id,)) or 0
        criterion_id = tx.insert(
            Criterion,
            onboarding=onboarding_id,
            position=last + 1,
            what=told,
            measure=clean_line(measure),
            target=clean_line(target),
        )
        tx.say(f"{person.name} drafted a criterion for {held.customer}: {told}")
    return criterion_id


def change(
    criterion_id: int,
    actor: int,
    at: int,
    *,
    what: str | None = None,
    measure: str | None = None,
    target: str | None = None,
    version: int | None = None,
) -> None:
    """Change a draft; None leaves it as it is."""
    with transaction(actor, at, "change_criterion") as tx:
        person = require(actor, *MANAGERS)
        row = criterion(criterion_id)
        held = running(row.onboarding_id)
        _refuse_agreed(row.onboarding_id)
        new = {
            "what": row.what if what is None else said(what, "What has to be shown"),
            "measure": row.measure if measure is None else clean_line(measure),
            "target": row.target if target is None else clean_line(target),
        }
        tx.update(Criterion, criterion_id, version, **new)
        tx.say(f"{person.name} changed a criterion of {held.customer}: {new['what']}")


def remove(criterion_id: int, actor: int, at: int) -> None:
    """Drop a draft that no evidence hangs on."""
    with transaction(actor, at, "remove_criterion") as tx:
        person = require(actor, *MANAGERS)
        row = criterion(criterion_id)
        held = running(row.onboarding_id)
        _refuse_agreed(row.onboarding_id)
        if row.evidence:
            raise OnboardingRefused(f"{row.what!r} has evidence; remove that first, or keep the criterion.")
        tx.delete(Criterion, criterion_id)
        tx.say(f"{person.name} dropped a criterion of {held.customer}: {row.what}")


def agree_all(onboarding_id: int, actor: int, at: int) -> None:
    """Record that the customer agreed: three to five criteria, each with a measure and a target."""
    with transaction(actor, at, "agree_criteria") as tx:
        person = require(actor, *MANAGERS)
        held = running(onboarding_id)
        _refuse_agreed(onboarding_id)
        drafts = criteria(onboarding_id)
        if not FEWEST <= len(drafts) <= MOST:
            raise OnboardingRefused(
                f"A proof of value has {FEWEST} to {MOST} criteria, and {held.customer} has {len(drafts)};"
                f" {'add some' if len(drafts) < FEWEST else 'keep those that matter most'}, then agree."
            )
        for each in drafts:
            lacks = [name for name, value in (("a measure", each.measure), ("a target", each.target)) if not value]
            if lacks:
                raise OnboardingRefused(f"{each.what!r} has no way to be judged: it needs {' and '.join(lacks)}.")
        for each in drafts:
            tx.update(Criterion, each.id, agreed_at=at)
        tx.say(f"{person.name} agreed {len(drafts)} criteria with {held.customer}.", seen=True)


def reopen_all(onboarding_id: int, reason: str, actor: int, at: int) -> None:
    """Take the agreement back, so that the criteria can be changed and agreed anew; not once one was judged."""
    with transaction(actor, at, "reopen_criteria") as tx:
        person = require(actor, *MANAGERS)
        held = running(onboarding_id)
        agreed = [each for each in criteria(onboarding_id) if each.agreed_at is not None]
        if not agreed:
            raise OnboardingRefused(f"The criteria of {held.customer} are not agreed yet; change them as they are.")
        judged = next((each for each in agreed if each.state != OPEN), None)
        if judged:
            raise OnboardingRefused(f"{judged.what!r} was judged already; the goal does not move after the shot.")
        for each in agreed:
            tx.update(Criterion, each.id, agreed_at=None)
        tx.say(f"{person.name} reopened the criteria of {held.customer}: {said(reason, 'The reason')}", seen=True)


def judge(criterion_id: int, found: str, met: bool, actor: int, at: int, *, version: int | None = None) -> None:
    """Say what was found and whether that meets the target; refused before it is agreed, and without evidence."""
    with transaction(actor, at, "judge_criterion") as tx:
        person = require(actor, *WORKERS)
        row = criterion(criterion_id)
        held = running(row.onboarding_id)
        if row.agreed_at is None:
            raise OnboardingRefused(f"{row.what!r} is not agreed yet; agree the criteria with {held.customer} first.")
        if not row.evidence:
            raise OnboardingRefused(f"{row.what!r} has no evidence; add a link, a note or a file that shows it.")
        state = MET if met else NOT_MET
        tx.update(Criterion, criterion_id, version, found=said(found, "What was found"), state=state)
        tx.say(f"{person.name} judged a criterion of {held.customer} {state}: {row.what}")


def _refuse_agreed(onboarding_id: int) -> None:
    if scalar("SELECT 1 FROM criterion WHERE onboarding_id = ? AND agreed_at IS NOT NULL LIMIT 1", (onboarding_id,)):
        raise OnboardingRefused("The criteria are agreed with the customer; reopen them with a reason to change them.")
