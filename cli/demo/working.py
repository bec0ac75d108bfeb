"""What the desk's people made for their own work: saved views, canned replies, macros."""

from typing import Any

from cli.demo.texts import read
from tickets import canned, macros, saved_views


def make_tools(people: dict[str, int], lead: int, at: int) -> None:
    """Make them all; what names no owner is shared, and made by the lead."""
    held = read("working")
    for view in held["views"]:
        owner = people[view["owner"]] if "owner" in view else lead
        saved_views.create(view["title"], view["query"], owner, at, shared="owner" not in view)
    replies: dict[str, int] = {}
    for reply in held["replies"]:
        made = canned.create(reply["name"], reply["body"].strip(), lead, at, language=reply["language"], shared=True)
        replies.setdefault(reply["name"], made)
    for macro in held["macros"]:
        steps = macros.from_json(_with_ids(macro["steps"], replies))
        macros.create(macro["name"], steps, lead, at, shared=True)


def _with_ids(steps: list[dict[str, Any]], replies: dict[str, int]) -> str:
    """Steps as the JSON that macros are kept in, canned replies by their ids."""
    import json

    return json.dumps(
        [
            {"do": "reply", "canned": replies[step["reply"]], "then": step["then"]} if step["do"] == "reply" else step
            for step in steps
        ]
    )
