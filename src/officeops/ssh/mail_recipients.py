"""Mail from cron: whether a mail program sends it, and whether its recipients are users.

The office itself is not opened.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final

from officeops.ssh.file_reading import read_rows
from officeops.ssh.finding import Finding, note

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

#: The program that cron hands mail to; Debian's mail programs install themselves under this name.
SENDMAIL: Final = "/usr/sbin/sendmail"


def mail_finding(recipients: Collection[str]) -> Finding:
    """Check that somebody gets the mail of cron's jobs.

    An office may do without, but not unknowingly.
    """
    if not shutil.which(SENDMAIL):
        return note(
            f"there is no mail program ({SENDMAIL}), so cron drops what its jobs say",
            "apt-get install -y msmtp-mta, with the settings in docs/how-to/serve-over-ssh.md",
        )
    if not recipients:
        return note("no one gets mail about due items", "give --mail LOGIN=ADDRESS")
    return note(f"cron mails what its jobs say, by {SENDMAIL}")


def recipient_findings(database: str, logins: Collection[str]) -> Iterator[Finding]:
    """Check that the recipients are users: for anyone else, cron's line is refused each day."""
    if not logins:
        return
    unknown = strangers(database, logins)
    if unknown is None:
        names = " and ".join(logins)
        yield note(
            f"whether {names} are users of the office was not looked up: it cannot be read",
            "officeops access list shows the users",
        )
        return
    for login in unknown:
        refused = f"so the line of cron for {login} is refused"
        yield note(
            f"{login}, who is to be mailed, is no user of the office, {refused}",
            f"officeops access add {login} --role ROLE",
        )


def strangers(path: str, logins: Iterable[str]) -> list[str] | None:
    """Return the logins that are no user's in an office's file; None where it cannot be read."""
    rows = read_rows(path, "SELECT login FROM core_user WHERE archived_at IS NULL")
    if rows is None:
        return None
    users = {login for (login,) in rows}
    return [login for login in logins if login not in users]
