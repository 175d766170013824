"""Record: a kind of thing kept, declared once as a typed class."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Final, Self, dataclass_transform

from officeops.model.fields import MISSING, Field, choice, computed, field, ref
from officeops.model.identity import identities
from officeops.model.placeholder import Unreadable, Unusable, same
from officeops.model.sealed_value import Sealed, as_kept, typed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from inspect import Signature

    from officeops.model.declarations import Part
    from officeops.model.errors import Problem
    from officeops.model.expiry import Expiry
    from officeops.model.lifecycle import Life
    from officeops.model.office import Office
    from officeops.model.retention import Retention

#: Columns every record has beside its fields.
STANDARD: Final = ("id", "version", "archived_at")
_FROM_SQL: Final[dict[str, Callable[[Any], Any]]] = {
    "date": date.fromisoformat,
    "instant": datetime.fromisoformat,
    "yes_no": bool,
}


class Meta:
    """What a record class declared, ready to read: key, table, words, fields in order."""

    __slots__ = (
        "actions_only",
        "also",
        "append_only",
        "by_name",
        "columns",
        "computed",
        "converted",
        "derived",
        "destroyable",
        "display",
        "fields",
        "fixed",
        "former_nouns",
        "group",
        "guarded",
        "identities",
        "key",
        "label",
        "list_fields",
        "noun",
        "plugin",
        "plural",
        "prefix",
        "sealed",
        "searched",
        "sort",
        "stored",
        "table",
        "triggers",
        "unique_together",
    )

    def __init__(
        self,
        key: str,
        fields: tuple[Field, ...],
        computed: tuple[Field, ...],
        words: Mapping[str, Any],
    ) -> None:
        self.key = key
        self.plugin, _, own_word = key.partition(".")
        #: What the command line calls it; `former_nouns` are what it was called, which go on working.
        self.noun: str = words["noun"] or own_word
        self.former_nouns: tuple[str, ...] = words["former_nouns"]
        self.also: tuple[str, ...] = words["also"]
        self.group: str = words["group"]
        self.table = key.replace(".", "_").replace("-", "_")
        self.fields = fields
        self.computed = computed
        self.by_name = {f.name: f for f in (*fields, *computed)}
        self.label: str = words["label"] or own_word.replace("-", " ").capitalize()
        self.plural: str = words["plural"] or self.label + "s"
        self.prefix: str = words["prefix"]
        self.display: str = words["display"] or fields[0].name
        self.sort: str = words["sort"] or self.display
        self.append_only: bool = words["append_only"]
        self.actions_only: bool = words["actions_only"]
        self.derived: bool = words["derived"]
        #: Whether a retention is declared, so that even a ledger's entries may be destroyed in time.
        self.destroyable: bool = words["destroyable"]
        self.triggers: tuple[str, ...] = words["triggers"]
        self.unique_together: tuple[tuple[str, ...], ...] = words["unique_together"]
        _seal_in_order(self)
        self.sealed = tuple(f for f in fields if f.sealed)
        #: References that stay as they are once anything refers to the record.
        self.fixed = tuple(f for f in fields if f.fixed)
        #: What the table has columns for: the fields, then the digests by which sealed ones are looked up.
        self.stored: tuple[Field, ...] = (*fields, *(_index_of(f) for f in self.sealed if f.lookup))
        #: Column names of the table, in order.
        self.columns: tuple[str, ...] = (
            *(("id",) if self.derived else STANDARD),
            *(f.name for f in self.stored),
        )
        #: Columns that need a permission of their own, with its stem: `hr.pay` for `hr.pay.view` and `hr.pay.edit`.
        self.guarded = {
            f.name: f.guard or f"{key}.{f.name}"
            for f in (*fields, *computed)
            if f.guard or f.sealed
        }
        #: The fields whose values SQLite keeps in another form.
        self.converted: tuple[tuple[str, Callable[[Any], Any]], ...] = tuple(
            (f.name, as_kept if f.sealed else _FROM_SQL[f.kind])
            for f in fields
            if f.sealed or f.kind in _FROM_SQL
        )
        #: Columns that search looks in.
        self.searched = tuple(f.name for f in fields if f.search and not f.sealed)
        self.list_fields = tuple(f for f in (*fields, *computed) if not f.hidden)
        #: By what a record is found and told from others.
        self.identities = identities(self)

    @property
    def editable(self) -> bool:
        """Whether people add and edit it directly, rather than through actions alone."""
        return not (self.append_only or self.derived or self.actions_only)

    def field(self, name: str) -> Field | None:
        """Return the field called `name`, by column or public name."""
        return self.by_name.get(name) or self.by_name.get(name + "_id")


class _Signature:
    """The signature of a record for `help()` and `inspect`, built when one of them asks: a command does not."""

    def __get__(self, record: Record | None, owner: type[Record]) -> Signature:
        from inspect import Parameter, Signature

        parameters = []
        for declared in owner.meta.fields if owner is not Record else ():
            default = Parameter.empty if declared.required else declared.default
            annotation = owner.__annotations__.get(declared.name, "")
            parameters.append(
                Parameter(
                    declared.name, Parameter.KEYWORD_ONLY, default=default, annotation=annotation
                )
            )
        return Signature(parameters)


@dataclass_transform(kw_only_default=True, field_specifiers=(field, choice, ref))
class Record:
    """Base of every kind of thing an office keeps.

    `class Key(Record, key="keys.key")` declares one; the annotations are its fields. The table is
    `keys_key`, the command `officeops key`, the permissions `keys.key.view`, `keys.key.edit` …

    Class words: `noun` (its command where that is not the key's own word) with `former_nouns` (commands that it had
    before) and `also` (words that people look for it by), `group` (its heading in the help), `label`, `plural`, `prefix` (human keys such as PO-12), `display` (the field that
    names a record), `sort`, `append_only` (a ledger: never edited, only reversed), `actions_only`
    (written by actions, never by a form), `derived` (kept by triggers), `triggers` (SQL reinstalled after every migration), `unique_together`.
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
    #: `module:function` that yields the lines of its text to hand over; the module's `missing` yields what it lacks.
    as_text: ClassVar[str] = ""
    #: `module:Class` of the columns that only an import has (opening balances and the like).
    importer: ClassVar[str] = ""
    __signature__: ClassVar[Signature] = _Signature()  # type: ignore[assignment] # a descriptor that gives one

    id: int = field(default=0)
    version: int = field(default=1)
    archived_at: str | None = field(default=None)

    def __init_subclass__(
        cls,
        *,
        key: str = "",
        noun: str = "",
        former_nouns: tuple[str, ...] = (),
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
        words = {
            "noun": noun,
            "former_nouns": former_nouns,
            "also": also,
            "group": group,
            "label": label,
            "plural": plural,
            "prefix": prefix,
            "display": display,
            "sort": sort,
            "append_only": append_only,
            "actions_only": actions_only,
            "derived": derived,
            "triggers": triggers,
            "unique_together": unique_together,
            "destroyable": cls.retention is not None,
        }
        if "." not in key:
            raise TypeError(f'{cls.__name__} needs key="plugin.noun"')
        own = tuple(_declared_fields(cls))
        cls.meta = Meta(key, own, (*cls.computed, *_watched(cls.expiry, key)), words)
        if cls.expiry is not None and (ends := cls.meta.by_name.get(cls.expiry.ends)):
            # What expires is good through the month that its label names.
            ends.month_end = True

    def __init__(self, **values: Any) -> None:  # noqa: ANN401 - typed by dataclass_transform for checkers
        own = self.__dict__
        own["id"] = values.pop("id", 0)
        own["version"] = values.pop("version", 1)
        own["archived_at"] = values.pop("archived_at", None)
        for f in self.meta.fields:
            value = values.pop(f.name, f.default)
            if value is MISSING:
                raise TypeError(f"{type(self).__name__} needs {f.name}")
            own[f.name] = typed(value) if f.sealed else value
        if values:
            raise TypeError(f"{type(self).__name__} has no field {', '.join(values)}")

    @classmethod
    def from_row(cls, row: Sequence[Any]) -> Self:
        """Make the record from a row of its table, columns in `meta.columns` order."""
        self = cls.__new__(cls)
        own = self.__dict__
        own["version"], own["archived_at"] = 1, None
        own.update(zip(cls.meta.columns, row, strict=True))
        for name, convert in cls.meta.converted:
            if (value := own[name]) is not None:
                try:
                    own[name] = convert(value)
                except (ValueError, TypeError):
                    # It can still be shown and corrected; used, it says that it cannot be read.
                    own[name] = Unreadable(
                        cls.meta.by_name[name], f"{cls.meta.label.lower()} #{own['id']}", value
                    )
        return self

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> Self:
        """Make a record that has no id yet from all its fields' values as SQLite keeps them, without looking at each."""
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

    def check(self, office: Office) -> Iterable[Problem]:  # noqa: ARG002 - for records to override
        """Yield what is wrong with the record as a whole; called before every write of it."""
        return ()

    def keep(self, office: Office) -> str | None:  # noqa: ARG002
        """Return why the record must not be archived now, or None."""
        return None

    def edited(self, office: Office, before: Mapping[str, Any]) -> Iterable[str]:  # noqa: ARG002
        """Bring along what depends on the fields just edited, inside the same action; yield what that changed, as sentences.

        `before` holds the values the edited fields had.
        """
        return ()

    def due_detail(self, office: Office) -> str:  # noqa: ARG002
        """Return what Today says of the record beside its end: how many there are, and where."""
        return ""

    @classmethod
    def also_found(cls, office: Office, text: str) -> Iterable[int]:  # noqa: ARG003
        """Yield the ids of records that a typed word means besides their own keys and names: an item by its pack's barcode."""
        return ()

    @classmethod
    def doubles(cls, office: Office) -> Iterable[tuple[str, str]]:  # noqa: ARG003
        """Yield records that nothing tells apart besides what is declared unique, as a sentence, each with what to do.

        For what a trigger of the record refuses and old files may have; `officeops selfcheck` lists them.
        """
        return ()

    @classmethod
    def balance_out(cls, office: Office, entries: Sequence[Self]) -> None:  # noqa: ARG003
        """Undo a ledger's entries, the latest first, by new ones. Raises Refused; ledgers that can be undone override it."""
        from officeops.model.errors import Refused

        raise Refused(
            f"{cls.meta.plural} are not taken back", f"{cls.meta.label} {entries[0].human_key}"
        )

    @property
    def human_key(self) -> str:
        """What people type to name this record: PO-12, or its first unique value."""
        if self.meta.prefix:
            return f"{self.meta.prefix}-{self.id}"
        for f in self.meta.fields:
            value = self.__dict__[f.name]
            if f.unique and not f.sealed and not isinstance(value, Unusable) and value:
                return str(value)
        return str(self.id)

    def __str__(self) -> str:
        name = self.__dict__.get(self.meta.display)
        return self.human_key if self.meta.prefix or name is None else str(name)

    def __repr__(self) -> str:
        return f"<{self.meta.key} {self.id} {self}>"

    def __eq__(self, other: object) -> bool:
        """Whether the other is the same record with the same values; those that may not be seen tell no two apart."""
        if type(other) is not type(self) or other.__dict__.keys() != self.__dict__.keys():
            return False
        return all(same(value, other.__dict__[name]) for name, value in self.__dict__.items())

    def __hash__(self) -> int:
        return hash((self.meta.key, self.id))


def _seal_in_order(meta: Meta) -> None:
    """Raise TypeError for a sealed or guarded field that cannot be one: what orders, names or joins records everybody sees."""
    named = {meta.display, *(part.strip().lstrip("-") for part in meta.sort.split(","))}
    named |= {name for names in meta.unique_together for name in names}
    for f in meta.fields:
        wrong = ""
        if f.guard and not f.sealed and (f.name in named or f.search):
            wrong = "a guarded field does not name, sort, search or join records"
        elif not f.sealed:
            wrong = "lookup is for sealed fields" if f.lookup else ""
        elif f.name in named or f.search:
            wrong = "a sealed field does not name, sort, search or join records"
        elif f.kind in {"reference", "file"} or not (f.required or f.default is None):
            wrong = "a sealed field is no reference or file, and has no default but None"
        elif f.unique and not f.lookup:
            wrong = "a sealed field that is unique needs lookup=True, by which that is known"
        elif meta.derived:
            wrong = "triggers, which keep this record, cannot seal"
        if wrong:
            raise TypeError(f"{meta.key}.{f.name}: {wrong}")


def _index_of(sealed: Field) -> Field:
    """Return the column beside a sealed field that holds its digest."""
    made = Field("text", default=None, unique=sealed.unique, lookup=True, hidden=True, managed=True)
    return made.named(sealed.index_column, "str")


def _declared_fields(cls: type) -> Iterable[Field]:
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
    """Yield the field that says whether Today watches a record's end, by which a view of ending records is filtered."""
    if expiry is not None:
        table = key.replace(".", "_").replace("-", "_")
        words = "Whether Today tells of its end: it was not replaced, and there is some of it"
        yield computed(
            "watched", expiry.watched(table), kind="yes_no", help=words, list_rank=9, hidden=True
        )


def to_sql(value: Any) -> Any:  # noqa: ANN401 - any field's value
    """Return a field's value as SQLite keeps it: dates and instants as ISO 8601 text."""
    if value is None or isinstance(value, (str, bytes)):
        return value
    if isinstance(value, (Sealed, Unusable)):
        return value.kept
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, datetime):
        return utc_text(value)
    return value.isoformat() if isinstance(value, date) else value


def from_sql(field: Field, value: Any) -> Any:  # noqa: ANN401 - any field's value
    """Return a field's value from what SQLite keeps."""
    convert = _FROM_SQL.get(field.kind)
    return value if convert is None or value is None else convert(value)


def utc_text(moment: datetime) -> str:
    """Return an instant as ISO 8601 UTC text, to the second. Raises ValueError without a time zone."""
    from officeops.values.instants import in_utc

    return in_utc(moment).isoformat()
