"""The settings of sshd and cron for an office, for `access install` and for `config/`."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Final

from officeops.model.errors import Refused
from officeops.model.immutable import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from officeops.model.declarations import Job

#: The signs that a path may have: sshd, a shell and an authorized_keys line read it, and each of
#: them quotes in another way.
PLAIN: Final = re.compile(r"/[A-Za-z0-9_./@+-]*")
#: The answers of `sshd -T -C user=ACCOUNT`, but for the command and its account.
WANTED: Final[dict[str, str]] = {
    "authorizedkeysfile": "none",
    "authenticationmethods": "publickey",
    "passwordauthentication": "no",
    "kbdinteractiveauthentication": "no",
    "hostbasedauthentication": "no",
    "disableforwarding": "yes",
    "permituserrc": "no",
    "exposeauthinfo": "yes",
    "clientaliveinterval": "15",
    "clientalivecountmax": "3",
}
_NAMES: Final = {
    "AuthorizedKeysFile": "authorizedkeysfile",
    "AuthenticationMethods": "authenticationmethods",
    "PasswordAuthentication": "passwordauthentication",
    "KbdInteractiveAuthentication": "kbdinteractiveauthentication",
    "HostbasedAuthentication": "hostbasedauthentication",
    "DisableForwarding": "disableforwarding",
    "PermitUserRC": "permituserrc",
    "ExposeAuthInfo": "exposeauthinfo",
    "ClientAliveInterval": "clientaliveinterval",
    "ClientAliveCountMax": "clientalivecountmax",
}
#: The jobs of cron beside those of plugins: when, the command, and why.
JOBS: Final = (
    (
        "7 * * * *",
        "backup --quiet",
        "A backup every hour, thinned out by itself; silent unless something is wrong.",
    ),
    (
        "20 5 * * 0",
        "backup drill",
        "Once a week the latest is restored into a scratch folder and worked with.",
    ),
    (
        "40 5 * * *",
        "selfcheck --quiet",
        "The office, its file, this machine and the age of the last backup, before anybody comes in.",
    ),
)
#: The job for the first recipient of mail; their login follows the command. Without --for it would
#: be the list of the file's owner, who sees everything.
TODAY: Final = (
    "0 6 * * 1-5",
    "today --new --mark-seen --for",
    "What needs doing, each working morning at six: the items that they may see and have not seen.",
)
#: The same for the others: each gets their own, and those of the people without a login whom they
#: manage. The first has them all, so an item of somebody who gets no mail is mailed too.
TODAY_MINE: Final = (
    TODAY[0],
    "today --new --mine --mark-seen --for",
    "The same for the items that they see to.",
)


class Served(Value):
    """A served office: the account that people log in to, the program, the file, the settings."""

    account: str
    program: tuple[str, ...]
    database: str
    config: str | None = None

    @property
    def command(self) -> str:
        """The beginning of every command line. Raises Refused for a path that would need quotes."""
        parts = [*self.program, "--db", self.database]
        if self.config:
            parts += ["--config", self.config]
        for path in (self.program[0], self.database, self.config or "/"):
            if not PLAIN.fullmatch(path):
                raise Refused(
                    f"{path!r} cannot be in sshd's settings; "
                    "use a path of letters, digits, . _ - and /",
                    code="malformed",
                )
        return " ".join(parts)


def this_program() -> tuple[str, ...]:
    """Return the words that start this program in any environment (-I) and language (-X utf8)."""
    return (sys.executable, "-I", "-X", "utf8", "-m", "officeops")


def fragment(account: str, script: str) -> str:
    """Return the part of sshd's settings for one account."""
    rows = [f"    {name} {WANTED[key]}" for name, key in _NAMES.items()]
    return f"""\
# officeops over SSH. A login to this account gets officeops and nothing else; officeops itself says whose key is whose.
# No password, no file of keys, no forwarding, no shell. A client that is gone is noticed within 45 seconds.
Match User {account}
{rows[0]}
    AuthorizedKeysCommand {script} %u %f
    AuthorizedKeysCommandUser {account}
""" + "\n".join([*rows[1:], ""])


def script(served: Served) -> str:
    """Return the script that sshd asks for keys."""
    return f"""\
#!/bin/sh
# sshd asks this which key may log in as {served.account}: $1 is the account, $2 the fingerprint of the key that is offered.
# It belongs to root, so that no one who logs in can change the answer.
[ "$1" = {served.account} ] || exit 0
exec {served.command} access authorized-keys -- "$1" "$2"
"""


def authorized_line(
    served: Served,
    fingerprint: str,
    public: str,
) -> str:
    """Return the line of authorized_keys that admits a key, to one command."""
    return f'restrict,pty,command="exec {served.command} access gate --key {fingerprint}" {public}'


def crontab(
    served: Served,
    mail: Mapping[str, str],
    jobs: Iterable[Job] = (),
) -> str:
    """Return the file for /etc/cron.d, with the plugins' `jobs` that name a time of their own.

    `mail` are the recipients, login and address. The first one also gets the errors of all jobs and
    the whole list of due items, the others their own.
    """
    lines = [
        "# officeops from cron. Each of these commands may run twice, and says by its exit code how it went."
    ]
    if mail:
        lines.append(f"MAILTO={next(iter(mail.values()))}")
    for job in jobs:
        if job.cron:
            lines += _job(
                served,
                job.cron,
                f"job {job.name}",
                " ".join(job.help.split()),
            )
    for when, what, why in JOBS:
        lines += _job(served, when, what, why)
    when, what, why = TODAY
    for login, address in mail.items():
        # Not cron's own mail: it would mark as seen what the mail program did not take.
        lines += [*_job(served, when, f"{what} {login} --mail-to {address}", why)]
        when, what, why = TODAY_MINE
    return "\n".join([*lines, ""])


def _job(
    served: Served,
    when: str,
    what: str,
    why: str,
) -> Iterator[str]:
    yield f"# {why}"
    yield f"{when:14}{served.account} {served.command} {what}"
