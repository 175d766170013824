"""Granted access: the SSH keys and roles that another person gave somebody, until that one has seen it.

A key acts in the name of its owner, and a manager may add one to anybody below: the owner must
learn of it, from somewhere that the giver does not reach.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from officeops.model.due import Due
from officeops.model.errors import Refused
from officeops.model.immutable import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops.model.office import Office
    from officeops.store.stored_office import StoredOffice

#: The beginning of the key of the due item.
PREFIX: Final = "core.access:"
#: The last change of each key and role that a person has, where somebody else made it. Those of the
#: action that made the person a user are left out: they came in by them.
_GRANTED: Final = """
SELECT max(c.id), a.actor, a.at, CASE c.record WHEN 'core_membership' THEN 'the role '
    || (SELECT role FROM core_membership WHERE id = c.record_id) ELSE 'the SSH key '
    || (SELECT fingerprint FROM core_ssh_key WHERE id = c.record_id) END,
    (SELECT fingerprint FROM core_ssh_key WHERE c.record = 'core_ssh_key' AND id = c.record_id)
FROM (
    SELECT 'core_ssh_key' AS record, id FROM core_ssh_key
    WHERE user_id = ?1 AND archived_at IS NULL
    UNION ALL SELECT 'core_membership', id FROM core_membership
    WHERE user_id = ?1 AND archived_at IS NULL
) g
JOIN core_change c ON c.record = g.record AND c.record_id = g.id
JOIN core_action a ON a.id = c.action_id
WHERE a.actor <> ?2 AND NOT EXISTS (
    SELECT 1 FROM core_change u WHERE u.record = 'core_user' AND u.record_id = ?1
    AND u.action_id = a.id AND u.before IS NULL
)
GROUP BY c.record, c.record_id
ORDER BY 1
"""
#: The changes up to which the person has seen all of it.
_SEEN: Final = """
SELECT max(CAST(substr(due_key, ?) AS INTEGER)) FROM core_due_note
WHERE person = ? AND due_key GLOB ? AND seen_at IS NOT NULL AND archived_at IS NULL
"""
_OTHER_KEYS: Final = """
SELECT 1 FROM core_ssh_key WHERE user_id = ? AND archived_at IS NULL AND fingerprint <> ?
"""


class Grant(Value):
    """A key or role that somebody gave: its change, who gave it and when, in words, and the key."""

    change: int
    giver: str
    at: str
    words: str
    fingerprint: str | None


def unseen_grants(office: Office, login: str) -> list[Grant]:
    """Return what others gave a user and they have not seen, the oldest first. Called unguarded."""
    sql = "SELECT id FROM core_user WHERE login = ? AND archived_at IS NULL"
    user = office.value(sql, login)
    if user is None:
        return []
    prefix = f"{PREFIX}{login}:"
    seen = office.value(_SEEN, len(prefix) + 1, login, f"{prefix}*") or 0
    grants = [Grant(*row) for row in office.rows(_GRANTED, user, login)]
    return [grant for grant in grants if grant.change > seen]


def sentence_of(grants: Sequence[Grant]) -> str:
    """Name the keys and roles, and who gave them."""
    by_giver: dict[str, list[str]] = {}
    for grant in grants:
        by_giver.setdefault(grant.giver, []).append(grant.words)
    given = "; ".join(f"{giver} gave you {', '.join(words)}" for giver, words in by_giver.items())
    return f"{given}. If you did not ask for it, tell an owner now"


def due_grants(office: Office) -> list[Due]:
    """Return the due item of the acting person's grants, which they alone see; none without any."""
    with office.lifted():
        grants = unseen_grants(office, office.actor)
    if not grants:
        return []
    newest = grants[-1]
    return [
        Due(
            key=f"{PREFIX}{office.actor}:{newest.change}",
            on=office.ways.day_of(datetime.fromisoformat(newest.at)),
            what=sentence_of(grants),
            severity="legal",
            owner=office.actor,
            action="mark it as seen",
        )
    ]


def refuse_own_key(office: StoredOffice, keys: Sequence[str]) -> None:
    """Raise Refused where somebody who came by a new key says that its owner has seen it.

    A person whose only key it is has no other way to say so.
    """
    fingerprint = office.ssh_key
    if not fingerprint or not any(key.startswith(PREFIX) for key in keys):
        return
    with office.lifted():
        grants = unseen_grants(office, office.actor)
        sql = "SELECT id FROM core_user WHERE login = ? AND archived_at IS NULL"
        user = office.value(sql, office.actor)
        has_other = bool(office.value(_OTHER_KEYS, user, fingerprint))
    if has_other and any(grant.fingerprint == fingerprint for grant in grants):
        why = "a new SSH key does not confirm itself; log in with a key that you had before"
        raise Refused(why, code="same-person")
