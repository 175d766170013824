"""Drill: restore a backup into a scratch folder and work with it, as after a disaster."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from officeops.backup.checks import inside, integrity, references
from officeops.backup.copy import folders_of, live_copy, scratch
from officeops.backup.history import bring_keys
from officeops.backup.verify import proved
from officeops.core.commands import overviews
from officeops.model.immutable import Value
from officeops.office.office import Office

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops.model.settings import Machine
    from officeops.plugins.manager import Plugins

#: The exit codes of an overview that answered: all is well, or something is due.
ANSWERED = frozenset({0, 3})
#: Seconds that one command may take.
PATIENCE = 300


class Drilled(Value):
    """The result of a drill: the backup, the seconds, the rows of each command, the problems.

    `sealed` is how many sealed values were opened with their key.
    """

    path: str
    seconds: float
    answers: dict[str, int]
    problems: list[str]
    sealed: int = 0


def drill(
    path: str,
    plugins: Plugins,
    machine: Machine,
    *,
    identity: str = "",
    live: str = "",
    options: Sequence[str] = (),
) -> Drilled:
    """Restore a backup into a scratch folder, check it, and run the overviews and reports on it.

    `options` are those of the command line, so that the commands see the same settings and
    plugins. Raises Damaged where the backup cannot be restored at all.
    """
    start = time.monotonic()
    answers: dict[str, int] = {}
    with (
        proved(path, plugins, machine, identity=identity, live=live) as (plain, _, known),
        scratch(*folders_of(live, path)) as folder,
    ):
        target = os.path.join(folder, "office.db")
        live_copy(plain, target)
        # As after a disaster on this machine: the keys are here, and only the file is lost.
        bring_keys(live, target)
        restored, sealed = _checked(target, plugins, machine)
        # The cures are for the place of the office, not for the scratch folder.
        restored = [problem.replace(target, live or path) for problem in restored]
        problems = [*known, *restored]
        for words, codes in _commands(plugins):
            problems += _run([*options, "--db", target, *words], codes, answers)
    unique = list(dict.fromkeys(problems))
    return Drilled(path, time.monotonic() - start, answers, unique, sealed)


def _checked(target: str, plugins: Plugins, machine: Machine) -> tuple[list[str], int]:
    """Return the problems of the restored office, and how many of its sealed values were opened."""
    from officeops.sealing.key_trial import trial

    with Office(target, plugins, machine) as office:
        integrity(office.store.db, target)
        opened, unopened = trial(office)
        return [*references(office.store.db), *inside(office), *unopened], opened


def _commands(plugins: Plugins) -> Iterator[tuple[list[str], frozenset[int]]]:
    """Yield the words of each overview and report, and the exit codes that are right for it."""
    for word in overviews(plugins):
        yield [word], ANSWERED
    for _, report in plugins.registered("reports"):
        yield ["report", report.name], frozenset({0})


def _run(
    words: list[str],
    codes: frozenset[int],
    answers: dict[str, int],
) -> Iterator[str]:
    """Run a command as cron would, in a process of its own; note its rows, yield its problems."""
    # Without the options, which are the same for all of them.
    name = " ".join(words[words.index("--db") + 2 :])
    command = [sys.executable, "-m", "officeops", *words, "--json"]
    try:
        ran = subprocess.run(  # noqa: S603 - ourselves
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        yield f"`officeops {name}` did not answer within {PATIENCE} s"
        return
    try:
        answers[name] = len(json.loads(ran.stdout or b"[]"))
    except ValueError:
        yield f"`officeops {name}` answered something that is no JSON"
    # A log that this office does not keep is refused in the same way before the disaster.
    if ran.returncode not in codes and not _is_not_kept(ran.stderr):
        why = ran.stderr.decode(errors="replace").strip()[:300]
        yield f"`officeops {name}` ended with {ran.returncode}: {why}"


def _is_not_kept(stderr: bytes) -> bool:
    """Whether a command was refused since this office has no such report, and for nothing else."""
    try:
        problems = json.loads(stderr)["error"]["problems"]
        return {problem["code"] for problem in problems} == {"not-allowed-here"}
    except (ValueError, KeyError, TypeError):
        return False
