"""The verbs of a kind of record: plugins' actions, archive and unarchive, and what hangs on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.core.subject_rule import takes_rows
from officeops.model.fields import field
from officeops.model.hand_verbs import owes_something, verbs_of
from officeops.tui.base.attached_verbs import VERBS
from officeops.tui.base.verb import Verb
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from officeops.model.actions import Action
    from officeops.model.records import Record
    from officeops.office.office import Office


def verbs(office: Office, record: type[Record]) -> Iterator[Verb]:
    """Yield what can be done to a record type, plugins' actions first.

    An action of a plugin comes in the place of a verb of the same word.
    """
    words: set[str] = set()
    for action in office.actions(record):
        words.add(action.word)
        yield of_action(action)
    if record.meta.editable:
        yield ARCHIVE.replace(fields=(REASON,)) if owes_something(record) else ARCHIVE
        yield UNARCHIVE
    if "merge" in verbs_of(record) and "merge" not in words:
        yield merge_verb(record)
    if takes_rows(record.meta):
        yield from (verb for verb in VERBS if verb.word not in words)


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
        means=action.means,
        label=action.label,
        help=action.help,
        reason=action.reason,
        run=run,
        fields=tuple(field for field in action.fields if field.name != consent),
        danger=action.danger,
        bulk=action.bulk,
        consent=action.consent,
        screen=action.screen,
        doubt=action.doubt,
    )


def outcome(
    office: Office,
    result: object,
    label: str,
) -> str:
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
    values: Mapping[str, Any],
) -> str:
    from officeops.office.crud import archive_record
    from officeops.office.fixed_references import still_naming

    name = office.name(archive_record(office, record, reason=values.get("reason")))
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


#: Why a record is archived that is not settled.
REASON = field(default=None, help="Needed while something is owed on it").named(
    "reason", "str | None"
)
ARCHIVE = Verb(
    name="archive",
    word="archive",
    means="remove",
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
    means="restore",
    label="Unarchive",
    help="Bring an archived record back",
    reason=_why_no_unarchive,
    run=_unarchive,
    bulk=True,
)


def merge_verb(record: type[Record]) -> Verb:
    """Return the merge of a record type as a verb; its question counts what would happen."""
    from officeops.office.merge_action import merge_action

    return of_action(merge_action(record)).replace(preview=_merge_preview)


def _merge_preview(
    office: Office,
    record: Record,
    values: Mapping[str, Any],
) -> str:
    from officeops.office.merging import counted, refuse_clashes

    keep = office.get(type(record), values["into"])
    steps = office.merge_plan(keep, record)
    refuse_clashes(office, record, steps)
    return f"into {office.describe(keep)} (#{keep.id}): {counted(steps)}"
