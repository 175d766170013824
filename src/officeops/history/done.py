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

#: Actions looked at together on the way back through the history.
_PIECE = 50


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


def undone(office: StoredOffice, *, but: int | None = None) -> set[int]:
    """Return the ids of the actions that are undone now.

    An undo that was itself undone does not count, nor does the action `but`.
    """
    undone_ids: set[int] = set()
    for done in newest(office, "verb IN (?, ?)", UNDO, REDO):
        if done.id not in undone_ids and done.id != but:
            undone_ids.add(done.of)
    return undone_ids


def standing_since(
    office: StoredOffice,
    action_id: int,
    *,
    undos: bool = False,
) -> dict[int, str]:
    """Return the later actions that are not undone, and can be, each with its verb.

    With `undos`, the undos and redos of older actions count too: the first undone may be redone
    last.
    """
    undone_ids = undone(office)
    sql = "SELECT id, verb FROM core_action WHERE id > ? AND verb NOT IN (?, ?)"
    verbs = {
        later_id: verb
        for later_id, verb in office.rows(sql, action_id, UNDO, REDO)
        if later_id not in undone_ids and not verb.startswith(LASTING)
    }
    if not undos:
        return verbs
    for done in newest(office, "id > ? AND verb IN (?, ?)", action_id, UNDO, REDO):
        if done.id not in undone_ids and done.of < action_id:
            verbs[done.id] = done.verb
    return verbs


def newest(office: StoredOffice, where: str, *values: object) -> Iterator[Done]:
    """Yield actions, the newest first, piece by piece: most are never looked at."""
    before = 2**63 - 1
    while rows := office.rows(
        f"{_DONE} WHERE id < ? AND ({where}) ORDER BY id DESC LIMIT {_PIECE}", before, *values
    ):
        yield from (Done(*row) for row in rows)
        before = rows[-1][0]
