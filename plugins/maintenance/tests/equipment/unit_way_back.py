"""The way back: a person who types the command that each message names has the unit in service."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Final

from officeops.core.task_record import Task
from officeops_maintenance.equipment.asked_question import read
from officeops_maintenance.equipment.equipment import Equipment

if TYPE_CHECKING:
    from plugins.maintenance.tests.equipment.unit_oracle import Question
    from plugins.maintenance.tests.equipment.unit_walk import Walk

    from officeops.testing import Cli
    from officeops_maintenance.equipment.asked_question import AskedQuestion

#: The command that a message names.
NAMED: Final = re.compile(r"officeops ([^;,()]+)")
#: Nobody follows messages for longer than this.
PATIENCE: Final = 25


def way_back(
    walk: Walk,
    cli: Cli,
    unit_id: int,
    paper: str,
) -> list[str]:
    """Follow the messages until a unit is in service; return all that was typed if it never is."""
    back = ["equipment", "return", f"EQ-{unit_id}"]
    typed, words = [], back
    for _ in range(PATIENCE):
        ran = cli(*words)
        typed.append(f"{shlex.join(words)}: {ran.out}{ran.err}")
        if words == back and ran.code == 0:
            return []
        named = NAMED.findall(f"{ran.out}{ran.err}")
        if named and named[-1].startswith("task sign"):
            # Another person has to do that.
            return []
        # A step that says nothing more was the last one.
        words = _completed(walk, shlex.split(named[-1]), paper) if named else back
    return typed


def _completed(walk: Walk, words: list[str], paper: str) -> list[str]:
    """Complete a command as a person does, with answers, a paper and a reason."""
    if words[0] == "calibrate":
        return [*words[:2], paper, "--passed"]
    if words[:2] in (["task", "complete"], ["task", "came"]):
        task = walk.office.get(Task, int(words[2].partition("-")[2]))
        # Those that the unit was asked, with the limits that the message names.
        asked = {} if task.about is None else _asked(walk, task.about.id)
        answers = [
            f"{one.text}={_good(one, asked.get(one.item))}"
            for one in walk.questions(task.checklist_id)
        ]
        return [*words[:3], *(word for one in answers for word in ("--answer", one))]
    # A sentence may end with the file that it asks for.
    given = {"FILE": paper, "FILE.": paper}
    return [given.get(word, word.replace("…", "So it is")) for word in words]


def _asked(walk: Walk, unit_id: int) -> dict[int, AskedQuestion]:
    unit = walk.office.get(Equipment, unit_id)
    return {question.id: question for question in read(walk.office, unit.return_items)}


def _good(question: Question, asked: AskedQuestion | None) -> str:
    values = ("pass", "3", *map(str, range(11)))
    limits = (asked.low, asked.high) if asked else (None, None)
    of_then = question._replace(low=limits[0], high=limits[1])
    met = [value for value in values if _is_met(question, value)]
    both = [value for value in met if _is_met(of_then, value)]
    # Where none passes both, the next message says how the checklist asks it again.
    return next(iter([*both, *met]), "3")


def _is_met(question: Question, value: str) -> bool:
    if question.type in {"pass_fail", "text"}:
        return value == "pass"
    return value.isdigit() and question.is_met(value)
