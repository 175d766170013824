"""`officeops access install`, and the two commands that sshd runs: `authorized-keys` and `gate`."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, Final

import click

from officeops.cli.context import Run, run_of
from officeops.cli.group import example
from officeops.cli.output import say
from officeops.model.errors import Refused, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops.office.office import Office
    from officeops.ssh.finding import Finding
    from officeops.ssh.gate import Arrival
    from officeops.ssh.sshd_config import Served

NOBODYS: Final = (
    "this key belongs to no user of this office. A manager can add it: officeops access add"
)
#: The public half of a key whose owner is a user.
_PUBLIC: Final = (
    "SELECT k.public FROM core_ssh_key k JOIN core_user u ON u.id = k.user_id "
    "WHERE k.fingerprint = ? AND k.archived_at IS NULL AND u.archived_at IS NULL"
)
#: Seconds after the longest session in which the interface can say so and close by itself.
_GRACE: Final = 60
_FINGERPRINT: Final = re.compile(r"SHA256:[A-Za-z0-9+/]{43}")
#: A login and an address, without any sign that means something else in a crontab.
_MAILED: Final = re.compile(
    r"([a-z][a-z0-9_-]{0,31})=([A-Za-z0-9][A-Za-z0-9._+-]*@[A-Za-z0-9][A-Za-z0-9.-]*)"
)


@example("office SHA256:n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg")
@click.command("authorized-keys", hidden=True)
@click.argument("account")
@click.argument("fingerprint")
@click.pass_context
def authorized_keys(
    ctx: click.Context,
    account: str,
    fingerprint: str,
) -> None:
    """Print the line that admits a key, or nothing: sshd asks for each key that it is offered.

    Nobody has logged in yet, and anybody may offer a key: this opens no office.
    """
    # Only SHA256 fingerprints are stored; sshd may be set to others.
    if not _FINGERPRINT.fullmatch(fingerprint):
        return
    from officeops.ssh.file_reading import read_rows
    from officeops.ssh.sshd_config import authorized_line

    run = run_of(ctx)
    rows = read_rows(run.path, _PUBLIC, fingerprint)
    if rows is None:
        raise Refused(f"{run.path} cannot be read, so nobody can log in.", code="unreadable")
    for (public,) in rows:
        click.echo(authorized_line(_served(run, account), fingerprint, public))


@example("--key SHA256:n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg")
@click.command(hidden=True)
@click.option("--key", required=True)
@click.pass_context
def gate(ctx: click.Context, key: str) -> int:
    """Serve the owner of a key: the interface on a terminal, or the one command they sent."""
    from pwd import getpwuid

    from officeops.ssh.gate import arrive, end_with_parent
    from officeops.store.interruption import SIGHUP, SIGTERM, disarm

    if not _FINGERPRINT.fullmatch(key):
        raise Refused(NOBODYS, code="unknown-key")
    # Once the connection is dropped nobody reads a last sentence: the process ends at once, and an
    # open transaction is rolled back.
    disarm(SIGHUP, SIGTERM)
    end_with_parent()
    # Files that a command writes are for the account alone.
    os.umask(0o077)
    os.chdir("/")
    arrival = arrive(os.environb, getpwuid(os.getuid()).pw_dir)
    # The outer run is the account's own; the inner one is the person's, limited to their roles.
    outer = run_of(ctx)
    inner = Run(outer.db, outer.config)
    inner.user, inner.gated, inner.peer = _whose(outer, key, arrival), True, arrival.peer
    inner.ssh_key = key
    inner.share(outer)
    if arrival.command:
        # The interface begins with Today, which shows it.
        _say_grants(outer.office(), inner.user)
    outer.close()
    return _serve(inner, arrival)


def _say_grants(office: Office, login: str) -> None:
    """Say which keys and roles others gave a person, until that person has seen it."""
    from officeops.office.granted_access import sentence_of, unseen_grants

    if grants := unseen_grants(office, login):
        say(f"{sentence_of(grants)}. `officeops today` has it until you mark it as seen.")


def _whose(
    run: Run,
    key: str,
    arrival: Arrival,
) -> str:
    """Return the login a key belongs to, and keep the day of this log-in.

    Raises Refused where it is nobody's, or not the key that the client proved to sshd, and
    Forbidden where it, or its owner, logs nobody in today.
    """
    from officeops.access.identity import Who, key_fault, person, refusal_of
    from officeops.access.log_ins import keep_log_in
    from officeops.access.ssh_keys import by_fingerprint, fingerprint

    office = run.office()
    user = by_fingerprint(office, key)
    if user is None or (arrival.proved and key not in map(fingerprint, arrival.proved)):
        raise Refused(NOBODYS, code="unknown-key")
    if why := key_fault(office, key, user.login):
        raise refusal_of(Who(user.login, known=False, why_out=why))
    person(office, user.login)
    keep_log_in(office, user.login, key)
    return user.login


def _serve(run: Run, arrival: Arrival) -> int:
    from officeops.cli import run as run_line
    from officeops.ssh.config import AccessSettings
    from officeops.ssh.gate import end_after, words
    from officeops.ssh.sessions import enter, leave

    end_after(3600 * run.machine.table("access", AccessSettings).longest_hours + _GRACE)
    line = [] if arrival.command is None else words(arrival.command)
    if not line:
        return run_line([], run)
    _guard_input()
    # Listed by `officeops who` while it runs, with its first word only: the rest may be private.
    session = enter(run.path, run.user, run.peer, line[0][:60], run.ssh_key)
    try:
        return run_line(line, run)
    finally:
        leave(run.path, session)


def _guard_input() -> None:
    """Make standard input end only when the client ends it.

    A connection that drops in the middle of a file ends it too, and half a file would be imported.
    """
    import io

    from officeops.ssh.gate import WholeInput

    if not os.isatty(0):
        sys.stdin = io.TextIOWrapper(io.BufferedReader(WholeInput(), 1 << 16), encoding="utf-8")


def _served(run: Run, account: str) -> Served:
    from officeops.ssh.sshd_config import Served, this_program

    config = os.path.abspath(run.config) if run.config else None
    return Served(account, this_program(), os.path.abspath(run.path), config)


@example("--mail ann=ann@example.org")
@click.command(short_help="Check the set-up for SSH, and print the commands for it.")
@click.option(
    "--account",
    default="officeops",
    show_default=True,
    help="The account people log in to.",
)
@click.option(
    "--etc",
    default="/etc",
    show_default=True,
    metavar="DIR",
    help="Where sshd and cron read their settings.",
)
@click.option(
    "--script",
    default="/usr/local/lib/officeops/authorized-keys",
    show_default=True,
    metavar="FILE",
    help="The path of the script that sshd asks for keys.",
)
@click.option(
    "--mail",
    "mailed",
    multiple=True,
    metavar="LOGIN=ADDRESS",
    help="Who gets mail about due items, as far as they may see them. Repeat for more people; "
    "the first one also gets errors.",
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print a JSON array of objects: what, in_order, commands.",
)
@click.pass_context
def install(
    ctx: click.Context,
    account: str,
    etc: str,
    script: str,
    mailed: tuple[str, ...],
    *,
    as_json: bool,
) -> int:
    """Check whether this machine serves the office over SSH, and print the commands that set it up.

    Nothing is run or changed. The findings go to standard error and the commands to standard
    output, so that you can save, read and run them. Ends with 1 if anything is missing; a note is
    advice. Run it as root: sshd shows its settings only to root.
    """
    from officeops.ssh.installation import Installation

    run = run_of(ctx)
    jobs = [declared for _, declared in run.plugins.registered("jobs")]
    installation = Installation(_served(run, account), etc, script, _mail(mailed), jobs)
    findings = list(installation.findings())
    if as_json:
        import json

        rows = list(map(_as_object, findings))
        click.echo(json.dumps(rows, ensure_ascii=False))
    else:
        _print(findings)
    return 0 if all(finding.in_order for finding in findings) else 1


def _as_object(finding: Finding) -> dict[str, object]:
    return {
        "what": finding.what,
        "in_order": finding.in_order,
        "commands": finding.to_do,
    }


def _print(findings: Sequence[Finding]) -> None:
    """Print the findings, then the commands that set up whatever is missing."""
    for finding in findings:
        if not finding.in_order:
            say(f"missing {finding.what}")
        elif finding.advice:
            say(f"note    {finding.what}: {finding.advice}")
        else:
            say(f"ok      {finding.what}")
    for finding in findings:
        if not finding.in_order:
            click.echo(f"# {finding.what}\n{finding.commands}\n")


def _mail(given: tuple[str, ...]) -> dict[str, str]:
    """Return the address of each login that gets mail.

    Raises UsageProblem for any other text, which might mean something else in a crontab.
    """
    addresses = {}
    for pair in given:
        match = _MAILED.fullmatch(pair)
        if match is None:
            raise UsageProblem(
                "--mail needs a login and an address, such as ann=ann@example.org.", code="needed"
            )
        addresses[match[1]] = match[2]
    return addresses


COMMANDS: tuple[click.Command, ...] = (install, authorized_keys, gate)
