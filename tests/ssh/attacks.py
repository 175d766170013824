"""What somebody with a key may try over a real sshd: the table of tries, by what they are after.

A try is one login with one line. None may print a secret, change who may do what, write a value that
the person may not set, make a file on the server, or end in a trace.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Sealed values of P-1 as they were typed; `leaks` looks for each.
SSN, BANK, BORN, PAY = "219-09-9999", "021000021 99887766", "1961-07-03", "8124.37"
SECRETS = (SSN, "219099999", "99887766", BORN, PAY, "812437", "8,124.37")
FIELDS = ("ssn", "ssn-last-four", "born-on", "bank-account", "ssn_index", "amount")
#: Who tries. A manager may run the office, and sees none of these values.
LOW = ("cal", "dee")
ALL = ("ann", *LOW)


class Try(NamedTuple):
    """One login: by whose key, with which line, options of ssh, environment and input."""

    goal: str
    login: str
    line: str
    options: tuple[str, ...] = ()
    env: tuple[tuple[str, str], ...] = ()
    given: str = ""


def _reading() -> Iterator[Try]:
    kinds = ("person", "pay")
    lines = (
        "{kind} list --where {field}={value}", "{kind} list --where '{field}>0' --json", "{kind} list --sort {field}", "{kind} list --columns {field} --csv",
        "{kind} list '{field}={value}'", "{kind} show 1 --reveal {field}", "{kind} export - --columns {field}", "{kind} export - --where {field}~{value} --format json",
        "{kind} history 1 --json", "{kind} search {value}", "{kind} list --where 'not {field}=1' --limit 0", "{kind} edit 1 --{field} - --dry-run", "{kind} list --where {field}={value} --archived",
    )  # fmt: skip
    values = {"ssn": SSN, "born-on": BORN, "amount": PAY}
    for login, kind, field, line in product(ALL, kinds, FIELDS, lines):
        value = values.get(field, "2")
        yield Try("read", login, line.format(kind=kind, field=field, value=value))
    for login, number in product(ALL, range(1, 25)):
        yield Try("read", login, f"undo {number} --dry-run")
        yield Try("read", login, f"history --json --limit {number}")
    for login in ALL:
        yield Try("read", login, "seal readings --json")
        yield Try("read", login, "history --what hr.pay --json")
        yield Try("read", login, "person export -")
        yield Try("read", login, "report list")


def _writing() -> Iterator[Try]:
    for login, field in product(LOW, FIELDS):
        yield Try("write", login, f"pay edit 1 --{field} 1")
        yield Try("write", login, f"person edit P-1 --{field} 1")
        for name in ("id,version", "number,archived_at", "name"):
            text = f"{name},{field}\n1,1,1\n"
            yield Try("write", login, "pay import - --update", given=text)
            yield Try("write", login, "person import - --update --key name", given=text)


def _climbing() -> Iterator[Try]:
    own = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINpDgmihnn2HiUxy7XBssNY3Ls1FWNrHVBSBrS3AtFgg x"
    lines = (
        "access grant {login} owner", "access grant {login} hr", "access add eve --role owner", "access add {login} --role owner",
        "access role mine sensitive", "access role mine 'hr.*' --despite", "access role mine --like owner", "role grant desk --pattern sensitive --despite",
        "user add-key own --public '{own}'", "user grant-role {login} --role owner", "access revoke own owner --despite", "access deactivate own --despite",
        "access install", "access gate --key SHA256:x", "access authorized-keys -- root SHA256:x", "user clear-pin own", "user share {login} --place 1",
        "undo 1", "redo 1", "purge --yes", "seal sheet", "seal rotate", "seal recover", "history accept 1", "plugins enable evil", "plugins disable hr",
        "settings edit --currency EUR", "backup restore latest --live --yes", "backup make --to /tmp", "init --name Mine", "demo", "dataset load leie -",
    )  # fmt: skip
    for login, line in product(LOW, lines):
        yield Try("climb", login, line.format(login=login, own=own))
    for line in (*lines[:1], *lines[2:8], *lines[8:9], *lines[10:12]):
        yield Try("climb", "ann", line.format(login="ann", own=own))


def _escaping(marker: str) -> Iterator[Try]:
    made = f"touch {marker}"
    ends = (f"; {made}", f"&& {made}", f"| {made}", f"$({made})", f"`{made}`", f"> {marker}", f"\n{made}", f"' ; {made} ; '", f"--output {marker}", f"--db {marker}")  # fmt: skip
    for login, word, end in product(
        LOW, ("today", "item list", "person export -", "help", "--version", ""), ends
    ):
        yield Try("escape", login, f"{word} {end}")
    shells = ("bash", "sh -c id", "/bin/sh", "python3 -c 1", "scp -f /etc/passwd", "sftp-server", "internal-sftp", "rsync --server . /", "git-upload-pack x", "env", "cat /etc/passwd")  # fmt: skip
    for login, line in product(LOW, shells):
        yield Try("escape", login, line)
        yield Try("escape", login, line, options=("-tt",))
    for login, path in product(
        LOW,
        (
            "/etc/passwd",
            "../../etc/shadow",
            "office.db",
            "/proc/self/environ",
            "file:///etc/passwd",
        ),
    ):
        for line in (
            "item import {}",
            "item export {}",
            "attachment show {}",
            "dataset load leie {}",
            "item list --output {}",
        ):
            yield Try("escape", login, line.format(path))


def _around() -> Iterator[Try]:
    names = ("PYTHONPATH", "PYTHONSTARTUP", "LD_PRELOAD", "TEXTUAL_DRIVER", "OFFICEOPS_DB", "OFFICEOPS_PLUGINS", "_OFFICEOPS_COMPLETE", "XDG_CONFIG_HOME", "TERMINFO", "COLUMNS", "LC_ALL")  # fmt: skip
    for login, name, value in product(LOW, names, ("/srv/evil", "bash_source", "65535")):
        yield Try("around", login, "today", options=(f"-oSetEnv={name}={value}",))
    for login, term in product(LOW, ("../../etc/passwd", "xterm;id", "$(id)", "x" * 5000, "")):
        yield Try("around", login, "today", options=("-tt",), env=(("TERM", term),))
    for login, options in product(
        LOW,
        (
            ("-s",),
            ("-W", "127.0.0.1:22"),
            ("-A",),
            ("-X",),
            ("-oRequestTTY=force", "-s"),
        ),
    ):
        yield Try("around", login, "today", options=("-oExitOnForwardFailure=yes", *options))


def tries(marker: str) -> list[Try]:
    """Return the whole table, in an order that is always the same."""
    rows = (*_reading(), *_writing(), *_climbing(), *_escaping(marker), *_around())
    return list(dict.fromkeys(rows))


def leaks(printed: bytes, one: Try) -> list[str]:
    """Return the secrets that an answer has and the line did not, and the signs of a fault."""
    text = printed.decode(errors="replace")
    asked = one.line + one.given
    signs = ("Traceback (most", "fault in officeops", "root:x:0", "-----BEGIN")
    secrets = [secret for secret in SECRETS if secret not in asked]
    return [sign for sign in (*secrets, *signs) if sign in text]
