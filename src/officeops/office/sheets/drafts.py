"""Drafts of sheets: what people typed and did not book yet, in the file and outside the history.

A draft belongs to one login, sheet and subject: at a shared login, to all who sign there. Two windows of one person share it. Cells of
sealed columns are sealed in it, each for its own place. Other people learn who typed how many rows
and when; the guard lets nobody read more.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Protocol, cast

from officeops.model.errors import NotFound
from officeops.model.immutable import Value
from officeops.sealing.keyring import NoKey
from officeops.sealing.seal import Altered, Place, mark_of, seal, unseal
from officeops.values.instants import as_instant

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from officeops.model.entry_sheet import SheetColumn
    from officeops.model.office import Office
    from officeops.sealing.keyring import SealKey
    from officeops.sealing.sealing_office import SealingOffice

#: Seconds that a screen waits for the gate to keep a row; the next row tries again.
PATIENCE: Final = 1.0
_TABLE: Final = "core_draft"
_MINE: Final = "person = ? AND sheet = ? AND subject = ?"
_READ: Final = f"SELECT id, request, typed_at, entries FROM core_draft WHERE {_MINE}"
_BEGIN: Final = (
    "INSERT INTO core_draft (person, sheet, subject, request, typed_at, row_count, entries) "
    "VALUES (?, ?, ?, ?, '', 0, '{}')"
)
_KEEP: Final = (
    "UPDATE core_draft SET typed_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), row_count = ?, "
    "entries = ? WHERE id = ?"
)
_DROP: Final = f"DELETE FROM core_draft WHERE {_MINE}"
_NOTES: Final = (
    "SELECT person, subject, typed_at, row_count FROM core_draft "
    "WHERE sheet = ? ORDER BY typed_at DESC"
)


class KeptRow(Value):
    """A row of a draft: the texts by column as they were typed, and a mark of the row's state.

    `of` are the records that it is of, for a purge of one of them.
    """

    texts: Mapping[str, str]
    seen: str
    of: tuple[tuple[str, int], ...] = ()


class Draft(Value):
    """A person's rows of one sheet. `request` is the id under which they are booked once."""

    request: str
    typed_at: datetime
    rows: Mapping[str, KeptRow]
    #: Cells that could not be opened: their key is not here.
    lost: int = 0


class DraftNote(Value):
    """A person's draft of one sheet, as everybody may know of it: `rows` were typed."""

    person: str
    subject: str
    typed_at: datetime
    rows: int


class Drafted(Protocol):
    """What drafts need of a sheet, or of a form."""

    @property
    def key(self) -> str:
        """What kind of sheet it is."""

    @property
    def subject(self) -> str:
        """Which one of its kind."""

    @property
    def title(self) -> str:
        """Its name for people."""

    @property
    def verb(self) -> str:
        """The permission to book it."""

    def columns_of(self, office: Office) -> Sequence[SheetColumn]:
        """Return the columns of its rows."""


class SheetDrafts:
    """The drafts of one sheet, for the acting person."""

    def __init__(self, office: Office, sheet: Drafted) -> None:
        # The office of a person is one with keys; a plugin that books a sheet need not know.
        self._office, self._sheet = cast("SealingOffice", office), sheet
        self._mine = (self._office.login, sheet.key, sheet.subject)

    def own(self) -> Draft | None:
        """Return the acting person's draft, or None."""
        with self._office.lifted():
            for row in self._office.rows(_READ, *self._mine):
                return self._draft(*row)
        return None

    def keep(self, request: str, changed: Mapping[str, KeptRow | None]) -> str:
        """Keep changed rows beside those in the file; None takes a row out.

        A draft begins with `request` as its id; the id that it has is returned. Raises Forbidden
        where the person may not book the sheet, and what any write raises: Busy, Refused,
        sqlite3.Error.
        """
        import json

        self._office.allow(self._sheet.verb)
        with self._writing() as db:
            # Read again under the gate: the same person may type in another window.
            id_, kept_request, stored = self._begun(db, request)
            rows = json.loads(stored)
            for row_id, row in changed.items():
                rows.pop(row_id, None)
                if row and row.texts:
                    rows[row_id] = {
                        "texts": self._sealed(
                            id_,
                            row_id,
                            row,
                        ),
                        "seen": row.seen,
                        "of": row.of,
                    }
            # An empty draft would be offered as 0 rows.
            if rows:
                db.execute(_KEEP, (len(rows), json.dumps(rows, ensure_ascii=False), id_))
            else:
                db.execute(_DROP, self._mine)
        return kept_request

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        note = f"{self._office.login}: draft of {self._sheet.title}"
        store = self._office.store
        # A screen waits for it, so no longer than a person does.
        with store.gate.held(note, PATIENCE), store.exclusive(note) as db, self._office.lifted():
            yield db

    def discard(self) -> None:
        """Discard the acting person's draft."""
        with self._writing() as db:
            db.execute(_DROP, self._mine)

    def discard_others(self) -> list[str]:
        """Discard other people's drafts of this very sheet, and return whose they were.

        The history has who discarded whose, and no text of them. Raises Forbidden, and
        NotFound where there are none any more.
        """
        from officeops.store.draft_removal import drop_other_drafts

        person, sheet, subject = self._mine
        self._office.allow("core.draft.discard")
        arguments = {"sheet": sheet, "subject": subject}
        with self._office.acting("core.draft.discard", arguments) as outcome:
            with self._office.lifted():
                people = drop_other_drafts(self._office.store.db, sheet, subject, person)
            if not people:
                why = f"Nobody else has a draft of {self._sheet.title} any more."
                raise NotFound(why, code="not-found")
            outcome.append(f"Discarded what {', '.join(people)} typed.")
        return people

    def drop_booked(self) -> None:
        """Delete the draft inside the action that books it: never both booked and left."""
        with self._office.lifted():
            self._office.store.db.execute(_DROP, self._mine)

    def others(self) -> list[DraftNote]:
        """Return the drafts of other people on this very sheet, the latest first."""
        notes = []
        for note in draft_notes(self._office, self._sheet.key):
            is_other = note.person != self._office.login
            if is_other and note.subject == self._sheet.subject:
                notes.append(note)
        return notes

    # -- its text ----------------------------------------------------------------------------------

    def _begun(self, db: sqlite3.Connection, request: str) -> tuple[int, str, str]:
        """Return the id, request and rows of the draft, begun where there is none."""
        for id_, kept_request, _, stored in db.execute(_READ, self._mine).fetchall():
            return id_, kept_request, stored
        begun = db.execute(_BEGIN, (*self._mine, request))
        return int(begun.lastrowid or 0), request, "{}"

    def _draft(
        self,
        id_: int,
        request: str,
        typed_at: str,
        stored: str,
    ) -> Draft:
        rows, lost = self._opened(id_, stored)
        return Draft(
            request,
            as_instant(typed_at),
            rows,
            lost,
        )

    def _sealed(
        self,
        id_: int,
        row_id: str,
        row: KeptRow,
    ) -> dict[str, str]:
        """Return a row's texts as the file keeps them, those of sealed columns sealed."""
        texts = dict(row.texts)
        for name in self._sealed_names() & texts.keys():
            place = Place(
                _TABLE,
                id_,
                f"{row_id}.{name}",
            )
            texts[name] = seal(
                self._office.seals.key_to_write(),
                place,
                texts[name],
            )
        return texts

    def _opened(self, id_: int, stored: str) -> tuple[dict[str, KeptRow], int]:
        """Return the rows of a stored text, and how many cells of them do not open."""
        import json

        sealed = self._sealed_names()
        rows, lost = {}, 0
        for row_id, row in json.loads(stored).items():
            texts = dict(row["texts"])
            for name in sealed & texts.keys():
                place = Place(
                    _TABLE,
                    id_,
                    f"{row_id}.{name}",
                )
                try:
                    texts[name] = unseal(
                        self._key(texts[name]),
                        place,
                        texts[name],
                    )
                # The other cells are offered all the same; the file keeps this one as it is.
                except (Altered, NoKey):
                    del texts[name]
                    lost += 1
            of = tuple((key, number) for key, number in row.get("of", ()))
            rows[row_id] = KeptRow(texts, row["seen"], of)
        return rows, lost

    def _key(self, token: str) -> SealKey | None:
        """Return the key of a sealed cell; None where it is not here."""
        mark = mark_of(token)
        for key in self._office.seals.ring.keys:
            if key.mark == mark:
                return key
        return None

    def _sealed_names(self) -> set[str]:
        columns = self._sheet.columns_of(self._office)
        return {column.name for column in columns if column.field.sealed}


def draft_notes(office: Office, key: str) -> list[DraftNote]:
    """Return everybody's drafts of the sheets with a key, the latest first: who, when, how many rows."""
    with office.lifted():
        rows = office.rows(_NOTES, key)
    return [
        DraftNote(person, subject, as_instant(at), count) for person, subject, at, count in rows
    ]
