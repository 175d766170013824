"""Record: a kind of thing kept, declared once as a typed class."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final, Self

from officeops.model.about import About, about_fields
from officeops.model.fields import ITSELF, MISSING, Field, computed
from officeops.model.meta import Meta, Words
from officeops.model.stored_record import StoredRecord

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from officeops.model.children import Child
    from officeops.model.date_order import DateOrder
    from officeops.model.declarations import Part
    from officeops.model.errors import Problem
    from officeops.model.expiry import Expiry
    from officeops.model.failure import Failure
    from officeops.model.frozen import Frozen
    from officeops.model.ledger.record_ledger import RecordLedger
    from officeops.model.lifecycle.record_life import RecordLife
    from officeops.model.promise import Promise
    from officeops.model.retention import Retention
    from officeops.model.schedule.record_schedule import RecordSchedule
    from officeops.model.scope import ScopedBy
    from officeops.model.upheld import Upheld

    #: The open office that a rule is given. It is `officeops.Office`, which reads and writes records
    #: and so cannot be named here; a kind of record names it: `def check(self, office: Office)`.
    AnyOffice = Any


class Record(StoredRecord):
    """Base of every kind of thing an office keeps.

    `class Key(Record, key="keys.key")` declares one; the annotations are its fields. The table is
    `keys_key`, the command `officeops key`, the permissions `keys.key.view`, `keys.key.edit` …

    Class words:

    - `noun`: its command, where that is not the key's own word; `former_nouns`: commands that it
      had before; `also`: words that people look for it by;
      `commandless`: it has no command, because others show it
    - `child`: its rows are edited with the record that they belong to (`children` of that kind), and
      it has no command, unless `noun` gives it one
    - `group`: its heading in the help; `label`, `plural`: what people call it
    - `prefix`: of human keys such as PO-12; `display`: the field that names a record; `sort`: the
      order of lists, as in "-came_at,name"
    - `append_only`: entries that stay as they are. `office.add` in an action writes one; there is
      no add, edit, archive, merge or import of them by hand (an `importer` may add some), no undo
      but that of a ledger, which reverses them, and the file refuses a change. Notes, tags and
      files may be put on them. `actions_only`: written by actions, never by a form; `derived`:
      kept by triggers
    - `triggers`: SQL that is installed again after every migration; `unique_together`: fields that
      are unique together, as in (("ring_id", "number"),); `indexes`: fields that look-ups by
      SQL go by, as in (("taken_on",), ("room_id", "taken_on"))
    - `scope`: whose rows a person reaches, as `PEOPLE.by("person_id")` (`officeops.Scope`)
    - `base`: it is no kind itself and has no table; the kinds that are based on it have its fields
      after their own
    """

    #: The declared life of the record, if its state has one.
    life: ClassVar[RecordLife | None] = None
    #: What its entries add up to, if it is a ledger with accounts.
    ledger: ClassVar[RecordLedger | None] = None
    #: How the record comes to an end, if it does.
    expiry: ClassVar[Expiry | None] = None
    #: When its tasks are due, if it is a plan.
    schedule: ClassVar[RecordSchedule | None] = None
    #: What holds for each of them after every action, and what that rests on.
    promise: ClassVar[Promise | None] = None
    #: Fields that nobody changes while something rests on them.
    frozen: ClassVar[tuple[Frozen, ...]] = ()
    #: A value that an undo ends only for people who may release the record.
    upheld: ClassVar[Upheld | None] = None
    #: Days that come one after another, and days that are still ahead.
    date_orders: ClassVar[tuple[DateOrder, ...]] = ()
    #: How long the record is kept, if it may ever be destroyed.
    retention: ClassVar[Retention | None] = None
    #: Values worked out when asked: on hand, total, received.
    computed: ClassVar[tuple[Field, ...]] = ()
    #: Records of other kinds that are part of it, and shown within it.
    parts: ClassVar[tuple[Part, ...]] = ()
    #: Rows of other kinds that are edited with it: phones, addresses (docs/how-to/edit-children.md).
    children: ClassVar[tuple[Child, ...]] = ()
    #: `module:function` that yields the lines of its text to hand over; the module's `missing`
    #: yields what it lacks.
    as_text: ClassVar[str] = ""
    #: `module:function` of what its label says beside the QR code: `(office, record)` gives lines.
    as_label: ClassVar[str] = ""
    #: The field whose text names the record that a row is about, as `keys.key:5:2030-01-01` does. A
    #: row is visible where that record is; one whose text names no kind of record is, for all. Or
    #: the fields of a key and a number; without a number a row is about all of that kind.
    about_in: ClassVar[tuple[str, ...]] = ()
    #: Whether two records of the kind may be merged (`officeops NOUN merge`). Not where two of them
    #: may count in other units, or hold what nobody can add up.
    merges: ClassVar[bool] = False
    #: Said where somebody wants to merge two all the same: why not, and what to do in place of it.
    not_merged: ClassVar[str] = ""
    #: Said where somebody wants to undo entries of an `append_only` kind that has no ledger: what
    #: corrects them in place of it.
    not_undone: ClassVar[str] = ""
    #: Sets of fields that make two records the same when a merge brings them together.
    identity: ClassVar[tuple[tuple[str, ...], ...]] = ()
    #: A computed yes/no field: lists leave out the rows where it is no, except with archived rows,
    #: by number, or where the filter names the field. A name means a row that lists show first.
    lists: ClassVar[str] = ""
    #: Another one, beside `lists` alone: of the rows that lists show, a name means those where it is
    #: no last, such as the renewal of a day to come.
    begun: ClassVar[str] = ""
    #: The field that names the record which a renewal replaces: the replaced one is history.
    replaces: ClassVar[str] = ""
    #: The fields that a base gives to its kinds.
    base_fields: ClassVar[tuple[Field, ...]] = ()
    #: `module:Class` of the columns that only an import has (opening balances and the like).
    importer: ClassVar[str] = ""
    #: The command that adds the first record of a kind that no form adds.
    added_by: ClassVar[str] = ""
    #: The field that a word without an option fills, as in `officeops task add "Call them"`.
    bare_word: ClassVar[str] = ""
    #: Shorter options of `add` and `edit`, each with its field.
    short_options: ClassVar[Mapping[str, str]] = {}
    #: `module:function` of the office and the record, which yields the `PageSection`s above its
    #: fields: what people want to know of it before anything else.
    page: ClassVar[str] = ""
    #: What `n` adds on its screen: the key of a kind, and the reference of that one to this record.
    adds: ClassVar[tuple[str, str] | None] = None
    #: The fields that `check` reads of a new record, where it reads nothing else: an import asks it
    #: once of all rows that are alike in them. Blank: it is asked of each row.
    check_reads: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(
        cls,
        *,
        key: str = "",
        noun: str = "",
        former_nouns: tuple[str, ...] = (),
        commandless: bool = False,
        child: bool = False,
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
        indexes: tuple[tuple[str, ...], ...] = (),
        scope: ScopedBy | None = None,
        base: bool = False,
    ) -> None:
        if base:
            cls.base_fields = tuple(_declared_fields(cls))
            return
        words = Words(
            noun=noun,
            former_nouns=former_nouns,
            commandless=commandless or (child and not noun),
            child=child and not noun,
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
            indexes=indexes,
            scope=scope,
            about_in=cls.about_in,
            has_ledger=cls.ledger is not None,
            life=cls.life,
            lists=cls.lists,
            begun=cls.begun,
        )
        if "." not in key:
            raise TypeError(f'{cls.__name__} needs key="plugin.noun"')
        fields = (*_declared_fields(cls), *_inherited(cls, key))
        try:
            _declare(cls, key, words, fields)
        except Exception as error:
            if why := wrong_word(cls, words):
                raise TypeError(why) from error
            raise

    # -- rules, for records to override ----------------------------------------------------------

    def check(self, office: AnyOffice) -> Iterable[Problem]:  # noqa: ARG002 - for records to override
        """Yield the problems of the record as a whole; called before every write of it."""
        return ()

    def filled(self, office: AnyOffice) -> Mapping[str, object]:  # noqa: ARG002
        """Return the values of managed fields that follow from others; asked before each write.

        The digits of a phone number, for one, by which it is looked up. `add_many` does not ask:
        its rows come complete.
        """
        return {}

    def keep(self, office: AnyOffice) -> str | None:  # noqa: ARG002
        """Return why the record must not be archived now, or None."""
        return None

    def owes(self, office: AnyOffice) -> str | None:  # noqa: ARG002
        """Return the duty that is still open, or the log that has it, or None for a settled one.

        Asked at the end of each action that archived it, by a command, SQL or an undo alike: it is
        refused then, unless somebody gave a reason, which the history keeps (`archive --reason`).
        """
        return None

    def still_needed(self, office: AnyOffice) -> str | None:  # noqa: ARG002
        """Return why later work needs that the record was added, or None.

        Asked by undo where there is later work. Records that refer to it are found without it.
        """
        return None

    def added(self, office: AnyOffice) -> Iterable[str]:  # noqa: ARG002
        """Change the records that follow from this new one, inside the same action.

        Yields a sentence for each further change. `add_many` and imports do not ask: their rows
        tell of a past.
        """
        return ()

    def edited(self, office: AnyOffice, before: Mapping[str, Any]) -> Iterable[str]:  # noqa: ARG002
        """Change the records that depend on the fields just edited, inside the same action.

        `before` holds the values the edited fields had. Yields a sentence for each further change.
        """
        return ()

    def after_merge(self, office: AnyOffice, gone: Self) -> Iterable[str]:  # noqa: ARG002
        """Keep what the record that a merge took in had, inside the same action.

        Asked of the one that stays, once all that named `gone` names it. Yields sentences.
        """
        return ()

    def attached(self, office: AnyOffice) -> Iterable[str]:  # noqa: ARG002
        """Say what a file leaves undone that somebody has just attached, in the same action.

        Yields sentences: a text, where a paper that somebody signed is asked for.
        """
        return ()

    def due_detail(self, office: AnyOffice) -> str:  # noqa: ARG002
        """Add to the record's line in Today: how many there are, and where."""
        return ""

    @classmethod
    def open_for(cls, office: AnyOffice, failure: Failure) -> Record | None:  # noqa: ARG003
        """Add a record of this kind because of a failed answer, and return it: a repair request.

        Items of checklists name the kinds that do: `on_fail="care.repair"`.
        """
        return None

    @classmethod
    def also_found(cls, office: AnyOffice, text: str) -> Iterable[int]:  # noqa: ARG003
        """Yield the ids of records that a typed word means besides their keys and names.

        An item, for one, by its pack's barcode.
        """
        return ()

    @classmethod
    def doubles(cls, office: AnyOffice) -> Iterable[tuple[str, str]]:  # noqa: ARG003
        """Yield (sentence, remedy) for records that only their unique fields tell apart.

        For old files with records that a trigger refuses today; `officeops selfcheck` lists them.
        """
        return ()

    @classmethod
    def fold(cls, office: AnyOffice, kept: Self, gone: Self) -> str | None:  # noqa: ARG003
        """Return why a person must decide between two that a merge makes the same, or None.

        It only reads. None archives `gone`, after blanks of `kept` are filled from it.
        """
        from officeops.model.declarations import named

        rule = named("officeops.office.merge_steps:differing_fields")
        why: str | None = rule(kept, gone)
        return why

    @classmethod
    def clash(cls, office: AnyOffice, row: Self, keep: int) -> str | None:  # noqa: ARG003
        """Return why a person must decide before a merge gives a row to record `keep`, or None.

        It only reads. Twins by `identity` are asked by `fold`, and not here.
        """
        return None

    @classmethod
    def balance_out(cls, office: AnyOffice, entries: Sequence[Self]) -> None:
        """Undo a ledger's entries, the latest first, by new ones.

        A declared `ledger` does. Other records of entries override it, or are not undone.

        Raises Refused.
        """
        if cls.ledger is not None:
            cls.ledger.undo(office, entries)
            return
        from officeops.model.errors import Refused

        about = f"{cls.meta.label} {entries[0].human_key}"
        way = cls.not_undone or "write another entry that corrects it"
        raise Refused(f"{cls.meta.plural} cannot be undone; {way}", about, code="cannot-undo")


#: Words that a field cannot have, beside those of a record: of its commands, of `office.edit`, and
#: the columns of `about`.
_TAKEN: Final = frozenset(
    {
        "about_id",
        "about_key",
        "archived",
        "as_json",
        "help",
        "json",
        "managed",
        "meta",
        "self",
        "which",
    }
)

#: Declarations of records that came later than fields of that name, which stay.
_LEFT: Final = frozenset({"page"})


def _declare(
    cls: type[Record],
    key: str,
    words: Words,
    fields: tuple[Field, ...],
) -> None:
    """Make the declaration of a class from its words, its fields and its blocks."""
    if cls.ledger is not None:
        fields += tuple(cls.ledger.columns(key, {field.name for field in fields}))
    first_ones = [listed for child in cls.children if (listed := child.listed())]
    computed_fields = (*cls.computed, *first_ones, *_watched(cls.expiry))
    cls.meta = Meta(key, fields, computed_fields, words)
    if "children" in cls.__dict__:
        cls.parts = (*cls.parts, *[child.part() for child in cls.children])
    if cls.ledger is not None:
        cls.ledger.bind(cls.meta)
        cls.meta.indexes += (cls.ledger.index(),)
        cls.meta.triggers += (cls.ledger.trigger(),)
    last_good_day = cls.meta.by_name.get(cls.expiry.ends) if cls.expiry else None
    if last_good_day is not None:
        # Goods and papers that expire are good through the month that their label names.
        last_good_day.month_end = True
    if cls.life is not None:
        cls.life.check(cls.meta)
    if cls.schedule is not None:
        cls.schedule.bind(cls.meta)
    for frozen in cls.frozen:
        frozen.check(cls.meta)
    for order in cls.date_orders:
        order.check(cls.meta)
    if cls.upheld is not None:
        cls.upheld.check(cls.meta)


def wrong_word(record: type[Record], words: object) -> str:
    """Return which word of a class line or body is of another type than it takes; blank for none.

    `words` has those of the class line as its attributes.
    """
    from officeops.model.declared_words import misdeclared

    name = record.__name__
    line = Record.__init_subclass__.__annotations__
    return misdeclared(name, words, line) or misdeclared(name, record, Record.__annotations__)


def _declared_fields(cls: type) -> Iterable[Field]:
    """Yield the fields of a class by its annotations, and take their declarations off the class."""
    for name, annotation in cls.__dict__.get("__annotations__", {}).items():
        if "ClassVar" in str(annotation):
            continue
        if annotation is About or _is_about(str(annotation)):
            setattr(cls, name, About())
            yield from about_fields(may_be_blank="None" in str(annotation))
            continue
        if name in _TAKEN or (hasattr(cls.__base__, name) and name not in _LEFT):
            raise TypeError(
                f"{cls.__name__}.{name} cannot be a field: a record or its commands have the word "
                f"{name}. Call the field something else, or leave the annotation of a declaration out"
            )
        given = cls.__dict__.get(name, MISSING)
        declared = given if isinstance(given, Field) else Field(default=given)
        if name in cls.__dict__:
            delattr(cls, name)
        try:
            named = declared.named(name, annotation)
        except TypeError as error:
            raise TypeError(f"{cls.__name__}.{error}") from None
        if named.is_path:
            raise TypeError(
                f"{cls.__name__}.{name}: a record keeps the path of a file as text, so it is annotated "
                f'str: {name}: str = field(kind="file"). Only a parameter of an action is a Path'
            )
        yield named
    # Without its annotation it would be left out in silence.
    for name, value in vars(cls).items():
        if isinstance(value, Field):
            raise TypeError(
                f"{cls.__name__}.{name} has no annotation, so it is no field. Annotate it, or list a "
                f"computed one: computed = (computed({name!r}, …),)"
            )


def _inherited(cls: type[Record], key: str) -> Iterable[Field]:
    """Yield the fields of a class's base, but those that the class declares itself."""
    if not cls.base_fields:
        # Nearly every kind: the module for copies is not loaded for them.
        return
    from copy import copy

    own = cls.__dict__.get("__annotations__", {})
    for declared in cls.base_fields:
        if declared.name not in own:
            # Each kind has its own: an office fills in what migrations renamed.
            inherited = copy(declared)
            inherited.target = key if declared.target == ITSELF else declared.target
            yield inherited


def _is_about(annotation: str) -> bool:
    """Whether a written annotation is About, or `About | None`."""
    names = {part.strip().rpartition(".")[2] for part in annotation.split("|")}
    return names - {"None"} == {"About"}


def _watched(expiry: Expiry | None) -> Iterable[Field]:
    """Yield the field that says whether Today watches a record's end: views filter by it."""
    if expiry is not None:
        yield computed(
            "watched",
            expiry.watched,
            kind="yes_no",
            help="Whether Today warns of its end",
            list_rank=9,
            hidden=True,
        )
