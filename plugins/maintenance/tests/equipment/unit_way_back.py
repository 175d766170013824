"""The way back: a person who types the command that each message names has the unit in service."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Final

from officeops.core.task_record import Task

if TYPE_CHECKING:
    from plugins.maintenance.tests.equipment.unit_oracle import Question
    from plugins.maintenance.tests.equipment.unit_walk import Walk

    from officeops.testing import Cli

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
        answers = [f"{one.text}={_good(one)}" for one in walk.questions(task.checklist_id)]
        return [*words[:3], *(word for one in answers for word in ("--answer", one))]
    return [word.replace("…", "So it is") for word in words]


def _good(question: Question) -> str:
    values = ("pass", "3", *map(str, range(11)))
    return next((value for value in values if _is_met(question, value)), "3")


def _is_met(question: Question, value: str) -> bool:
    if question.type in {"pass_fail", "text"}:
        return value == "pass"
    return value.isdigit() and question.is_met(value)
