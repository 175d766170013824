"""The changes in the history, as people and scripts read them."""

from __future__ import annotations

import sys
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from officeops.cli.on_page import page
from officeops.cli.output import print_rows, say
from officeops.model.errors import UsageProblem
from officeops.model.fields import Field
from officeops.values.convert import show
from officeops.values.wording import count

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.history.log_filter import Asked
    from officeops.model.records import Record
    from officeops.office.office import Office

#: So many changes are shown on a terminal: one action may have written 50,000.
SHOWN: Final = 100
#: Columns for people: the change is one sentence.
FIELDS = [
    Field("instant", label="When", list_rank=1).named("at", "datetime"),
    Field("text", label="Who", list_rank=1).named("actor", "str"),
    Field("text", label="Action", list_rank=2).named("action", "str"),
    Field(
        "number",
        label="No.",
        list_rank=2,
        help="What `officeops undo` takes",
    ).named("number", "int"),
    Field("text", label="Record", list_rank=1).named("record", "str"),
    Field("number", label="#", list_rank=1).named("record_id", "int"),
    Field("text", label="Change", list_rank=3).named("change", "str"),
]
#: Columns for scripts: the values before and after, and the cursor for the next `--since`.
PLAIN = [
    *FIELDS[:-1],
    Field("text").named("before", "str"),
    Field("text").named("after", "str"),
    Field("number").named("cursor", "int"),
    Field("text").named("arguments", "str"),
    Field("text").named("outcome", "str"),
    Field("text", help="Where the actor signed").named("place", "str"),
    Field("text", help="The shared login").named("login", "str"),
    Field("text", help="The fingerprint of its SSH key").named("key", "str"),
    Field("text", help="The second person who signed").named("witness", "str"),
]


def print_changes(
    office: Office,
    asked: Asked,
    *,
    as_json: bool,
    as_csv: bool,
    is_whole: bool = False,
) -> None:
    """Print recorded changes; on a terminal the first hundred, unless all or so many are asked for."""
    from officeops.history.action_words import name_in_words
    from officeops.history.change_words import ChangeWords
    from officeops.history.log import changes

    if is_whole and asked.limit:
        raise UsageProblem("Give --all or --limit, not both.", code="not-together")
    entries = changes(office, asked)
    if as_json or as_csv:
        plain_rows = map(_values_of(PLAIN), entries)
        print_rows(PLAIN, plain_rows, office.ways, as_json=as_json, as_csv=as_csv)
        return
    most = len(entries)
    # What a script reads is whole, as a table too.
    if _is_on_a_terminal() and not (is_whole or asked.limit):
        most = SHOWN
    # The same columns, but for the action and the change, which are words for people.
    values = _values_of(FIELDS[:-1])
    change_words = ChangeWords(office, _writer(office))
    # A list of thousands of rows has few actions: the words of each are looked up once.
    words: dict[str, str] = {}
    rows = []
    for entry in entries[:most]:
        at, actor, action, *others = values(entry)
        name = office.store.former.verb(action, entry.number)
        if name not in words:
            words[name] = name_in_words(office, name)
        who = f"{actor}, at {entry.place}" if entry.place else actor
        who += f", witness {entry.witness}" if entry.witness else ""
        rows.append((at, who, words[name], *others, change_words.of(entry)))
    print_rows(FIELDS, rows, office.ways, nothing="No changes.")
    if len(entries) > most:
        cure = "--all shows all of them, --limit so many"
        say(f"{most} of {count(len(entries), 'change')}; {cure}.")


def _is_on_a_terminal() -> bool:
    return sys.stdout.isatty() and page() is None


def _values_of(fields: list[Field]) -> attrgetter[Any]:
    """Return a function that reads the values of an entry for some columns."""
    names = [field.name for field in fields]
    return attrgetter(*names)


def _writer(office: Office) -> Callable[[Field, Any], str]:
    """Return a function that writes the value of a field as people do."""
    # A vendor may be in a thousand rows: its name is looked up once.
    labels: dict[tuple[str, int], str] = {}

    def label(target: type[Record], id_: int) -> str:
        key = (target.meta.key, id_)
        if key not in labels:
            labels[key] = office.label(target, id_)
        return labels[key]

    def write(field: Field, value: Any) -> str:  # noqa: ANN401 - any column's type
        target = office.target(field)
        return label(target, value) if target else show(field, value, office.ways)

    return write
