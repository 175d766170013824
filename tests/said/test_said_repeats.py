"""Every command of the registry, run twice under one request id: done once, and answered both times."""

from __future__ import annotations

import json
import random
import shutil
from typing import TYPE_CHECKING

import pytest
from tests.effort import seed
from tests.said.lines import Line, lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.said.runner import Ran
    from tests.said.sweep import Bench

pytestmark = pytest.mark.usefixtures("settled")

#: Commands that write, but make or leave an office rather than work in one; each with what a repeat of it does.
NOT_IN_THE_OFFICE = {
    "demo": "makes a scratch file anew",
    "init": "is refused where a file is there",
}
#: Commands whose repeat printed nothing, or that were done twice.
ONCE_SILENT = ("count --json", "item import --json", "purge --json", "seal rotate")


def under_a_request(line: Line) -> Line:
    """The line with a request id."""
    return line._replace(words=["--request-id", "r1", *line.words])


def unanswered(office: Bench, line: Line) -> Iterator[str]:
    """Yield what is wrong with the second of two equal runs under one request id."""
    folder = office.ready(line)
    asked = under_a_request(line)
    first = office.run(asked, folder, fresh=False)
    if first.change.verbs:
        yield from _wrong(line, first, office.run(asked, folder, fresh=False))
    shutil.rmtree(folder)


def _wrong(line: Line, first: Ran, again: Ran) -> Iterator[str]:
    if again.change.verbs:
        yield f"{line.name}: it is done twice: {again.change.verbs}"
    if again.code != first.code:
        yield f"{line.name}: ends with {first.code}, then with {again.code}: {again.err[-200:]}"
    if "--json" not in line.words:
        if not (again.out or again.err):
            yield f"{line.name}: a repeat says nothing"
        return
    try:
        told = json.loads(again.out)
    except ValueError:
        yield f"{line.name}: a repeat answers {again.out!r}, which is no JSON: {again.err[-200:]}"
        return
    rows = told if isinstance(told, list) else [told]
    if not all(row.pop("repeated", False) for row in rows):
        yield f"{line.name}: a repeat cannot be told from the first time: {again.out!r}"
    if told != json.loads(first.out) and not (isinstance(told, dict) and "outcome" in told):
        yield f"{line.name}: a repeat answers {told!r}, not {first.out!r}"


def repeated() -> list[Line]:
    """Every line of the registry that can be repeated under a request id."""
    every = [line for line in lines() if "--request-id" not in line.words]
    return [line for line in every if line.name.removesuffix(" --json") not in NOT_IN_THE_OFFICE]


def test_commands_answer_a_repeat(office: Bench) -> None:
    """A sample of the commands, and those that once kept silent; `python dev.py soak` takes all."""
    drawn = random.Random(seed()).sample(repeated(), 12)
    silent = [line for line in repeated() if line.name in ONCE_SILENT]
    assert len(silent) == len(ONCE_SILENT)
    found = [lie for line in [*drawn, *silent] for lie in unanswered(office, line)]
    assert not found, "\n".join(found)


def test_the_sweep_finds_a_command_that_forgets_to_answer(office: Bench) -> None:
    assert list(unanswered(office.beside("forgetful"), Line("forget --json", ["forget", "--json"])))
