"""Access now: one line for each login with its roles, and for each person's open access."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Query

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops import Office

#: Each login with its person; one of nobody is the first to ask about.
_LOGINS: Final = """
SELECT u.login, ifnull(p.name, ifnull(u.full_name, 'nobody here')), (
    SELECT group_concat(m.role, ', ') FROM (SELECT role FROM core_membership
    WHERE user_id = u.id AND archived_at IS NULL ORDER BY role) m)
FROM core_user u LEFT JOIN hr_person p ON p.user_id = u.id AND p.archived_at IS NULL
WHERE u.archived_at IS NULL ORDER BY u.login
"""
_GRANTS: Final = """
SELECT p.name, g.sort, g.name, ifnull(g.detail, ''), g.given_on FROM hr_access_grant g
JOIN hr_person p ON p.id = g.person_id
WHERE g.archived_at IS NULL AND g.taken_back_on IS NULL ORDER BY p.name, g.sort, g.name, g.id
"""


_UNUSED: Final = Query("unused=yes")


def access_now(office: Office) -> list[str]:
    """Return the access that people have today, a line for each login and each grant."""
    lines = []
    for login, name, roles in office.rows(_LOGINS):
        lines.append(f"login {login} ({name}): {roles or 'no role'}")
    lines += _unused_keys(office)
    for name, sort, what, detail, given_on in office.rows(_GRANTS):
        words = f"{what} {detail}".strip()
        lines.append(f"{sort} {words}: {name}, since {given_on}")
    return lines


def _unused_keys(office: Office) -> Iterator[str]:
    """Yield a line for each SSH key that nobody uses; none for a person who may not see keys."""
    if not office.may("core.ssh-key.view"):
        return
    key = office.record("core.ssh-key")
    columns = [key.meta.by_name[name] for name in ("user_id", "fingerprint", "last_used")]
    for _, login, fingerprint, last in office.select(key, columns, _UNUSED):
        used = f"not used since {last}" if last else "never used"
        yield f"SSH key {fingerprint} of {login}: {used}"


def differences(before: Iterable[str], now: Iterable[str]) -> list[str]:
    """Return the lines that are new (+) and those that are gone (-), in the order of the lists."""
    # Sets would lose the order in which people read them.
    old, new = list(before), list(now)
    gone = [f"- {line}" for line in old if line not in set(new)]
    return [*gone, *(f"+ {line}" for line in new if line not in set(old))]
