"""The records of access: users, their keys and roles, and the roles an office makes for itself."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the kind of a field
from typing import TYPE_CHECKING, ClassVar

from officeops.model.fields import computed, field, ref
from officeops.model.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops.model.errors import Problem
    from officeops.model.fields import Field
    from officeops.model.office import Office

#: Sorted in a query of its own, since group_concat takes the rows as they come.
_ROLES = (
    "(SELECT group_concat(m.role, ', ') FROM (SELECT role FROM core_membership "
    "WHERE user_id = t.id AND archived_at IS NULL ORDER BY role) m)"
)
_LAST_LOGIN = "(SELECT max(day) FROM core_login WHERE login = t.login)"
_LAST_USED = "(SELECT max(day) FROM core_login WHERE key = t.fingerprint)"
#: A key that was in use rests for a quarter; one that never was is a mistake, or lost on its way. What
#: was used before log-ins were kept counts from then on.
UNUSED = (
    "(ifnull((SELECT date(max(day), '+90 day') FROM core_login WHERE key = t.fingerprint), "
    "(SELECT date(max(day, ifnull(t.added_on, '')), '+14 day') FROM core_login WHERE login = '')) "
    "< office_today())"
)
_KEYS = "(SELECT count(*) FROM core_ssh_key k WHERE k.user_id = t.id AND k.archived_at IS NULL)"


class User(Record, key="core.user", group="Administration", display="login", actions_only=True):
    """A person who may log in."""

    added_by = "officeops add-user"
    page = "officeops.access.holdings:user_page"

    login: str = field(
        example="ann",
        unique=True,
        search=True,
        list_rank=1,
        help="Short name: letters, digits, - and _",
    )
    full_name: str | None = field(default=None, search=True, list_rank=2)
    place_id: int | None = ref(
        "core.location",
        default=None,
        managed=True,
        indexed=False,
        label="Shared at",
        list_rank=4,
        help="Where several people share this login; each entry asks for a name and PIN",
    )
    until: date | None = field(
        default=None,
        managed=True,
        list_rank=5,
        label="Access until",
        help="The last day on which they may log in",
    )
    away_from: date | None = field(
        default=None, managed=True, list_rank=6, help="The first day of a leave of absence"
    )
    back_on: date | None = field(
        default=None, managed=True, list_rank=6, help="The day on which they may log in again"
    )

    computed: ClassVar[tuple[Field, ...]] = (
        computed("roles", _ROLES, kind="text", list_rank=1),
        computed("keys", _KEYS, kind="number", label="SSH keys", list_rank=3),
        computed("last_login", _LAST_LOGIN, kind="date", label="Last log-in", list_rank=5),
    )


class Membership(
    Record,
    key="core.membership",
    commandless=True,
    label="Role held",
    plural="Roles held",
    display="role",
    actions_only=True,
    unique_together=(("user_id", "role"),),
):
    """A role that a person has."""

    user_id: int = ref("core.user", list_rank=1)
    role: str = field(list_rank=1)
    until: date | None = field(
        default=None, managed=True, list_rank=2, help="The last day on which they have the role"
    )

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse a role there is none of, and one that reaches further than who gives it."""
        from officeops.access.roles import not_above

        yield from not_above(office, self.role)


class SshKey(
    Record,
    key="core.ssh-key",
    group="Administration",
    label="SSH key",
    display="fingerprint",
    actions_only=True,
):
    """A key with which a person logs in over SSH."""

    added_by = "officeops user add-key"

    user_id: int = ref("core.user", list_rank=1)
    fingerprint: str = field(unique=True, list_rank=2, help="SHA256:… as ssh-keygen -l prints it")
    public: str = field(hidden=True, help="Type and key, as in a .pub file")
    comment: str | None = field(default=None, list_rank=3)
    added_on: date | None = field(default=None, managed=True, list_rank=4)
    until: date | None = field(
        default=None, managed=True, list_rank=4, help="The last day on which it logs anybody in"
    )

    computed: ClassVar[tuple[Field, ...]] = (
        computed("last_used", _LAST_USED, kind="date", list_rank=3),
        computed("unused", UNUSED, kind="yes_no", list_rank=4),
    )


class Role(Record, key="core.role", group="Administration", display="name", actions_only=True):
    """A role that this office made, beside the built-in ones."""

    added_by = "officeops access role"

    name: str = field(example="front-desk", unique=True, list_rank=1)
    note: str | None = field(default=None, list_rank=3)

    computed: ClassVar[tuple[Field, ...]] = (
        computed(
            "reach",
            "(SELECT group_concat(g.pattern, ' ') FROM (SELECT pattern FROM core_grant "
            "WHERE role = t.name AND archived_at IS NULL ORDER BY pattern) g)",
            kind="text",
            list_rank=2,
        ),
    )


class Grant(
    Record,
    key="core.grant",
    commandless=True,
    group="Administration",
    display="pattern",
    actions_only=True,
    unique_together=(("role", "pattern"),),
):
    """A grant of an office's own role: a permission, a prefix such as `inventory.*`, or a level."""

    role: str = field(list_rank=1)
    pattern: str = field(list_rank=2)


RECORDS: tuple[type[Record], ...] = (User, Membership, SshKey, Role, Grant)
