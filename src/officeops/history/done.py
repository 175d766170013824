"""Done: a recorded action, and which actions are taken back now."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from officeops.model.immutable import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.store.stored_office import StoredOffice


#: Actions that no undo takes back: an office's beginning, its upgrades, restores and
#: destructions, and the records of who saw a value; and PINs and drafts, which no history has.
LASTING = (
    "core.init",
    "core.migrate",
    "core.restore",
    "core.purge",
    "core.draft",
    "core.key",
    "core.due.seen",
    "core.pin",
    "core.user.clear-pin",
    "core.seal",
    "demo.",
)

UNDO = "core.undo"

REDO = "core.redo"

#: Actions looked at together on the way back through the history, at most.
_PIECE = 64

#: SQL of the actions that take another one back, and of the number of that one. Letter for letter
#: those of the index `core_action_taken_back`, or SQLite would read the whole history.
TAKES_BACK = "verb IN ('core.undo', 'core.redo')"
TAKEN_BACK = "iif(json_valid(arguments), json_extract(arguments, '$.of'), NULL)"


class Done(Value):
    """A recorded action: its id, who did what and when, and the range of its changes' ids."""

    id: int
    actor: str
    at: str
    verb: str
    arguments: str
    first: int
    last: int

    @property
    def of(self) -> int:
        """The action that an undo or a redo took back; 0 for others, and after a purge."""
        if self.verb not in {UNDO, REDO} or not self.arguments:
            return 0
        return int(json.loads(self.arguments)["of"])

    @property
    def lasting(self) -> bool:
        """Whether it is of a kind that is not taken back."""
        return self.verb.startswith(LASTING)


_DONE = """
SELECT id, actor, at, verb, ifnull(arguments, ''), first_change,
    ifnull(
        (SELECT n.first_change FROM core_action n WHERE n.id > a.id ORDER BY n.id LIMIT 1),
        9223372036854775807
    ) - 1
FROM core_action a
"""


class Undone:
    """The actions that are undone now, asked one by one: a long history has many.

    An undo that was itself undone does not count, nor does the action `but`.
    """

    def __init__(self, office: StoredOffice, *, but: int | None = None) -> None:
        self._office = office
        self._but = but

    def __contains__(self, action_id: int) -> bool:
        """Whether an action was taken back by an undo or a redo that counts."""
        sql = f"SELECT id FROM core_action WHERE {TAKES_BACK} AND {TAKEN_BACK} = ?"
        takers = [taker for (taker,) in self._office.rows(sql, action_id)]
        return any(taker != self._but and taker not in self for taker in takers)


class StandingSince:
    """The later actions that are not undone, and can be; looked up when asked.

    With `undos`, the undos and redos of older actions count too: the first undone may be redone
    last.
    """

    def __init__(
        self,
        office: StoredOffice,
        action_id: int,
        *,
        undos: bool = False,
    ) -> None:
        self._office = office
        self._since = action_id
        self._undos = undos
        self._undone = Undone(office)
        self._verbs: dict[int, str] = {}

    def __bool__(self) -> bool:
        """Whether there is any."""
        return any(self._counts(done) for done in newest(self._office, "id > ?", self._since))

    def verb(self, action_id: int) -> str:
        """Return the verb of an action that is one of these; blank for any other."""
        if action_id not in self._verbs:
            done = next(newest(self._office, "id = ?", action_id), None)
            self._verbs[action_id] = done.verb if done and self._counts(done) else ""
        return self._verbs[action_id]

    def _counts(self, done: Done) -> bool:
        if done.id <= self._since or done.lasting or done.id in self._undone:
            return False
        if done.verb in {UNDO, REDO}:
            return self._undos and done.of < self._since
        return True


def newest(office: StoredOffice, where: str, *values: object) -> Iterator[Done]:
    """Yield actions, the newest first, piece by piece: most are never looked at."""
    # The one that is wanted is most often the first. A whole piece may take all of a long history.
    before, piece = 2**63 - 1, 1
    while rows := office.rows(
        f"{_DONE} WHERE id < ? AND ({where}) ORDER BY id DESC LIMIT {piece}", before, *values
    ):
        yield from (Done(*row) for row in rows)
        before, piece = rows[-1][0], min(4 * piece, _PIECE)
