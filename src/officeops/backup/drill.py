"""Drill: bring a backup back into a scratch folder and work with it, as one would have to after a disaster."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from officeops.backup.checks import inside, integrity, references
from officeops.backup.copy import scratch
from officeops.backup.history import bring_keys
from officeops.backup.restore import proved, to_new
from officeops.core.commands import overviews
from officeops.model.immutable import Value
from officeops.office.office import Office

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops.model.settings import Machine
    from officeops.plugins.manager import Plugins

#: The exit codes by which an overview gives its answer: all is well, or something is due.
ANSWERED = frozenset({0, 3})
#: Seconds one of them may take.
PATIENCE = 300


class Drilled(Value):
    """How a drill went: the backup, what it took, what was asked of the restored office, and what is wrong.

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
    """Restore a backup into a scratch folder, open it, check everything and run a few reports. Raises Damaged.

    `options` are the command line's own, so that the reports see the same settings and plugins.
    """
    start = time.monotonic()
    answers: dict[str, int] = {}
    places = [os.path.dirname(os.path.abspath(each)) for each in (live, path) if each]
    with (
        proved(path, plugins, machine, identity=identity, live=live) as (plain, _, problems),
        scratch(*places) as folder,
    ):
        target = os.path.join(folder, "office.db")
        to_new(plain, target)
        bring_keys(live, target)
        wrong, sealed = _opened(target, plugins, machine)
        found = [*problems, *wrong]
        for word, fine in _words(plugins):
            found += _run([*options, "--db", target, *word], fine, answers)
    return Drilled(path, time.monotonic() - start, answers, list(dict.fromkeys(found)), sealed)


def _opened(target: str, plugins: Plugins, machine: Machine) -> tuple[list[str], int]:
    """Return what is wrong with the restored office, and how many of its sealed values were opened to see that they do."""
    from officeops.sealing.key_trial import trial

    with Office(target, plugins, machine) as office:
        integrity(office.store.db, target)
        opened, shut = trial(office)
        return [*references(office.store.db), *inside(office), *shut], opened


def _words(plugins: Plugins) -> Iterator[tuple[list[str], frozenset[int]]]:
    """Yield the words of each command and report to run."""
    yield from (([word], ANSWERED) for word in overviews(plugins))
    yield from (
        (["report", each.name], frozenset({0})) for _, each in plugins.registered("reports")
    )


def _run(words: list[str], fine: frozenset[int], answers: dict[str, int]) -> Iterator[str]:
    """Run a command as cron would, in a process of its own; count the rows it answers."""
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
    if ran.returncode not in fine:
        yield f"`officeops {name}` ended with {ran.returncode}: {ran.stderr.decode(errors='replace').strip()[:300]}"
