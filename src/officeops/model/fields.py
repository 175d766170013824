"""Fields: the kind, limits and label of a value, declared once on its record or action.

A field knows nothing of screens, commands or SQL; those look at it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from officeops.model.kinds import KIND_OF_ANNOTATION, kind_of
from officeops.model.particular_facts import (
    PARTICULAR,
    FieldSignature,
    refuse_limits,
    refuse_odd,
    shows_facts,
)
from officeops.values.wording import in_sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from inspect import Signature
    from typing import Unpack

    from officeops.model.field_facts import FieldFacts
    from officeops.model.kinds.kind import Kind


class _Missing:
    """The absence of a default."""

    def __repr__(self) -> str:
        return "(required)"


MISSING: Final = _Missing()
#: The target of a reference that a base declares: the kind that is based on it.
ITSELF: Final = "itself"


#: Of a field without former choices, as nearly all are.
_NONE: Final[Mapping[str, str]] = {}


class Field:
    """One value of a record or one parameter of an action: its kind, and its facts.

    `officeops.model.field_facts` says what each fact is for; those not given are as they are here.
    """

    __signature__: ClassVar[Signature] = FieldSignature()  # type: ignore[assignment] # a descriptor

    name: str = ""
    kind: Kind
    #: Codes that a migration replaced, each with its code of today; an office fills it.
    former_choices: Mapping[str, str] = _NONE
    # Without an annotation, since each annotated name here is a fact that `field` takes.
    is_path = False

    synonyms: Mapping[str, str] = _NONE
    default: Any = MISSING
    #: The default as a function of the office, which is asked when a form opens and when nothing is
    #: given; the table has none then.
    default_of: Callable[[Any], Any] | None = None
    label: str = ""
    help: str = ""
    example: str = ""
    also: tuple[str, ...] = ()
    unique: bool = False
    search: bool = False
    sealed: bool = False
    lookup: bool = False
    guard: str = ""
    managed: bool = False
    hidden: bool = False
    total: bool = False
    internal: bool = False
    list_rank: int = 5
    unit: str = ""
    minimum: int | None = None
    maximum: int | None = None
    scale: int = 0
    choices: tuple[str, ...] = ()
    month_end: bool = False
    scan: str = ""
    target: str = ""
    within: str = ""
    where: str = ""
    fixed: bool = False
    archived: bool | str = False
    required_for: tuple[str, ...] = ()
    indexed: bool = True
    #: The kind of child whose first row a computed field shows; who may not see it sees no value.
    first_child = ""
    sql: str = ""
    unknown: str = ""
    doubt: str = ""
    doubtful: str = ""

    def __init__(self, kind: str | Kind | None = None, **facts: Unpack[FieldFacts]) -> None:
        #: Whether the kind was given, and does not follow from the annotation.
        self.said = kind is not None
        self.kind = kind_of("text" if kind is None else kind)
        if unknown := facts.keys() - Field.__annotations__.keys():
            raise TypeError(f"a field has no fact {', '.join(unknown)}: see help(officeops.Field)")
        self.__dict__.update(facts)
        if callable(self.default):
            self.default_of, self.default = self.default, MISSING
        #: Whether it is never blank and has no fixed default.
        self.required = self.default is MISSING

    def named(self, name: str, annotation: object) -> Field:
        """Give the field its name and, if `kind` was not given, the kind of its annotation.

        A blank annotation is text. Raises TypeError for an annotation of no kind, or of another
        than was given, and for a fact that makes no sense for the kind.
        """
        self.name = name
        if annotation:
            plain = _plain(annotation)
            self._annotated(plain)
            self.is_path = plain == "Path"
        odd = (self.__dict__.keys() & PARTICULAR) - self.kind.takes
        if odd:
            refuse_odd(self, odd)
        if self.minimum is not None or self.maximum is not None:
            refuse_limits(self)
        if not self.label:
            self.label = self.public_name.replace("_", " ").capitalize()
        return self

    def _annotated(self, plain: str) -> None:
        """Take the kind from an annotation, or check that it fits the kind that was given."""
        if not self.said:
            if plain not in KIND_OF_ANNOTATION:
                raise TypeError(
                    f"{self.name}: {plain} is no type of a field. Write str, int, bool, date, datetime "
                    "or Path, with `| None` where it may be blank; another record is "
                    f'{_example_of_ref(self.name)}, one of a few words is choice("a", "b"), '
                    'and amounts are int with a kind, such as field(kind="price")'
                )
            self.kind = kind_of(KIND_OF_ANNOTATION[plain])
        elif plain not in {self.kind.annotation, *self.kind.other_annotations, "Sealed", "Any"}:
            raise TypeError(
                f"{self.name}: its kind is {self.kind.name}, so it is annotated "
                f"{self.kind.annotation}, not {plain}"
            )

    @property
    def words(self) -> str:
        """Its label inside a sentence: expires on, vendor SKU."""
        return in_sentence(self.label)

    @property
    def public_name(self) -> str:
        """The word people and files use: of a reference, the column without `_id`."""
        return self.name.removesuffix("_id") if self.target else self.name

    @property
    def is_asked(self) -> bool:
        """Whether a new reference is looked up. That a record is there, SQLite sees by itself."""
        return bool(self.target and (self.where or self.archived is not True))

    @property
    def must_be_given(self) -> bool:
        """Whether it has no default at all, so that a person or a file has to give a value."""
        return self.required and self.default_of is None

    def with_doubt(self) -> Field:
        """Return the field for lists: with a `doubt`, the value and the doubt in one text."""
        if not self.doubt:
            return self
        from copy import copy

        from officeops.values.amounts import DOUBT

        part = f"ifnull(({self.sql}), '') || '{DOUBT}' || ({self.doubt})"
        shown = copy(self)
        shown.sql = f"iif(({self.doubt}) > 0, {part}, ({self.sql}))"
        shown.doubt = ""
        return shown

    @property
    def is_never_blank(self) -> bool:
        """Whether its text cannot be blank: it is required, or a choice that begins with one."""
        if self.is_integer or self.default == "":
            return False
        return self.required or (bool(self.choices) and self.default is not None)

    @property
    def is_integer(self) -> bool:
        """Whether SQLite keeps the value as an INTEGER. A sealed one is text there, of any kind."""
        return self.kind.sql_type == "INTEGER" and not self.sealed

    @property
    def index_column(self) -> str:
        """The column that holds the digest by which a sealed field is looked up."""
        return f"{self.name}_index"

    def __repr__(self) -> str:
        return f"Field({self.name!r}, {self.kind.name!r})"


#: The type of each annotation that was read: there are some twenty, on hundreds of fields.
_plain_types: dict[object, str] = {}


def _plain(annotation: object) -> str:
    """Name the type of an annotation without None: `date` for `datetime.date | None`."""
    plain = _plain_types.get(annotation)
    if plain is None:
        plain = _plain_types[annotation] = _without_none(annotation)
    return plain


def _example_of_ref(name: str) -> str:
    """Show how a parameter or field of this name refers to another record."""
    column = f"{name.removesuffix('_id')}_id"
    return f'{column}: int = ref("steam.sterilizer")'


def _without_none(annotation: object) -> str:
    written = annotation.__name__ if isinstance(annotation, type) else str(annotation)
    written = written.replace(" ", "").removeprefix("typing.")
    if written.startswith("Optional[") and written.endswith("]"):
        written = written[len("Optional[") : -1]
    names = [
        name.rpartition(".")[2] if "[" not in name else name
        for name in written.split("|")
        if name != "None"
    ]
    return "|".join(names)


@shows_facts(Field)
def field(*, kind: str | Kind | None = None, **facts: Unpack[FieldFacts]) -> Any:  # noqa: ANN401 - type checkers take the annotation's type
    """Declare a field. Its kind follows from the annotation unless `kind` is given (money …).

    Without `default` the field is required; a function of the office is a default that is asked
    for where nothing is given: `default=lambda office: office.now()`. `guard` names the permissions
    that it needs beside the record's own (`staff.pay`: `staff.pay.view` and `staff.pay.edit`). A `sealed` field is encrypted
    in the file; with `lookup` it can be found by its exact value, and be `unique` (docs/how-
    to/seal-fields.md). `target` makes it a reference, as `ref` does, and `within` is then the
    reference beside it inside whose record it is looked up. With `month_end` a month without a day
    (Nov 2027) is its last day; the field that an `Expiry` names has it anyway.
    `example` is a value as people type it, for the example at the end of a command's help.

    `unique` follows the look-up: case, accents and blanks make no difference
    (`officeops.model.text_folding`). A fact that makes no sense for the kind is a TypeError.
    """
    return Field("reference" if facts.get("target") else kind, **facts)


@shows_facts(Field, "default", "managed", "sql")
def computed(
    name: str,
    sql: str,
    /,
    *,
    kind: str | Kind,
    **facts: Unpack[FieldFacts],
) -> Field:
    """Declare a value that is computed on request, by an SQL expression over the row `t`.

    `unknown` is shown where it is NULL: a total that nobody knows is not blank, and never zero.
    `doubt` is SQL for the number of parts of an amount that are not known, and `doubtful` the word
    for one: lists show it in the amount's own cell, where no narrow terminal leaves it out. The
    words of a `choice` are its `choices`: a filter on any other is refused. An expression over a
    guarded field needs its `guard`: SQLite refuses the whole list to a person who may not see that
    field. Over rows of another kind, `guard` may be the key of that kind: only who may see those
    rows sees the value.
    """
    facts["default"], facts["managed"], facts["sql"] = None, True, sql
    return Field(kind, **facts).named(name, "")


@shows_facts(Field, "choices")
def choice(*words: str, **facts: Unpack[FieldFacts]) -> Any:  # noqa: ANN401
    """Declare a field whose value is one of a few words."""
    facts["choices"] = words
    return Field("choice", **facts)


@shows_facts(Field, "target")
def ref(target: str, /, **facts: Unpack[FieldFacts]) -> Any:  # noqa: ANN401
    """Declare a reference to a record by its key (`vendors.vendor`). The name ends in `_id`.

    Within one plugin and to the core's records SQLite enforces it; across plugins it is an
    indexed integer, checked when written. `indexed=False` saves the index where nobody asks which
    records point to one. `within` names the reference beside it inside whose record this one is
    looked up: `ref("inventory.pack", within="item_id")` finds the box of that item, wherever a pack
    is typed. For a parameter of an action `within="id"` is the record it acts on. A record found
    this way belongs to that one permanently: with `fixed` the reference cannot change once anything
    refers to the record that has it.

    A new reference is to no archived record, and with `where="status=in_service"` to one that this
    filter finds; one that is there stays. With `archived` it may be archived too: `True`, or SQL
    over the new row `NEW` that is true where it may. An entry of a ledger says so by itself where it
    takes out of a record, takes back, or moves on what it has.
    """
    facts["target"] = target
    return Field("reference", **facts)


@shows_facts(Field, "target", "where")
def file(*, types: tuple[str, ...] = (), **facts: Unpack[FieldFacts]) -> Any:  # noqa: ANN401
    """Declare a reference to an attached file. The name ends in `_id`.

    `types` are those that it may have, of `officeops.values.file_types`, or `image` for any
    picture; all without any. `required_for` names transitions of the record's lifecycle that are
    refused while it is blank.
    """
    facts["target"] = "core.attachment"
    if types:
        from officeops.values.file_types import spelled_out

        facts["where"] = f"type={','.join(spelled_out(types))}"
    return Field("reference", **facts)
