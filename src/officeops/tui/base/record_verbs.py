"""Verbs: everything that can be done to a record, from one registry: the core's own and every plugin's actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.model.errors import told
from officeops.model.immutable import Value
from officeops.tui.terminal.keys import RESERVED
from officeops.values.convert import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from officeops.model.actions import Action, Consent
    from officeops.model.fields import Field
    from officeops.model.records import Record
    from officeops.office.office import Office


class Verb(Value):
    """Something done to a record: its name, key, words, what it asks for, and how it is done.

    `reason(office, record)` says why not now; `run(office, record, values)` does it and returns what to say.
    """

    name: str
    key: str
    label: str
    help: str
    reason: Callable[[Office, Any], str | None]
    run: Callable[[Office, Any, Mapping[str, object]], str]
    fields: tuple[Field, ...] = ()
    danger: bool = False
    bulk: bool = False
    consent: Consent | None = None
    #: Returns what it is done in spite of only where that is said; None where nothing speaks against it.
    doubt: Callable[[Office, Any], str | None] = lambda _office, _record: None

    @property
    def word(self) -> str:
        """The word that does it, after a colon."""
        return self.name.rpartition(".")[2]

    def permission(self, record: type[Any]) -> str:
        """Return the permission to do it to a kind of record."""
        return self.name if "." in self.name else f"{record.meta.key}.{self.name}"

    def forbidden(self, office: Office, record: type[Any]) -> str:
        """Return why the acting person may not do it to any record of a kind; blank where they may."""
        return office.why_not(self.permission(record))

    def why_not(self, office: Office, record: object) -> str | None:
        """Return why it cannot be done now, or None; a reason that cannot be worked out is one."""
        if why := self.forbidden(office, type(record)):
            return why
        try:
            return self.reason(office, record)
        except Exception as error:  # noqa: BLE001 - a plugin's fault must not hide the record
            return f"its plugin cannot tell whether it may be, by a fault: {told(error)}"


def verbs(office: Office, record: type[Record]) -> Iterator[Verb]:
    """Yield what can be done to a kind of record, plugins' actions first."""
    for action in office.actions(record):
        yield of_action(action)
    if record.meta.editable:
        yield ARCHIVE
        yield UNARCHIVE


def of_action(action: Action[..., Any]) -> Verb:
    """Return a declared action as a verb. A key that means the same everywhere is not taken from there."""
    key = "" if action.key in RESERVED else action.key

    def run(office: Office, record: Any, values: Mapping[str, object]) -> str:  # noqa: ANN401 - the record it acts on
        about = [record] if action.record else []
        given: dict[str, Any] = dict(values)
        said = outcome(office, office.do(action, *about, **given), action.label)
        return " ".join([said, *map(safe, office.remarks)])

    # What it takes on purpose is asked for as a question, when there is need to.
    asked = tuple(
        field for field in action.fields if not action.consent or field.name != action.consent.param
    )
    return Verb(
        action.name,
        key,
        action.label,
        action.help,
        action.reason,
        run,
        asked,
        action.danger,
        action.bulk,
        action.consent,
        action.doubt,
    )


def outcome(office: Office, result: object, label: str) -> str:
    """Return what an action answered as a sentence."""
    from officeops.model.actions import Outcome
    from officeops.model.records import Record

    if (isinstance(result, str) and result) or isinstance(result, Outcome):
        return safe(str(result))
    if isinstance(result, Record):
        return safe(f"{label}: {result.meta.label.lower()} {office.name(result)}.")
    return f"{label}: done."


def _standing(office: Office, record: Record) -> str | None:  # noqa: ARG001 - a guard's signature
    return "it is archived already" if record.archived_at else None


def _archived(office: Office, record: Record) -> str | None:  # noqa: ARG001
    return None if record.archived_at else "it is not archived"


def _archive(office: Office, record: Record, values: Mapping[str, object]) -> str:  # noqa: ARG001
    from officeops.office.crud import archive_record
    from officeops.office.fixed_references import still_naming

    name = office.name(archive_record(office, record))
    naming = still_naming(office, record)
    # What still names it goes before the keys, which ? has too: the line is short.
    return safe(
        f"{name} is archived{f'; {naming}' if naming else '; z shows archived ones, X brings it back.'}"
    )


def _unarchive(office: Office, record: Record, values: Mapping[str, object]) -> str:  # noqa: ARG001
    from officeops.office.crud import unarchive_record

    return safe(f"{office.name(unarchive_record(office, record))} is back.")


ARCHIVE = Verb(
    "archive",
    "x",
    "Archive",
    "Put it away: out of lists, kept with its history",
    _standing,
    _archive,
    danger=True,
    bulk=True,
)
UNARCHIVE = Verb(
    "unarchive", "X", "Unarchive", "Bring an archived one back", _archived, _unarchive, bulk=True
)
