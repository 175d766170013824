"""The core's own records: facts, locations, closed days, notes on due items, retention."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.access.records import RECORDS as ACCESS
from officeops.core.attachment_record import Attachment
from officeops.core.calendar_records import ClosedDay, OpeningHours
from officeops.core.checklist_records import Answer, Checklist, ChecklistItem
from officeops.core.dataset_load import DatasetLoad
from officeops.core.default_location_rule import DEFAULT_LOCATION, is_default
from officeops.core.document_records import DocumentType, PracticeDocument
from officeops.core.duplicate_record import KnownDuplicate
from officeops.core.event_record import LoggedEvent
from officeops.core.note_record import Note
from officeops.core.office_record import Facts, zone_problems
from officeops.core.requirement_record import Requirement
from officeops.core.tag_record import Tag
from officeops.core.task_record import Task
from officeops.model.errors import Problem
from officeops.model.fields import choice, computed, field
from officeops.model.former_keys import key_of_today
from officeops.model.records import Record
from officeops.model.retention import NEVER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from officeops.model.office import Office


class Location(Record, key="core.location"):
    """A place where you keep things: a room, a cart, a fridge."""

    merges = True

    name: str = field(
        example="Exam room 1",
        unique=True,
        search=True,
        list_rank=1,
        also=("location", "location name", "place", "storage location"),
    )
    kind: str = choice("room", "cabinet", "cart", "fridge", "safe", "site", default="room")
    count_order: int = field(default=0, help="Order in which a count walks the locations")
    note: str | None = field(example="The key is at the front desk", kind="long_text", default=None)
    time_zone: str | None = field(
        default=None,
        list_rank=7,
        help="IANA time zone, where it is another than the office's",
    )

    computed = (
        computed(
            "is_default",
            f"(t.id = {DEFAULT_LOCATION})",
            kind="yes_no",
            label="Default",
            list_rank=2,
        ),
    )

    def check(self, office: Office) -> Iterable[Problem]:  # noqa: ARG002 - of every record
        """Refuse an unknown time zone."""
        yield from zone_problems(self.time_zone)

    def keep(self, office: Office) -> str | None:
        """Keep the default location: stock would silently go elsewhere."""
        if not is_default(office, self.id):
            return None
        return (
            "it is the default location; make another one the default first: "
            "officeops location make-default NAME"
        )


class DueNote(
    Record,
    key="core.due-note",
    commandless=True,
    display="due_key",
    unique_together=(("due_key", "person"),),
):
    """A person's note on a due item: seen, or snoozed."""

    about_in = ("due_key",)

    due_key: str = field()
    person: str = field()
    seen_at: str | None = field(default=None)
    snoozed_until: date | None = field(default=None)


class RetentionRule(Record, key="core.retention-rule", group="Administration", display="record"):
    """How many years this office keeps a kind of record.

    It counts in place of what the record's plugin says.
    """

    record: str = field(
        example="core.closed-day",
        unique=True,
        list_rank=1,
        help="Key of the kind of record, such as core.closed-day",
    )
    years: int = field(
        example="7", minimum=1, maximum=200, unit="years", list_rank=2, help="Years after its end"
    )
    source: str = field(
        example="State law",
        list_rank=3,
        help="Where the rule comes from: the law, the contract, the payer",
    )

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse a rule for records that are never destroyed."""
        yield from _no_rule(office, self.record)


def _no_rule(office: Office, key: str) -> Iterator[Problem]:
    """Yield why there can be no retention rule for a kind of record."""
    from officeops.core.dropped_records import is_dropped

    record = office.records.get(key)
    now = key_of_today(office.records, key)
    if now != key:
        yield Problem(f"{key} is called {now} now; give that key", "record", code="renamed")
    elif record is None and is_dropped(office, key):
        # Its rows are gone, but not what the history says of them.
        return
    elif record is None:
        yield Problem(
            f"{key!r} is no kind of record; `officeops history --json` and `plugins` show keys such "
            "as core.closed-day",
            "record",
            code="not-found",
            facts={"kind": "record", "text": key},
        )
    elif key in NEVER or record.meta.derived:
        yield Problem(f"{record.meta.plural} are never destroyed", "record", code="never-destroyed")
    elif record.meta.append_only and record.retention is None:
        yield Problem(
            f"{record.meta.plural} are a ledger, which only its plugin can declare destroyable",
            "record",
            code="never-destroyed",
        )


class LegalHold(
    Record,
    key="core.legal-hold",
    group="Administration",
    display="reason",
    sort="-since",
    actions_only=True,
):
    """A reason to keep records until you release them."""

    added_by = "officeops hold"
    about_in = ("record", "number")

    record: str = field(list_rank=1, help="Key of the kind of record")
    number: int | None = field(
        default=None, list_rank=1, help="The record's id; blank holds all of the kind"
    )
    reason: str = field(list_rank=2)
    who: str = field(list_rank=3, label="Placed by")
    since: date = field(list_rank=3)
    released_by: str | None = field(default=None, managed=True, list_rank=7)
    released_because: str | None = field(default=None, managed=True, list_rank=7)


class Destruction(
    Record,
    key="core.destruction",
    group="Administration",
    display="record",
    sort="-id",
    append_only=True,
):
    """A destroyed record: which, when and by which rule.

    It holds nothing of what the record said.
    """

    added_by = "officeops purge"
    not_undone = "a backup from before still has the records: `officeops backup restore`"
    about_in = ("record", "number")

    record: str = field(list_rank=1, help="Key of the kind of record")
    number: int = field(list_rank=1, help="The record's id")
    day: date = field(list_rank=2)
    rule: str = field(list_rank=3)
    changes: int = field(list_rank=4, help="Changes of it whose contents were destroyed with it")


class FormerName(
    Record,
    key="core.former-name",
    commandless=True,
    display="record",
    sort="-id",
    append_only=True,
):
    """The former name of a record, a field or a choice, from before a plugin's migration renamed it."""

    not_undone = "another migration of the plugin renames it again"

    record: str = field(help="Key of the record before")
    field_name: str = field(
        default="", help="The field's column; blank where the record was renamed"
    )
    now: str = field(help="The new key, column or code")
    action: int = field(help="The upgrade that renamed it")
    change: int = field(help="The last recorded change before that")
    choice: str = field(default="", help="The choice's code before; blank where none was renamed")


RECORDS: tuple[type[Record], ...] = (
    Facts,
    Location,
    OpeningHours,
    ClosedDay,
    DueNote,
    RetentionRule,
    LegalHold,
    Destruction,
    FormerName,
    LoggedEvent,
    Attachment,
    Note,
    Tag,
    Task,
    Checklist,
    ChecklistItem,
    Answer,
    DatasetLoad,
    KnownDuplicate,
    Requirement,
    DocumentType,
    PracticeDocument,
    *ACCESS,
)
#: Kinds of record whose noun a plugin may have had before them; theirs is `record-note` then.
NEWER: tuple[type[Record], ...] = (
    Attachment,
    Note,
    Tag,
    Task,
    Checklist,
    ChecklistItem,
    Answer,
    DocumentType,
    PracticeDocument,
)
