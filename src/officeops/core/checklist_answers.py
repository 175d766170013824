"""Checklist answers: read by the items of a task's checklist, kept with their limits, and followed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.core.checklist_records import NUMBERS, Answer, ChecklistItem, words_of
from officeops.core.planned_tasks import followed
from officeops.model.due import Due
from officeops.model.errors import Problem, Refused, problem_of
from officeops.model.failure import Failure
from officeops.model.immutable import Value
from officeops.model.text_folding import folded
from officeops.values.quantities import read_decimal
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from officeops.core.task_record import Task
    from officeops.model.about import Subject
    from officeops.model.office import Office

#: The words for an answer that passes, and for one that fails; the first is how it is kept.
PASS, FAIL = ("pass", "passed", "ok", "yes"), ("fail", "failed", "no")


class Given(Value):
    """An answer as it was read: its text, its number in hundredths, and whether it fails."""

    item: ChecklistItem
    value: str
    number: int | None
    failed: bool


def completed(
    office: Office,
    task: Task,
    answer: str | Mapping[str, str] | None = None,
    when: datetime | None = None,  # noqa: ARG001 - it is in the task by now
) -> str | None:
    """Keep the answers of a task that was done, open what the failed ones ask for, and go on.

    Raises Refused for one that is missing, or cannot be read.
    """
    given = _pairs(answer)
    if task.checklist_id is None:
        if given:
            cure = f"`officeops task edit {task.human_key} --checklist NAME` gives it one"
            why = f"the task has no checklist to answer; {cure}"
            raise Refused([_problem(why, "unknown-field")], str(task))
        return _done(office, task)
    items = items_of(office, task.checklist_id)
    failed = 0
    for one in read_answers(task.human_key, items, given):
        _keep(office, task, one)
        failed += one.failed
    said = _done(office, task)
    if not failed:
        return said
    said = said or f"{task.human_key} is done."
    return f"{said.rstrip('.')}; {failed} failed."


def _done(office: Office, task: Task) -> str | None:
    """Go on with the plan of a task that was done; return how early or late it was, and the next one."""
    from officeops.core.next_task import early_or_late

    when = early_or_late(office, task)
    said = followed(office, task, when)
    if said is None and when:
        said = f"{task.human_key} is now done, {when}."
    return said


def items_of(office: Office, checklist_id: int) -> list[ChecklistItem]:
    """List the items of a checklist in their order."""
    items = office.all(ChecklistItem, "checklist_id = ?", checklist_id)
    return sorted(items, key=lambda item: (item.position, item.id))


def _pairs(answer: str | Mapping[str, str] | None) -> list[tuple[str, str]]:
    """Split answers as typed, `Item=pass` a line, into items and values."""
    if answer is None or isinstance(answer, str):
        lines = filter(None, map(str.strip, (answer or "").splitlines()))
        parted = (line.partition("=") for line in lines)
        return [(text.strip(), value.strip()) for text, _, value in parted]
    return [(text, str(value).strip()) for text, value in answer.items()]


# -- reading ---------------------------------------------------------------------------------------


def read_answers(
    task: str,
    items: Sequence[ChecklistItem],
    given: Sequence[tuple[str, str]],
) -> list[Given]:
    """Read answers to a task by its items. Raises Refused with every problem."""
    values: dict[int, str] = {}
    problems: list[Problem] = []
    for text, value in given:
        item = _item(items, text)
        if item is None:
            problems.append(_problem(f"{text!r} is no item of the checklist", "not-found"))
        elif item.id in values:
            problems.append(_problem(f"{item.text} is answered twice", "given-twice"))
        else:
            values[item.id] = value
    answers = []
    # In the order of the list, so that its problems are read from the top like the paper form.
    for item in items:
        value = values.get(item.id, "")
        if value:
            try:
                answers.append(_answer(item, value))
            except ValueError as error:
                code = "not-a-number" if item.type in NUMBERS else "unknown-choice"
                why = problem_of(error.args[0], "answer", code=code)
                problems.append(why.replace(message=f"{item.text}: {why.message}"))
        elif item.required:
            problems.append(_problem(f"{item.text} needs an answer", "needed"))
    if problems:
        raise Refused(problems, task)
    return answers


def _item(items: Sequence[ChecklistItem], text: str) -> ChecklistItem | None:
    """Find the item that a text names: all of it, or a beginning that no other has."""
    word = folded(text)
    same = [item for item in items if folded(item.text) == word]
    begun = [item for item in items if word and folded(item.text).startswith(word)]
    # "Light" means Light, where there is also a Light switch.
    found = same or begun
    return found[0] if len(found) == 1 else None


def _answer(item: ChecklistItem, value: str) -> Given:
    """Read one answer. Raises ValueError for a value that its item does not take."""
    if item.type in NUMBERS:
        number = read_decimal(value, 2)
        if number is None:
            raise ValueError("a number is needed")
        is_low = item.low is not None and number < item.low
        is_high = item.high is not None and number > item.high
        return Given(item, value, number, is_low or is_high)
    if item.type == "pass_fail":
        word = value.lower()
        if word not in {*PASS, *FAIL}:
            raise ValueError(f"{value!r} is neither pass nor fail")
        return Given(item, PASS[0] if word in PASS else FAIL[0], None, word in FAIL)
    if item.type == "choice":
        chosen = [word for word in item.words if folded(word) == folded(value)]
        if not chosen:
            raise ValueError(f"{value!r} is none of {', '.join(item.words)}")
        return Given(item, chosen[0], None, chosen[0] in words_of(item.failing))
    return Given(item, value, None, failed=False)


def _problem(why: str, code: str) -> Problem:
    return Problem(why, "answer", code=code, is_whole=True)


# -- keeping ---------------------------------------------------------------------------------------


def row_of(given: Given) -> dict[str, Any]:
    """Return the columns of an answer, with those of its item: that may have other limits tomorrow."""
    item = given.item
    return {
        "item_id": item.id,
        "text": item.text,
        "type": item.type,
        "value": given.value,
        "number": given.number,
        "failed": given.failed,
        "unit": item.unit,
        "low": item.low,
        "high": item.high,
        "blocks": item.blocks,
    }


def _keep(
    office: Office,
    task: Task,
    given: Given,
) -> None:
    """Write an answer, with the record that it opens."""
    item = given.item
    opened = None
    # Opened first: the answer keeps what it opened, and is not changed afterwards.
    if given.failed and item.on_fail:
        opened = _opened(office, task, given, item.on_fail)
    office.add(
        Answer(
            task_id=task.id,
            **row_of(given),
            opened_key=opened[0] if opened else None,
            opened_id=opened[1] if opened else None,
            about_key=task.about_key,  # type: ignore[call-arg,attr-defined] # a column of About
            about_id=task.about_id,  # type: ignore[attr-defined]
        )
    )


def _opened(
    office: Office,
    task: Task,
    given: Given,
    key: str,
) -> tuple[str, int] | None:
    """Open the record that a failed answer asks for; a remark says where nothing was opened."""
    kind = office.records.get(key)
    record = None
    if kind is not None:
        item = given.item
        failure = Failure(
            task.title, item.text, given.value, task.about, task.owner, blocks=item.blocks
        )
        with office.blame(kind.meta.plugin, f"open_for() of {key}"):
            record = kind.open_for(office, failure)
    if record is None:
        why = f"no {kind.meta.one} is for it" if kind else f"{key} is off"
        office.remarks += [f"{given.item.text} failed, and nothing was opened: {why}."]
        return None
    office.remarks += [f"{given.item.text} failed: opened {office.about(record)}."]
    return key, record.id


# -- blocking --------------------------------------------------------------------------------------

#: Of two answers, `a` and `later`: the later one passes the question as the first one was asked
#: it. A question that somebody edited since is another one.
PASSES_SAME = """
later.failed = 0 AND later.text = a.text AND later.type = a.type AND later.unit IS a.unit
AND (a.number IS NULL
    OR later.number >= ifnull(a.low, later.number) AND later.number <= ifnull(a.high, later.number))
AND (a.type <> 'choice' OR later.value <> a.value)
"""
#: Of an answer `a`: a blocking item failed, and has not passed since.
BLOCKS = f"""
a.blocks = 1 AND a.failed = 1 AND a.archived_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM core_answer later
    WHERE later.about_key = a.about_key AND later.about_id = a.about_id
    AND later.item_id = a.item_id
    AND later.id > a.id AND later.archived_at IS NULL AND {PASSES_SAME})
"""
_FAILED = f"""
about_key = ?1 AND about_id = ?2 AND id IN (
    SELECT a.task_id FROM core_answer a
    WHERE a.about_key = ?1 AND a.about_id = ?2 AND {BLOCKS})
"""
#: An item that fails again and again blocks a record once, by its last answer.
_LAST = f"""
id IN (
    SELECT max(a.id) FROM core_answer a
    WHERE a.about_key IS NOT NULL AND {BLOCKS}
    GROUP BY a.about_key, a.about_id, a.item_id)
"""


def blocking(
    office: Office,
    key: str,
    number: int,
) -> Iterator[Task]:
    """Yield the tasks about a record of which a blocking item failed and has not passed since."""
    from officeops.core.task_record import Task

    yield from office.all(Task, _FAILED, key, number)


def due_blocked(office: Office) -> Iterator[Due]:
    """Yield an item for each failed answer that blocks a record, until a later one passes."""
    from officeops.core.task_record import Task

    for answer in office.all(Answer, _LAST):
        subject: Subject = answer.about  # type: ignore[assignment] # asked by the query
        kind = office.records.get(subject.key)
        record = office.first(kind, "id = ?", subject.id) if kind else None
        # An archived device waits for nobody.
        if kind is None or record is None:
            continue
        task = office.get(Task, answer.task_id)
        name = f"{kind.meta.one} {safe(office.name(record))}"
        yield Due(
            key=f"core.blocked:{answer.id}",
            on=office.today if task.done_at is None else office.ways.day_of(task.done_at),
            what=f"{safe(answer.text)} failed, which blocks the {name}: {task.human_key}",
            severity=task.severity,  # type: ignore[arg-type] # a choice of these words
            owner=task.owner,
            action="repeat",
            record=Task.meta.key,
            record_id=task.id,
        )
