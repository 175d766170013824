"""Fields: the kind, limits and label of a value, declared once on its record or action.

A field knows nothing of screens, commands or SQL; those look at it.
"""

from __future__ import annotations

from typing import Any, Final, Literal

Kind = Literal[
    "text",
    "long_text",
    "number",
    "quantity",
    "money",
    "price",
    "date",
    "instant",
    "duration",
    "choice",
    "yes_no",
    "reference",
    "file",
]

#: The kind a plain annotation stands for.
KIND_OF_ANNOTATION: Final[dict[str, Kind]] = {
    "str": "text",
    "int": "number",
    "bool": "yes_no",
    "date": "date",
    "datetime": "instant",
    "Path": "file",
}
#: What a field of a kind is annotated with, where its kind is said: `price: int =
#: field(kind="price")`.
ANNOTATION_OF_KIND: Final[dict[Kind, str]] = {
    "text": "str",
    "long_text": "str",
    "choice": "str",
    "number": "int",
    "quantity": "int",
    "money": "int",
    "price": "int",
    "duration": "int",
    "reference": "int",
    "yes_no": "bool",
    "date": "date",
    "instant": "datetime",
    "file": "Path",
}
#: Kinds SQLite keeps as INTEGER: quantities in base units, money in minor units (cents), prices in
#: hundredths of a minor unit, because vendors quote fractions of a cent, durations in minutes.
INTEGER_KINDS: Final = frozenset(
    {"number", "quantity", "money", "price", "duration", "yes_no", "reference"}
)


class _Missing:
    """The absence of a default."""

    def __repr__(self) -> str:
        return "(required)"


MISSING: Final = _Missing()


#: Between an amount and how many of its parts are not known, in a value that lists for people read.
DOUBT: Final = "+"


class Field:
    """One value of a record or one parameter of an action.

    `unit` is said beside quantities; `choices` are the allowed words; `target` is the key of the
    record a reference points to; `also` holds other names the field goes by in people's files;
    `managed` fields are set by actions, never by a form; `list_rank` orders what a narrow list
    drops first; with `month_end` a month written without a day is its last day, as it is in what
    expires.
    """

    __slots__ = (
        "also",
        "choices",
        "default",
        "doubt",
        "doubtful",
        "example",
        "fixed",
        "former_choices",
        "guard",
        "help",
        "hidden",
        "indexed",
        "kind",
        "label",
        "list_rank",
        "lookup",
        "managed",
        "maximum",
        "minimum",
        "month_end",
        "name",
        "required",
        "said",
        "sealed",
        "search",
        "sql",
        "target",
        "unique",
        "unit",
        "unknown",
        "within",
    )

    def __init__(self, kind: Kind | None = None, **facts: Any) -> None:  # noqa: ANN401 - every fact
        self.name: str = ""
        if kind is not None and kind not in ANNOTATION_OF_KIND:
            raise TypeError(
                f"there is no kind of field {kind!r}; the kinds are {', '.join(ANNOTATION_OF_KIND)}"
            )
        self.kind: Kind = kind or "text"
        #: Whether the kind was said, and does not follow from the annotation.
        self.said = kind is not None
        self.default: Any = facts.get("default", MISSING)
        self.required: bool = self.default is MISSING
        self.label: str = facts.get("label", "")
        self.help: str = facts.get("help", "")
        #: A value as people type it, for the example at the end of a command's help.
        self.example: str = facts.get("example", "")
        self.unit: str = facts.get("unit", "")
        self.choices: tuple[str, ...] = facts.get("choices", ())
        #: Codes that a migration replaced, each with its code of today; an office fills it.
        self.former_choices: dict[str, str] = {}
        self.target: str = facts.get("target", "")
        self.also: tuple[str, ...] = facts.get("also", ())
        self.unique: bool = facts.get("unique", False)
        self.search: bool = facts.get("search", False)
        self.sealed: bool = facts.get("sealed", False)
        self.lookup: bool = facts.get("lookup", False)
        self.guard: str = facts.get("guard", "")
        self.managed: bool = facts.get("managed", False)
        self.hidden: bool = facts.get("hidden", False)
        self.indexed: bool = facts.get("indexed", True)
        self.minimum: int | None = facts.get("minimum")
        self.maximum: int | None = facts.get("maximum")
        self.month_end: bool = facts.get("month_end", False)
        self.list_rank: int = facts.get("list_rank", 5)
        #: What people see where a computed value is not known; elsewhere a blank says that there is
        #: none.
        self.unknown: str = facts.get("unknown", "")
        #: SQL for how much of a computed sum is not known, and the word for it: people see 6.20 + 1
        #: unpriced.
        self.doubt: str = facts.get("doubt", "")
        self.doubtful: str = facts.get("doubtful", "")
        #: What a computed field is computed from: an SQL expression over the record's row `t`.
        self.sql: str = facts.get("sql", "")
        #: The reference beside it inside whose record it is looked up, or `id` for the record an
        #: action is about.
        self.within: str = facts.get("within", "")
        #: Whether a reference stays as it is once other records refer to the record.
        self.fixed: bool = facts.get("fixed", False)

    def named(self, name: str, annotation: object) -> Field:
        """Give the field its name and, if `kind` was not given, the kind of its annotation.

        A blank annotation is text. Raises TypeError for an annotation of no kind, or of another
        than was given.
        """
        self.name = name
        if plain := _plain(annotation):
            self._annotated(plain)
        if not self.label:
            words = name.removesuffix("_id") if self.kind == "reference" else name
            self.label = words.replace("_", " ").capitalize()
        return self

    def _annotated(self, plain: str) -> None:
        """Take the kind from an annotation, or check that it fits the kind that was given."""
        if not self.said:
            if plain not in KIND_OF_ANNOTATION:
                raise TypeError(
                    f"{self.name}: {plain} is no type of a field. Write str, int, bool, date, datetime "
                    "or Path, with `| None` where it may be blank; one of a few words is choice(...), "
                    'and amounts are int with a kind, such as field(kind="price")'
                )
            self.kind = KIND_OF_ANNOTATION[plain]
        elif plain not in {ANNOTATION_OF_KIND[self.kind], "Sealed", "Any"} and (
            self.kind,
            plain,
        ) != ("file", "str"):
            wanted = ANNOTATION_OF_KIND[self.kind]
            raise TypeError(
                f"{self.name}: its kind is {self.kind}, so it is annotated {wanted}, not {plain}"
            )

    @property
    def public_name(self) -> str:
        """The word people and files use: of a reference, the column without `_id`."""
        return self.name.removesuffix("_id") if self.kind == "reference" else self.name

    def with_doubt(self) -> Field:
        """Return the field for lists: with a `doubt`, the value and the doubt in one text."""
        if not self.doubt:
            return self
        facts = {
            name: getattr(self, name)
            for name in ("label", "help", "guard", "list_rank", "hidden", "unknown")
        }
        part = f"ifnull(({self.sql}), '') || '{DOUBT}' || ({self.doubt})"
        sql = f"iif(({self.doubt}) > 0, {part}, ({self.sql}))"
        return Field(
            self.kind, default=None, managed=True, sql=sql, doubtful=self.doubtful, **facts
        ).named(self.name, "")

    @property
    def is_integer(self) -> bool:
        """Whether SQLite keeps the value as an INTEGER. A sealed one is text there, of any kind."""
        return self.kind in INTEGER_KINDS and not self.sealed

    @property
    def index_column(self) -> str:
        """The column that holds the digest by which a sealed field is looked up."""
        return f"{self.name}_index"

    def __repr__(self) -> str:
        return f"Field({self.name!r}, {self.kind!r})"


def _plain(annotation: object) -> str:
    """Name the type of an annotation without None: `date` for `datetime.date | None`."""
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


def field(
    *,
    kind: Kind | None = None,
    default: Any = MISSING,  # noqa: ANN401 - a default has its field's type
    label: str = "",
    help: str = "",  # noqa: A002 - the field's own word
    example: str = "",
    unit: str = "",
    also: tuple[str, ...] = (),
    unique: bool = False,
    search: bool = False,
    sealed: bool = False,
    lookup: bool = False,
    guard: str = "",
    managed: bool = False,
    hidden: bool = False,
    target: str = "",
    within: str = "",
    minimum: int | None = None,
    maximum: int | None = None,
    month_end: bool = False,
    list_rank: int = 5,
) -> Any:  # noqa: ANN401 - type checkers take the annotation's type
    """Declare a field. Its kind follows from the annotation unless `kind` is given (money …).

    Without `default` the field is required. `guard` names the permissions that it needs beside the
    record's own (`staff.pay`: `staff.pay.view` and `staff.pay.edit`). A `sealed` field is encrypted
    in the file; with `lookup` it can be found by its exact value, and be `unique` (docs/how-
    to/seal-fields.md). `target` makes it a reference, as `ref` does, and `within` is then the
    reference beside it inside whose record it is looked up. With `month_end` a month without a day
    (Nov 2027) is its last day; the field that an `Expiry` names has it anyway.
    `example` is a value as people type it, for the example at the end of a command's help.

    `unique` follows the look-up: case, accents and blanks make no difference
    (`officeops.model.text_folding`).
    """
    return Field(
        "reference" if target else kind,
        default=default,
        label=label,
        help=help,
        example=example,
        unit=unit,
        also=also,
        unique=unique,
        search=search,
        sealed=sealed,
        lookup=lookup,
        guard=guard,
        managed=managed,
        hidden=hidden,
        target=target,
        within=within,
        minimum=minimum,
        maximum=maximum,
        month_end=month_end,
        list_rank=list_rank,
    )


def computed(
    name: str,
    sql: str,
    *,
    kind: Kind,
    label: str = "",
    help: str = "",  # noqa: A002
    guard: str = "",
    list_rank: int = 5,
    hidden: bool = False,
    unknown: str = "",
    doubt: str = "",
    doubtful: str = "",
    choices: tuple[str, ...] = (),
) -> Field:
    """Declare a value that is computed on request, by an SQL expression over the row `t`.

    `unknown` is shown where it is NULL: a total that nobody knows is not blank, and never zero.
    `doubt` is SQL for the number of parts of an amount that are not known, and `doubtful` the word
    for one: lists show it in the amount's own cell, where no narrow terminal leaves it out. The
    words of a `choice` are its `choices`: a filter on any other is refused. An expression over a
    guarded field needs its `guard`: SQLite refuses the whole list to a person who may not see that
    field.
    """
    declared = Field(
        kind,
        default=None,
        managed=True,
        sql=sql,
        label=label,
        help=help,
        guard=guard,
        list_rank=list_rank,
        hidden=hidden,
        unknown=unknown,
        doubt=doubt,
        doubtful=doubtful,
        choices=choices,
    )
    return declared.named(name, "")


def choice(
    *choices: str,
    default: Any = MISSING,  # noqa: ANN401
    label: str = "",
    help: str = "",  # noqa: A002
    also: tuple[str, ...] = (),
    managed: bool = False,
    list_rank: int = 5,
) -> Any:  # noqa: ANN401
    """Declare a field whose value is one of a few words."""
    return Field(
        "choice",
        choices=choices,
        default=default,
        label=label,
        help=help,
        also=also,
        managed=managed,
        list_rank=list_rank,
    )


def ref(
    target: str,
    *,
    default: Any = MISSING,  # noqa: ANN401
    label: str = "",
    help: str = "",  # noqa: A002
    also: tuple[str, ...] = (),
    managed: bool = False,
    hidden: bool = False,
    indexed: bool = True,
    within: str = "",
    fixed: bool = False,
    list_rank: int = 5,
) -> Any:  # noqa: ANN401
    """Declare a reference to a record by its key (`vendors.vendor`). The name ends in `_id`.

    Within one plugin and to the core's records SQLite enforces it; across plugins it is an
    indexed integer, checked when written. `indexed=False` saves the index where nobody asks which
    records point to one. `within` names the reference beside it inside whose record this one is
    looked up: `ref("inventory.pack", within="item_id")` finds the box of that item, wherever a pack
    is typed. For a parameter of an action `within="id"` is the record it acts on. A record found
    this way belongs to that one permanently: with `fixed` the reference cannot change once anything
    refers to the record that has it.
    """
    return Field(
        "reference",
        target=target,
        default=default,
        label=label,
        help=help,
        also=also,
        managed=managed,
        hidden=hidden,
        indexed=indexed,
        within=within,
        fixed=fixed,
        list_rank=list_rank,
    )
