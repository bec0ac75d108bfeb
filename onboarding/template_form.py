"""The form of a checklist template's file, read strictly."""

from typing import Annotated, Literal

import msgspec

Words = Annotated[str, msgspec.Meta(min_length=1)]
Positive = Annotated[int, msgspec.Meta(ge=1)]


class ItemForm(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An item: a `detail` is the catalogue's own line, a `title` is ours; `offset` and `days` are working days."""

    key: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    part: Literal["prerequisite", "topic", "go-live"]
    topic: str = ""
    detail: str = ""
    title: str = ""
    side: Literal["vendor", "customer"]
    anchor: Literal["start", "go-live"]
    offset: Annotated[int, msgspec.Meta(ge=0)]
    days: Positive
    needs: tuple[Words, ...] = ()
    done_means: Words

    def __post_init__(self) -> None:
        if bool(self.detail) == bool(self.title):
            raise ValueError(f"{self.key}: give a detail of the catalogue or a title of your own, one of them")


class TemplateForm(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A template: `span_days` are the working days of the onboarding term that its offsets are made for."""

    revision: Words
    version: Positive
    span_days: Positive
    items: Annotated[tuple[ItemForm, ...], msgspec.Meta(min_length=1)]
