"""Every command answers a program that asks for JSON, or is one of those with a reason not to."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING, Final

from tests.access.matrix_commands import commands

if TYPE_CHECKING:
    from officeops.testing import Cli

#: Commands without `--json`, and why.
WITHOUT: Final = {
    "access authorized-keys": "asked by sshd, in sshd's own format",
    "access gate": "runs another command line, which has its own",
    "attachment save": "prints or writes the bytes of a file",
    "backup arrive": "its exit code is the answer, and each finding has a line",
    "backup move": "writes a file",
    "backup restore": "asks a person to confirm it at a terminal",
    "backup verify": "its exit code is the answer, and each backup has a line",
    "completion": "prints a script for a shell",
    "demo": "opens the screens of a made-up office",
    "equipment label": "draws a label, or writes sheets of them",
    "excursion text": "prints the sign that people put on a unit",
    "help": "prints help for people",
    "policy text": "prints the policy as people read and sign it",
    "review text": "prints the review as people read and sign it",
    "training-session text": "prints the sheet to sign",
    "order text": "prints the order as a vendor reads it",
    "plugins migration": "prints code for an author",
    "plugins new": "makes a folder for an author",
    "salvage": "its exit code is the answer, and each loss has a line",
    "seal recover": "asks for words from a sheet of paper",
    "seal rotate": "says how far it is, line by line",
    "seal sheet": "prints a sheet of paper",
}
#: Lines that write, in an order in which each has something to do.
WRITING: Final = """\
init --name Clinic
vendor add --name Acme
vendor archive Acme
vendor unarchive Acme
vendor hold Acme --reason Late
settings edit --phone 12
undo
redo
item add --sku A --name Gauze --reorder-point 5
item receive A --quantity 1
reorder snooze A --until +7d
access role reader core.today.view
access add ann --role reader
access grant ann clerk
access revoke ann clerk
access add desk --role clerk
access share desk Main
access unshare desk
access away desk --until +9d
access back desk
access until desk never
access deactivate ann
today seen --all
job
job reorder-draft
history accept --because nothing --yes"""


def test_every_command_takes_json_or_has_a_reason(cli: Cli) -> None:
    without = set()
    for name in commands():
        words = name.split()
        # Exports write a file in the format of its name, JSON among them.
        if words[-1] != "export" and "--json" not in cli(*words, "--help").out:
            without.add(name)
    assert without == WITHOUT.keys()


def test_what_a_command_did_is_one_whole_json_value(cli: Cli) -> None:
    for line in WRITING.splitlines():
        ran = cli(*shlex.split(line), "--json")
        assert ran.code == 0, (line, ran.err)
        answer = json.loads(ran.out)
        assert isinstance(answer, list) or {"outcome", "id"} & answer.keys(), (line, answer)


def test_a_repeat_says_in_json_that_it_is_one(cli: Cli) -> None:
    assert cli("vendor", "add", "--name", "Acme").code == 0
    first, again = [
        cli("--request-id", "r1", "vendor", "archive", "Acme", "--json").json for _ in range(2)
    ]
    assert again == {**first, "repeated": True}
    assert cli("--request-id", "r2", "undo", "--json").json.keys() == {"outcome"}
    assert cli("--request-id", "r2", "undo", "--json").json["repeated"] is True
