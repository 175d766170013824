"""About: a field that names a record of any kind, in two columns: its key and its number.

A row with one is visible where the record that it is about is visible.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, overload

from officeops.model.fields import Field
from officeops.model.immutable import Value

if TYPE_CHECKING:
    from typing import Protocol

    class Keyed(Protocol):
        """Anything with the key of a kind of record: its declaration."""

        key: str

    class Kept(Protocol):
        """A record that is kept."""

        id: int

        @property
        def meta(self) -> Keyed:
            """Its declaration."""
            ...


#: The columns of the field, which has one name in every kind of record.
KEY: Final = "about_key"
NUMBER: Final = "about_id"


class Subject(Value):
    """The record that a row is about: the key of its kind, and its id."""

    key: str
    id: int


class About:
    """The annotation and the attribute: `about: About` declares it, `note.about` reads it.

    A new record takes `about=leave`, a record that is kept, or a `Subject`. Annotated
    `About | None` it may be blank, and is None then: the row is for all who see its kind.
    """

    @overload
    def __get__(self, record: None, owner: type[object]) -> About: ...
    @overload
    def __get__(self, record: object, owner: type[object]) -> Subject: ...
    def __get__(self, record: object | None, owner: type[object]) -> About | Subject | None:
        if record is None:
            return self
        own = record.__dict__
        return Subject(own[KEY], own[NUMBER]) if own[KEY] is not None else None


def about_fields(*, may_be_blank: bool = False) -> tuple[Field, Field]:
    """Declare the two columns."""
    optional: dict[str, Any] = {"default": None} if may_be_blank else {}
    key = Field(
        "text",
        label="About",
        list_rank=2,
        help="Key of the kind of record that it is about, such as core.location",
        example="core.location",
        **optional,
    )
    number = Field(
        "number",
        label="About #",
        list_rank=2,
        minimum=1,
        help="That record's number",
        example="1",
        **optional,
    )
    return key.named(KEY, "str"), number.named(NUMBER, "int")


def columns_of(subject: Subject | Kept) -> dict[str, Any]:
    """Give the values of the two columns for a subject, or for a record that is kept."""
    key = subject.key if isinstance(subject, Subject) else subject.meta.key
    return {KEY: key, NUMBER: subject.id}
