"""About: a field that names a record of any kind, in two columns: its key and its number.

A row with one is visible where the record that it is about is visible.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, overload

from officeops.model.errors import Problem
from officeops.model.fields import Field
from officeops.model.immutable import Value
from officeops.model.kinds.kind import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
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
#: Both as one.
ABOUT: Final = "about"
#: Said of a row that lacks it.
NEEDED: Final = "is needed: the record that it is about, such as vendor:Acme"


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

    if TYPE_CHECKING:
        # What type checkers take for the argument of a new record.
        def __set__(self, record: object, value: About | Subject | Kept | None) -> None: ...


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


class SubjectName(Kind):
    """The kind and the name of a record, such as vendor:Acme."""

    name = "subject"
    hint = "a kind of record and its name: vendor:Acme"
    example = "vendor:Acme"
    noun = "the kind and the name of a record, such as vendor:Acme"
    code = "malformed"


class SubjectField(Field):
    """The two columns as one: what people read, type, filter by and write to files.

    SQL gives `vendors.vendor:3`, which `query.subject` puts into words.
    """

    def __init__(
        self,
        key: Field,
        number: Field,
        name: str = ABOUT,
        label: str = "About",
        what: str = "The record that it is about",
    ) -> None:
        optional: dict[str, Any] = {} if key.required else {"default": None}
        super().__init__(
            SubjectName(),
            label=label,
            help=f"{what}: its kind and its name, such as vendor:Acme",
            example=SubjectName.example,
            list_rank=key.list_rank,
            hidden=key.hidden,
            managed=key.managed,
            sql=f"t.{key.name} || ':' || t.{number.name}",
            **optional,
        )
        self.name = name
        #: The columns that it fills.
        self.parts = (key, number)


def subject_field(by_name: Mapping[str, Field]) -> SubjectField | None:
    """Make the field of a kind's two columns; None for a kind without them."""
    if KEY not in by_name or ABOUT in by_name:
        return None
    return SubjectField(by_name[KEY], by_name[NUMBER])


def as_one(fields: Iterable[Field], subject: Field | None) -> Iterator[Field]:
    """Yield fields with the one of the record that a row is about in place of its two columns."""
    for field in fields:
        if subject is None or field.name not in {KEY, NUMBER}:
            yield field
        elif field.name == KEY:
            yield subject


def filled_by(field: Field) -> tuple[Field, ...]:
    """Return the fields of a record that a column or an input fills: nearly always that one."""
    return field.parts if isinstance(field, SubjectField) else (field,)


def needed(blank: Sequence[Field]) -> Iterator[Problem]:
    """Yield that blank fields are needed: both columns of the record that a row is about as one."""
    is_about = {KEY, NUMBER}.issubset(field.name for field in blank)
    for field in blank:
        if not is_about or field.name not in {KEY, NUMBER}:
            yield Problem("is needed", field.public_name, code="needed")
        elif field.name == KEY:
            yield Problem(NEEDED, ABOUT, code="needed")


def columns_of(subject: Subject | Kept) -> dict[str, Any]:
    """Give the values of the two columns for a subject, or for a record that is kept."""
    key = subject.key if isinstance(subject, Subject) else subject.meta.key
    return {KEY: key, NUMBER: subject.id}
