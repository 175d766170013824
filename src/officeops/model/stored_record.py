"""Record: a kind of thing kept, declared once as a typed class."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self, dataclass_transform

from officeops.model.fields import MISSING, Field, choice, computed, field, ref
from officeops.model.meta import Meta, Words, table_of
from officeops.model.placeholder import Unreadable, Unusable, same
from officeops.model.sealed_value import typed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from inspect import Signature

    from officeops.model.declarations import Part
    from officeops.model.errors import Problem
    from officeops.model.expiry import Expiry
    from officeops.model.lifecycle import Life
    from officeops.model.office import Office
    from officeops.model.retention import Retention


class _Signature:
    """The signature of a record, built when `help()` or `inspect` asks: a command never does."""

    def __get__(self, record: Record | None, owner: type[Record]) -> Signature:
        from inspect import Parameter, Signature

        parameters = []
        for declared in owner.meta.fields if owner is not Record else ():
            default = Parameter.empty if declared.required else declared.default
            annotation = owner.__annotations__.get(declared.name, "")
            parameter = Parameter(
                declared.name, Parameter.KEYWORD_ONLY, default=default, annotation=annotation
            )
            parameters.append(parameter)
        return Signature(parameters)


@dataclass_transform(kw_only_default=True, field_specifiers=(field, choice, ref))
class Record:
    """Base of every kind of thing an office keeps.

    `class Key(Record, key="keys.key")` declares one; the annotations are its fields. The table is
    `keys_key`, the command `officeops key`, the permissions `keys.key.view`, `keys.key.edit` …

    Class words:

    - `noun`: its command, where that is not the key's own word; `former_nouns`: commands that it
      had before; `also`: words that people look for it by;
      `commandless`: it has no command, because others show it
    - `group`: its heading in the help; `label`, `plural`: what people call it
    - `prefix`: of human keys such as PO-12; `display`: the field that names a record; `sort`: the
      order of lists
    - `append_only`: a ledger, never edited, only reversed; `actions_only`: written by actions,
      never by a form; `derived`: kept by triggers
    - `triggers`: SQL that is installed again after every migration; `unique_together`: fields that
      are unique together
    """

    meta: ClassVar[Meta]
    #: The declared life of the record, if its state has one.
    life: ClassVar[Life | None] = None
    #: How the record comes to an end, if it does.
    expiry: ClassVar[Expiry | None] = None
    #: How long the record is kept, if it may ever be destroyed.
    retention: ClassVar[Retention | None] = None
    #: Values worked out when asked: on hand, total, received.
    computed: ClassVar[tuple[Field, ...]] = ()
    #: Records of other kinds that are part of it, and shown within it.
    parts: ClassVar[tuple[Part, ...]] = ()
    #: `module:function` that yields the lines of its text to hand over; the module's `missing`
    #: yields what it lacks.
    as_text: ClassVar[str] = ""
    #: `module:Class` of the columns that only an import has (opening balances and the like).
    importer: ClassVar[str] = ""
    #: The fields that `check` reads of a new record, where it reads nothing else: an import asks it
    #: once of all rows that are alike in them. Blank: it is asked of each row.
    check_reads: ClassVar[tuple[str, ...]] = ()
    __signature__: ClassVar[Signature] = _Signature()  # type: ignore[assignment] # a descriptor

    id: int = field(default=0)
    version: int = field(default=1)
    archived_at: str | None = field(default=None)

    def __init_subclass__(
        cls,
        *,
        key: str = "",
        noun: str = "",
        former_nouns: tuple[str, ...] = (),
        commandless: bool = False,
        also: tuple[str, ...] = (),
        group: str = "",
        label: str = "",
        plural: str = "",
        prefix: str = "",
        display: str = "",
        sort: str = "",
        append_only: bool = False,
        actions_only: bool = False,
        derived: bool = False,
        triggers: tuple[str, ...] = (),
        unique_together: tuple[tuple[str, ...], ...] = (),
    ) -> None:
        words = Words(
            noun=noun,
            former_nouns=former_nouns,
            commandless=commandless,
            also=also,
            group=group,
            label=label,
            plural=plural,
            prefix=prefix,
            display=display,
            sort=sort,
            append_only=append_only,
            actions_only=actions_only,
            derived=derived,
            destroyable=cls.retention is not None,
            triggers=triggers,
            unique_together=unique_together,
        )
        if "." not in key:
            raise TypeError(f'{cls.__name__} needs key="plugin.noun"')
        fields = tuple(_declared_fields(cls))
        cls.meta = Meta(key, fields, (*cls.computed, *_watched(cls.expiry, key)), words)
        last_good_day = cls.meta.by_name.get(cls.expiry.ends) if cls.expiry else None
        if last_good_day is not None:
            # Goods and papers that expire are good through the month that their label names.
            last_good_day.month_end = True

    def __init__(self, **values: Any) -> None:  # noqa: ANN401 - dataclass_transform types it
        own = self.__dict__
        own["id"] = values.pop("id", 0)
        own["version"] = values.pop("version", 1)
        own["archived_at"] = values.pop("archived_at", None)
        for declared in self.meta.fields:
            value = values.pop(declared.name, declared.default)
            if value is MISSING:
                raise TypeError(f"{type(self).__name__} needs {declared.name}")
            own[declared.name] = typed(value) if declared.sealed else value
        if values:
            raise TypeError(f"{type(self).__name__} has no field {', '.join(values)}")

    @classmethod
    def from_row(cls, row: Sequence[Any]) -> Self:
        """Make the record from a row of its table, columns in `meta.columns` order."""
        # Lists and reports read thousands of rows here, so the fields that need no conversion are
        # not looked at.
        self = cls.__new__(cls)
        own = self.__dict__
        own["version"], own["archived_at"] = 1, None
        own.update(zip(cls.meta.columns, row, strict=True))
        for name, convert in cls.meta.converted:
            value = own[name]
            if value is None:
                continue
            try:
                own[name] = convert(value)
            except (ValueError, TypeError):
                # It can still be shown and corrected; code that uses it learns that it cannot be
                # read.
                about = f"{cls.meta.label.lower()} #{own['id']}"
                own[name] = Unreadable(cls.meta.by_name[name], about, value)
        return self

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> Self:
        """Make a record that has no id yet from all its fields' values as SQLite keeps them.

        Nothing is checked.
        """
        self = cls.__new__(cls)
        self.__dict__.update(id=0, version=1, archived_at=None)
        self.take_values(values)
        return self

    def take_values(self, values: Mapping[str, Any]) -> None:
        """Take all fields' values, as SQLite keeps them, in the place of its own."""
        own = self.__dict__
        own.update(values)
        for name, convert in self.meta.converted:
            if (value := own[name]) is not None:
                own[name] = convert(value)

    # -- rules, for records to override ----------------------------------------------------------

    def check(self, office: Office) -> Iterable[Problem]:  # noqa: ARG002 - for records to override
        """Yield the problems of the record as a whole; called before every write of it."""
        return ()

    def keep(self, office: Office) -> str | None:  # noqa: ARG002
        """Return why the record must not be archived now, or None."""
        return None

    def edited(self, office: Office, before: Mapping[str, Any]) -> Iterable[str]:  # noqa: ARG002
        """Change the records that depend on the fields just edited, inside the same action.

        `before` holds the values the edited fields had. Yields a sentence for each further change.
        """
        return ()

    def due_detail(self, office: Office) -> str:  # noqa: ARG002
        """Add to the record's line in Today: how many there are, and where."""
        return ""

    @classmethod
    def also_found(cls, office: Office, text: str) -> Iterable[int]:  # noqa: ARG003
        """Yield the ids of records that a typed word means besides their keys and names.

        An item, for one, by its pack's barcode.
        """
        return ()

    @classmethod
    def doubles(cls, office: Office) -> Iterable[tuple[str, str]]:  # noqa: ARG003
        """Yield (sentence, remedy) for records that only their unique fields tell apart.

        For old files with records that a trigger refuses today; `officeops selfcheck` lists them.
        """
        return ()

    @classmethod
    def balance_out(cls, office: Office, entries: Sequence[Self]) -> None:  # noqa: ARG003
        """Undo a ledger's entries, the latest first, by new ones.

        Ledgers that can be undone override it.

        Raises Refused.
        """
        from officeops.model.errors import Refused

        about = f"{cls.meta.label} {entries[0].human_key}"
        raise Refused(f"{cls.meta.plural} cannot be undone", about)

    # -- names for people ------------------------------------------------------------------------

    @property
    def human_key(self) -> str:
        """The text that people type to name this record: PO-12, or its first unique value."""
        if self.meta.prefix:
            return f"{self.meta.prefix}-{self.id}"
        for declared in self.meta.fields:
            if not declared.unique or declared.sealed:
                continue
            value = self.__dict__[declared.name]
            # A value that cannot be used raises when it is asked whether it is blank.
            if not isinstance(value, Unusable) and value:
                return str(value)
        return str(self.id)

    def __str__(self) -> str:
        name = self.__dict__.get(self.meta.display)
        return self.human_key if self.meta.prefix or name is None else str(name)

    def __repr__(self) -> str:
        return f"<{self.meta.key} {self.id} {self}>"

    def __eq__(self, other: object) -> bool:
        """Compare kind and values; values that are withheld count as the same."""
        if type(other) is not type(self) or other.__dict__.keys() != self.__dict__.keys():
            return False
        return all(same(value, other.__dict__[name]) for name, value in self.__dict__.items())

    def __hash__(self) -> int:
        return hash((self.meta.key, self.id))


def _declared_fields(cls: type) -> Iterable[Field]:
    """Yield the fields of a class by its annotations, and take their declarations off the class."""
    for name, annotation in cls.__dict__.get("__annotations__", {}).items():
        if "ClassVar" in str(annotation):
            continue
        given = cls.__dict__.get(name, MISSING)
        declared = given if isinstance(given, Field) else Field(default=given)
        if name in cls.__dict__:
            delattr(cls, name)
        try:
            yield declared.named(name, annotation)
        except TypeError as error:
            raise TypeError(f"{cls.__name__}.{error}") from None


def _watched(expiry: Expiry | None, key: str) -> Iterable[Field]:
    """Yield the field that says whether Today watches a record's end: views filter by it."""
    if expiry is not None:
        yield computed(
            "watched",
            expiry.watched(table_of(key)),
            kind="yes_no",
            help="Whether Today warns of its end: it was not replaced, and there is some of it",
            list_rank=9,
            hidden=True,
        )
