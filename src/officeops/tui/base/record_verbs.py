"""Verb: one thing that can be done to a record.

Archive and unarchive are verbs, and so is every action of a plugin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.model.error_words import told
from officeops.model.immutable import Value
from officeops.tui.terminal.meanings import LETTERS
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from officeops.model.actions import Action, Consent
    from officeops.model.fields import Field
    from officeops.model.records import Record
    from officeops.office.office import Office


def _no_doubt(_office: Office, _record: object) -> None:
    return None


class Verb(Value):
    """Something done to a record: its name, command, key, words, parameters, and how it runs.

    `word` is its command, after a colon; the last part of the name is an earlier one, or the same.
    `reason(office, record)` returns why it cannot run now; `run(office, record, values)` runs it
    and returns the message to show.
    """

    name: str
    word: str
    key: str
    label: str
    help: str
    reason: Callable[[Office, Any], str | None]
    run: Callable[[Office, Any, Mapping[str, object]], str]
    fields: tuple[Field, ...] = ()
    danger: bool = False
    bulk: bool = False
    #: The parameter by which a person agrees to run it against a doubt.
    consent: Consent | None = None
    #: Returns what speaks against it, which a person may overrule; None for nothing.
    doubt: Callable[[Office, Any], str | None] = _no_doubt

    @property
    def former_words(self) -> tuple[str, ...]:
        """The commands that it had before."""
        last = self.name.rpartition(".")[2]
        return () if last == self.word else (last,)

    def permission(self, record: type[Any]) -> str:
        """Return the permission to run it on a record type."""
        return self.name if "." in self.name else f"{record.meta.key}.{self.name}"

    def forbidden(self, office: Office, record: type[Any]) -> str:
        """Return why the acting person may not run it on a record type.

        The text is blank if they may run it.
        """
        return office.why_not(self.permission(record))

    def why_not(self, office: Office, record: object) -> str | None:
        """Return why it cannot run now, or None. A reason that fails is a reason."""
        forbidden = self.forbidden(office, type(record))
        if forbidden:
            return forbidden
        try:
            return self.reason(office, record)
        except Exception as error:  # noqa: BLE001 - a plugin's fault must not hide the record
            return f"its plugin cannot tell whether it may be, by a fault: {told(error)}"


def verbs(office: Office, record: type[Record]) -> Iterator[Verb]:
    """Yield what can be done to a record type, plugins' actions first."""
    for action in office.actions(record):
        yield of_action(action)
    if record.meta.editable:
        yield ARCHIVE
        yield UNARCHIVE


def of_action(action: Action[..., Any]) -> Verb:
    """Return a declared action as a verb. Its letter follows from its meaning."""

    def run(
        office: Office,
        record: Any,  # noqa: ANN401 - the record it acts on
        values: Mapping[str, object],
    ) -> str:
        about = [record] if action.record else []
        parameters: dict[str, Any] = dict(values)
        result = office.do(action, *about, **parameters)
        message = outcome(office, result, action.label)
        return " ".join([message, *map(safe, office.remarks)])

    # The screen asks for consent as a question, and only if there is a doubt: it is no field of the
    # form.
    consent = action.consent.param if action.consent else ""
    return Verb(
        name=action.name,
        word=action.word,
        key=LETTERS.get(action.means, ""),
        label=action.label,
        help=action.help,
        reason=action.reason,
        run=run,
        fields=tuple(field for field in action.fields if field.name != consent),
        danger=action.danger,
        bulk=action.bulk,
        consent=action.consent,
        doubt=action.doubt,
    )


def outcome(office: Office, result: object, label: str) -> str:
    """Return the result of an action as a message."""
    from officeops.model.actions import Outcome
    from officeops.model.records import Record

    if (isinstance(result, str) and result) or isinstance(result, Outcome):
        return safe(str(result))
    if isinstance(result, Record):
        return safe(f"{label}: {result.meta.one} {office.name(result)}.")
    return f"{label}: done."


# -- archive and unarchive -------------------------------------------------------------------------


def _why_no_archive(_office: Office, record: Record) -> str | None:
    return "it is archived already" if record.archived_at else None


def _why_no_unarchive(_office: Office, record: Record) -> str | None:
    return None if record.archived_at else "it is not archived"


def _archive(
    office: Office,
    record: Record,
    _values: Mapping[str, object],
) -> str:
    from officeops.office.crud import archive_record
    from officeops.office.fixed_references import still_naming

    name = office.name(archive_record(office, record))
    # What still points to it goes before the hint about keys: the line is short, and ? has the keys
    # too.
    references = still_naming(office, record)
    more = f"; {references}" if references else "; z shows archived ones, X brings it back."
    return safe(f"{name} is archived{more}")


def _unarchive(
    office: Office,
    record: Record,
    _values: Mapping[str, object],
) -> str:
    from officeops.office.crud import unarchive_record

    return safe(f"{office.name(unarchive_record(office, record))} is back.")


ARCHIVE = Verb(
    name="archive",
    word="archive",
    key="x",
    label="Archive",
    help="Take it out of lists; it stays, with its history",
    reason=_why_no_archive,
    run=_archive,
    danger=True,
    bulk=True,
)
UNARCHIVE = Verb(
    name="unarchive",
    word="unarchive",
    key="X",
    label="Unarchive",
    help="Bring an archived record back",
    reason=_why_no_unarchive,
    run=_unarchive,
    bulk=True,
)
