"""Checks of access: keys that nobody uses, and mail of cron to people who are gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.access.cron_mail import CRONTAB, mailed_logins
from officeops.access.records import UNUSED
from officeops.selfcheck.finding import Finding
from officeops.values.wording import count, listing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.office.office import Office
#: The keys of today's users that nobody uses.
_UNUSED: Final = (
    "SELECT u.login, t.fingerprint FROM core_ssh_key t JOIN core_user u ON u.id = t.user_id "
    f"WHERE t.archived_at IS NULL AND u.archived_at IS NULL AND {UNUSED} ORDER BY u.login, t.id"
)


def key_findings(office: Office) -> Iterator[Finding]:
    """Name the SSH keys that nobody has used for long, or ever, to a person who sees the users."""
    if not office.may("core.ssh-key.view"):
        return
    lines = office.rows(_UNUSED)
    if lines:
        names = listing([f"{login} ({fingerprint})" for login, fingerprint in lines])
        what = f"{count(len(lines), 'SSH key')} that nobody uses: {names}."
        cure = "`officeops ssh-key list --view unused`; `officeops ssh-key remove FINGERPRINT`."
        yield Finding("access", "key-unused", "note", what, cure)
    else:
        yield Finding("access", "key-unused", "ok", "Every SSH key is in use, or new.")


def mail_findings(office: Office) -> Iterator[Finding]:
    """Name the people whom cron mails though they are no users any more."""
    users = {
        login for (login,) in office.rows("SELECT login FROM core_user WHERE archived_at IS NULL")
    }
    gone = [login for login in mailed_logins() if login not in users]
    if gone and users:
        what = f"Cron mails {listing(gone)}, no user of this office ({CRONTAB})."
        cure = "As root: `officeops access install` with another --mail."
        yield Finding("access", "mail-former-user", "warning", what, cure)
