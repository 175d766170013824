"""Meta: the declaration of a kind of record, ready to read: key, table, words and fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops.model.about import ABOUT, KEY, NUMBER, as_one, subject_field
from officeops.model.fields import Field
from officeops.model.identity import identities
from officeops.model.immutable import Value
from officeops.model.sealed_value import as_kept
from officeops.values.wording import article, in_sentence, plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from officeops.model.errors import Problem
    from officeops.model.lifecycle.state_column import StateColumn
    from officeops.model.scope import ScopedBy

#: Columns every record has beside its fields.
STANDARD: Final = ("id", "version", "archived_at")


class Words(Value):
    """The class words of a record, as `Record` describes them; blank ones follow from the key."""

    noun: str
    former_nouns: tuple[str, ...]
    commandless: bool
    child: bool
    also: tuple[str, ...]
    group: str
    label: str
    plural: str
    prefix: str
    display: str
    sort: str
    append_only: bool
    actions_only: bool
    derived: bool
    #: Whether a retention is declared, so that even a ledger's entries may be destroyed in time.
    destroyable: bool
    triggers: tuple[str, ...]
    unique_together: tuple[tuple[str, ...], ...]
    indexes: tuple[tuple[str, ...], ...]
    scope: ScopedBy | None
    about_in: tuple[str, ...]
    #: Whether it declares a ledger: its entries are posted once per source.
    has_ledger: bool = False
    life: StateColumn | None = None
    lists: str = ""
    begun: str = ""


class Meta:
    """What a record class declared.

    Its words and columns are read thousands of times in a list, so each is worked out once.
    """

    __slots__ = (
        "about",
        "about_in",
        "actions_only",
        "also",
        "append_only",
        "begun",
        "by_name",
        "child",
        "columns",
        "commandless",
        "computed",
        "converted",
        "derived",
        "destroyable",
        "display",
        "fields",
        "first_children",
        "fixed",
        "former_fields",
        "former_keys",
        "former_nouns",
        "group",
        "guarded",
        "has_ledger",
        "identities",
        "indexes",
        "key",
        "label",
        "life",
        "list_fields",
        "lists",
        "noun",
        "open_guarded",
        "place",
        "plugin",
        "plural",
        "prefix",
        "scope",
        "sealed",
        "searched",
        "sort",
        "stored",
        "subject",
        "table",
        "triggers",
        "unique_together",
        "whose",
    )

    def __init__(
        self,
        key: str,
        fields: tuple[Field, ...],
        computed: tuple[Field, ...],
        words: Words,
    ) -> None:
        self.key = key
        self.table = table_of(key)
        self.fields = fields
        self.computed = computed
        everything = (*fields, *computed)
        self.by_name = {field.name: field for field in everything}
        #: The record that a row is about, as one field in place of its two columns.
        self.subject = subject_field(self.by_name)
        shown = [field for field in everything if not field.hidden]
        self.list_fields = tuple(as_one(shown, self.subject))
        #: The computed fields that show the first child of a kind, with that kind's key.
        self.first_children = tuple(
            (field.name, field.first_child) for field in computed if field.first_child
        )
        self._name(words)
        self._set_rules(words)
        #: The computed field that is yes in the rows that lists show; None where they show all.
        self.lists: Field | None = self._of("lists", words.lists)
        #: The one that is no in the rows that a name means last: those of a day to come.
        self.begun: Field | None = self._of("begun", words.begun)
        _check_guards(self)
        self._arrange_columns()
        #: The ways to find a record and to tell it from others.
        self.identities = identities(self)

    def _of(self, word: str, name: str) -> Field | None:
        """Return the field that a declaration names, or None. Raises TypeError."""
        if name and name not in self.by_name:
            raise TypeError(f"{self.key}: its {word} names {name!r}, which is no field of it")
        return self.by_name[name] if name else None

    def _name(self, words: Words) -> None:
        """Take the words that people know the record by."""
        self.plugin, _, own_word = self.key.partition(".")
        #: What the command line calls it; `former_nouns` are its earlier names, which go on
        #: working.
        self.noun = words.noun or own_word
        if words.child:
            # A word that is no command must not take it from another plugin's.
            self.noun = (words.label or self.key).lower().replace(" ", "-").replace(".", "-")
        self.former_nouns = words.former_nouns
        self.commandless = words.commandless
        #: Whether its rows are edited with the record that they belong to, and never by themselves.
        self.child = words.child
        #: What migrations renamed: earlier keys, and earlier columns with the column of today.
        self.former_keys: tuple[str, ...] = ()
        self.former_fields: dict[str, str] = {}
        self.also = words.also
        self.group = words.group
        self.label = words.label or own_word.replace("-", " ").capitalize()
        self.plural = words.plural or _plural(self.label)
        self.prefix = words.prefix
        self.display = words.display or self.fields[0].name
        self.sort = words.sort or self.display

    def _set_rules(self, words: Words) -> None:
        """Take the rules on how it is written."""
        self.append_only = words.append_only
        self.actions_only = words.actions_only
        self.derived = words.derived
        self.destroyable = words.destroyable
        self.triggers = words.triggers
        self.unique_together = words.unique_together
        self.indexes = words.indexes
        #: Whose rows a person reaches; None where all who see the kind see every row.
        self.scope = words.scope
        self.has_ledger = words.has_ledger
        #: The column of its state, if it has a lifecycle.
        self.life = words.life
        # An entry of a ledger is whose its account is: it adds up for them, whatever it is about.
        is_about = KEY in self.by_name and not self.has_ledger
        #: The columns that name a record of any kind, which the row is about; often none.
        self.about: tuple[str, ...] = (KEY, NUMBER) if is_about else ()
        #: The field whose text begins with the key and number of that record, or a field for each.
        self.about_in = words.about_in
        by_column = self.scope.column if self.scope and self.scope.column != "id" else ""
        by_columns = (by_column, *self.about, *self.about_in)
        #: The columns that say whose a row is; none where its own number does.
        self.whose: tuple[str, ...] = tuple(filter(None, by_columns))

    def _arrange_columns(self) -> None:
        """Work out the columns of the table: which are sealed, guarded, converted or searched."""
        self.sealed = tuple(field for field in self.fields if field.sealed)
        #: References that do not change once anything refers to the record.
        self.fixed = tuple(field for field in self.fields if field.fixed)
        digests = [_index_of(field) for field in self.sealed if field.lookup]
        #: What the table has columns for: the fields, then the digests by which sealed ones are
        #: looked up.
        self.stored: tuple[Field, ...] = (*self.fields, *digests)
        standard = ("id",) if self.derived else STANDARD
        #: Column names of the table, in order.
        self.columns: tuple[str, ...] = (*standard, *(field.name for field in self.stored))
        #: Columns that need a permission of their own, with its stem: `pay` for `pay.view` and
        #: `pay.edit`.
        self.guarded = {
            field.name: field.guard or f"{self.key}.{field.name}"
            for field in (*self.fields, *self.computed)
            if field.guard or field.sealed
        }
        #: The names of the guarded fields whose values the table has as they are, by column.
        self.open_guarded = {
            field.name: f"{self.key}.{field.public_name}"
            for field in self.fields
            if field.guard and not field.sealed
        }
        #: The fields whose values SQLite keeps in another form.
        converted: list[tuple[str, Callable[[Any], Any]]] = []
        for field in self.fields:
            convert = as_kept if field.sealed else field.kind.from_sql
            if convert is not None:
                converted.append((field.name, convert))
        self.converted = tuple(converted)
        #: The one location beside its times of the clock, which go by the clock there; often blank.
        self.place = place_among(self.fields)
        #: Columns that search looks in.
        self.searched = tuple(
            field.name for field in self.fields if field.search and not field.sealed
        )

    @property
    def editable(self) -> bool:
        """Whether people add and edit it directly, rather than through actions alone."""
        return not (self.append_only or self.derived or self.actions_only or self.child)

    @property
    def one(self) -> str:
        """Its label inside a sentence: order line, SSH key."""
        return in_sentence(self.label)

    @property
    def many(self) -> str:
        """Its plural inside a sentence."""
        return in_sentence(self.plural)

    @property
    def a_record(self) -> str:
        """Its label behind an article: an item; but vendor terms, which have no singular."""
        return self.one if self.has_no_singular else article(self.one)

    @property
    def one_record(self) -> str:
        """Its label behind a one: one item; but vendor terms, which have no singular."""
        return self.one if self.has_no_singular else f"one {self.one}"

    @property
    def has_no_singular(self) -> bool:
        """Whether its label is a plural, such as vendor terms, or no number of things: stock."""
        return self.label == self.plural

    def field(self, name: str) -> Field | None:
        """Look a field up by its column or its public name, or by an earlier one of either."""
        if name == ABOUT and self.subject is not None:
            return self.subject
        field = self.by_name.get(name) or self.by_name.get(name + "_id")
        if field is None and self.former_fields:
            now = self.former_fields.get(name) or self.former_fields.get(name + "_id")
            field = self.by_name.get(now) if now else None
        return field

    def by_public_name(self, problem: Problem) -> Problem:
        """Return a problem of a column, such as `machine_id`, about the field as people know it."""
        field = self.by_name.get(problem.field)
        if field is None or field.public_name == problem.field:
            return problem
        return problem.replace(field=field.public_name)


def place_among(fields: Iterable[Field]) -> str:
    """Return the one field that names a location, beside those of a time of the clock; else blank."""
    fields = tuple(fields)
    if not any(field.kind.by_clock for field in fields):
        return ""
    places = [field.name for field in fields if field.target == "core.location"]
    # Of two, such as where from and where to, neither says by which clock.
    return places[0] if len(places) == 1 else ""


def table_of(key: str) -> str:
    """Name the table of a kind of record."""
    return key.replace(".", "_").replace("-", "_")


def _plural(label: str) -> str:
    """Return the plural of a label, which begins with a capital."""
    # A word with capitals is an abbreviation to `plural`, and keeps its form.
    return label[:1] + plural(label[:1].lower() + label[1:])[1:]


def _check_guards(meta: Meta) -> None:
    """Raise TypeError for a field that cannot be sealed or guarded.

    Everybody sees the values that order, name or join records.
    """
    shown_to_all = {meta.display, *(part.strip().lstrip("-") for part in meta.sort.split(","))}
    for names in meta.unique_together:
        shown_to_all.update(names)
    for field in meta.fields:
        is_open = field.name in shown_to_all or field.search
        if fault := _fault_of_guard(meta, field, is_open=is_open):
            raise TypeError(f"{meta.key}.{field.name}: {fault}")


def _fault_of_guard(
    meta: Meta,
    field: Field,
    *,
    is_open: bool,
) -> str:
    if (field.sealed or field.guard) and is_open:
        which = "sealed" if field.sealed else "guarded"
        return f"a {which} field does not name, sort, search or join records"
    if not field.sealed:
        return "lookup is for sealed fields" if field.lookup else ""
    if not field.kind.can_be_sealed or not (field.required or field.default is None):
        return "a sealed field is no reference or file, and has no default but None"
    if field.unique and not field.lookup:
        return "a sealed field that is unique needs lookup=True: its digest shows a repeated value"
    return "triggers, which keep this record, cannot seal" if meta.derived else ""


def _index_of(sealed: Field) -> Field:
    """Declare the column beside a sealed field that holds its digest."""
    digest = Field(
        "text", default=None, unique=sealed.unique, lookup=True, hidden=True, managed=True
    )
    return digest.named(sealed.index_column, "str")
