"""Holdings: what a user has that a deactivation revokes, discards or leaves to others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.access.cron_mail import mailed_logins
from officeops.access.doubts import last_owner
from officeops.access.pins import digest_now
from officeops.model.page import PageLine, PageSection
from officeops.model.text_folding import folded
from officeops.values import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.access.records import User
    from officeops.model.office import Office

_DRAFTS: Final = "SELECT count(*) FROM core_draft WHERE person = ?"
_TASKS: Final = (
    "SELECT count(*) FROM core_task WHERE archived_at IS NULL AND state = 'open' "
    "AND officeops_fold(CAST(owner AS BLOB)) = ?"
)


def user_page(office: Office, user: User) -> list[PageSection]:
    """Return what deactivating a user would revoke, discard or leave; nothing of a former one."""
    if user.archived_at is not None:
        return []
    lines = list(_lines(office, user))
    return [PageSection("If you deactivate this user", lines)] if lines else []


def _lines(office: Office, user: User) -> Iterator[PageLine]:
    held = "SELECT role FROM core_membership WHERE user_id = ? AND archived_at IS NULL ORDER BY id"
    keys = "SELECT fingerprint FROM core_ssh_key WHERE user_id = ? AND archived_at IS NULL"
    roles = [role for (role,) in office.rows(held, user.id)]
    fingerprints = [fingerprint for (fingerprint,) in office.rows(keys, user.id)]
    with office.lifted():
        pin = digest_now(office, user.login)
        drafts = office.value(_DRAFTS, user.login)
    if roles:
        yield PageLine("Roles revoked", ", ".join(roles))
    if fingerprints:
        yield PageLine("SSH keys removed", ", ".join(fingerprints))
    if pin:
        yield PageLine("PIN cleared", "they sign at no shared login any more")
    if drafts:
        yield PageLine("Drafts discarded for good", f"{drafts:,}")
    for sentence in left_to_others(office, user.login):
        yield PageLine("", sentence)
    if doubt := last_owner(office, user):
        yield PageLine("", f"{doubt}.")


def left_to_others(office: Office, login: str) -> Iterator[str]:
    """Yield sentences on what still goes by a person's login once they are gone."""
    tasks = office.value(_TASKS, folded(login)) if office.may("core.task.view") else 0
    if tasks:
        count = wording.count(tasks, "open task")
        yield (
            f"{count} of {login} waits for the managers then: "
            f"`officeops task list state=open owner={login}`."
        )
    mailed = mailed_logins()
    if login in mailed:
        errors = ", the errors of all jobs included" if mailed[0] == login else ""
        yield (
            f"Cron on this machine still mails {login}{errors}: "
            "run `officeops access install` with another --mail."
        )
