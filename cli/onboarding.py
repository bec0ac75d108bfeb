"""`tamdesk onboarding`: customers on their way from the proof of value to go-live."""

from __future__ import annotations

from typing import Any

from cli import (
    onboarding_course,
    onboarding_criterion,
    onboarding_evidence,
    onboarding_gate,
    onboarding_item,
    onboarding_item_plan,
    onboarding_list,
    onboarding_report,
    onboarding_risk,
    onboarding_scope,
    onboarding_session,
    onboarding_start,
)


def add(commands: Any) -> None:
    """Register the group."""
    parser = commands.add_parser("onboarding", help="bring customers on board: checklist, gates, scope, status report")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for part in (onboarding_list, onboarding_start, onboarding_course):
        part.add_actions(actions)
    item = actions.add_parser("item", help="work on an item of a checklist")
    steps = item.add_subparsers(dest="step", metavar="STEP", required=True)
    onboarding_item.add_steps(steps)
    onboarding_item_plan.add_steps(steps)
    for part in (
        onboarding_session,
        onboarding_criterion,
        onboarding_evidence,
        onboarding_scope,
        onboarding_risk,
        onboarding_gate,
        onboarding_report,
    ):
        part.add_actions(actions)
