"""OfficeWriter: the writing half of an open office, as a Protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO, Protocol, TypeVar

from officeops.model.office.reader import OfficeReader

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime

    from officeops.model.records import Record

    R = TypeVar("R", bound=Record)
else:
    R = TypeVar("R")


class OfficeWriter(OfficeReader, Protocol):
    """The writing half of an open office, for the code of an action: every write belongs to one."""

    #: Further changes of the open action, as sentences for the person who asked.
    remarks: list[str]

    def acting(
        self,
        verb: str,
        arguments: Mapping[str, object] | None = None,
        *,
        request: str | None = None,
        bulk: str = "",
        needs: str = "",
        witness: bool = False,
    ) -> AbstractContextManager[list[str]]:
        """Open an action; all its writes are committed or none. Yields a list for the outcome.

        With `witness` a second person signs for it first. `bulk` names a long action to people who
        wait, `needs` is the permission it takes where that is not the verb's own. With a `request`
        id, `arguments` include everything that would make it another action.
        """
        ...

    def add(self, record: R) -> R:
        """Write a new record and give it its id. Raises Refused with every problem."""
        ...

    def add_many(self, record: type[Record], rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Write many new records, with values as SQLite keeps them, or dates; return their ids."""
        ...

    def add_made(self, record: R) -> R:
        """Write a new record that the core made of one that is there, such as its opposite.

        The values of its fields are not asked again.
        """
        ...

    def edit(self, record: R, /, *, managed: bool = False, **changes: object) -> R:
        """Change fields of a record as it was read, and return it: the object has the new values.

        A value that you need from before is read before. Raises Conflict where someone changed it since then, Refused with every problem.
        `managed` lets an action change what a form may not (a state, a computed term).
        """
        ...

    def take_step(
        self,
        record: Record,
        verb: str,
        at: datetime,
        changes: Mapping[str, object],
    ) -> None:
        """Write all that a transition changes, and its event. `Lifecycle.move` does."""
        ...

    def archive(self, record: R) -> R:
        """Archive a record: hide it from lists, keep its history, free its unique values."""
        ...

    def unarchive(self, record: R) -> R:
        """Restore an archived record. Raises Refused where its unique value is taken by now."""
        ...

    def attach(
        self,
        record: Record,
        source: Any,  # noqa: ANN401 - a path, bytes or a stream
        *,
        name: str = "",
        sealed: bool | None = None,
        as_field: str = "",
        request: str | None = None,
    ) -> Any:  # noqa: ANN401 - the `officeops.Attachment`
        """Attach a file to a record; inside an action as a part of it, else as one of its own.

        `source` is a path, the bytes or a stream. `sealed` encrypts bytes and name; without it the
        file is sealed where the record's kind has sealed fields. `as_field` is the record's
        reference that leads to it. Raises Refused for a file that cannot be taken.
        """
        ...

    def content(self, attachment: Any) -> BinaryIO:  # noqa: ANN401 - an `officeops.Attachment`
        """Open the bytes of an attachment; reading a sealed one is recorded, outside an action.

        Raises NotFound where its record may not be seen, Forbidden for a sealed one, and Broken
        where the bytes are gone or altered.
        """
        ...

    def complete(
        self,
        task: Record,
        answers: Mapping[str, str] | str | None = None,
        when: datetime | None = None,
    ) -> str:
        """Say that a task is done, inside an action; its plan's next one is written with it.

        `answers` are those of its checklist, by the items' texts; `when` is when it was done, if
        that is typed in afterwards. Raises Refused where it is not
        open, and for an answer that is missing or cannot be read.
        """
        ...

    def skip(self, task: Record, reason: str) -> str:
        """Leave a task out and say why, inside an action. Raises Refused where it is not open."""
        ...

    def reopen(self, task: Record) -> str:
        """Open a done task again, inside an action: the record that completed it was taken back.

        Raises Refused where it is not done.
        """
        ...

    def generate(self, plan: Record) -> int:
        """Write the missing tasks of a plan, inside an action, and return how many there were.

        Whatever saves a plan does so; only rows of `add_many` need it.
        """
        ...

    def reschedule(self, plan: Record, about: Record, *, joins: bool = False) -> None:
        """Write the future tasks of a plan about one record again, inside an action.

        For a record that left the plan, or whose `pauses` changed; tasks that somebody touched
        stay. One that `joins` the plan has no dates before today.
        """
        ...

    def merge_plan(self, keep: Record, gone: Record) -> Sequence[Any]:
        """List what a merge would do to each row that names `gone`, and write nothing.

        Each step has `record`, `id`, `column`, `what` (`follow`, `fold`, `stay` or `clash`) and
        `why`. Raises NotFound for a record out of reach, Refused where the two cannot be merged.
        """
        ...

    def merge(self, keep: Record, gone: Record, take: Iterable[str] = ()) -> str:
        """Merge `gone` into `keep` inside an action, and return a sentence on it.

        `take` names fields whose values count as `gone` has them; blanks of `keep` are filled from
        it anyway. Raises Refused with every clash; nothing is written then.
        """
        ...

    def move_about(self, old: Record, new: Record) -> int:
        """Move the files, notes, tags and tasks about a record to another, inside an action.

        Returns how many moved. A file that a field of `old` leads to stays, as do the tasks of
        plans; a tag that `new` has is archived. Raises Forbidden or NotFound where either record
        is out of reach, Refused where `new` takes none.
        """
        ...

    def forget_facts(self) -> None:
        """Read the facts again when they are next asked for, after an action that changed them."""
        ...

    def last_id(self, record: type[Record]) -> int:
        """Return the highest id a kind of record ever had; no id is used twice."""
        ...

    def defer(self) -> None:
        """Delay the history and search entries of added rows until `write_deferred`."""
        ...

    def write_deferred(self) -> None:
        """Write the history and search entries that were delayed."""
        ...

    def now(self) -> datetime:
        """Read the clock in UTC, to the second, as fields of kind instant keep it."""
        ...

    def stamp(self) -> str:
        """Read the clock as text, as `archived_at` and actions keep it."""
        ...

    def open(
        self,
        record: Record,
        name: str,
        *,
        needs: str = "",
    ) -> Any:  # noqa: ANN401 - the field's own type
        """Open a sealed field for code that works with it, and record that.

        The person needs the permission to see it, or the one that `needs` names in its place.
        Raises Forbidden, NoKey, Altered, and OutsideAction for code that is asked something.
        """
        ...

    def reveal(self, record: Record, name: str) -> Any:  # noqa: ANN401 - the field's own type
        """Open a sealed field to show it to the person, after recording that they saw it.

        Raises Forbidden where they may not see it, NoKey or Altered where it does not open.
        """
        ...
