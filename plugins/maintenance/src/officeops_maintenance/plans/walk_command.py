"""`officeops walk-through`: the sheet for the walk, on paper, and the answers that come back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from officeops import Location, Refused, folded
from officeops.commands import (
    book_sheet,
    entitle,
    example,
    needed_day,
    office_of,
    output_options,
    page,
    print_rows,
    run_of,
    say,
    sheet_entries,
)
from officeops_maintenance.columns import column
from officeops_maintenance.plans.plan import Plan
from officeops_maintenance.plans.task_owner import task_owner
from officeops_maintenance.plans.walk_through import Question, WalkThrough

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from officeops import Office

_COLUMNS: Final = (
    column("task"),
    column("what"),
    column("question"),
    column("limits", rank=2),
    column("due", "date", rank=3),
    column("owner", label="Who", rank=4),
)
_LIMITS: Final = 3
#: On paper: columns to write in.
_TO_WRITE: Final = (column("answer"), column("time"), column("initials"))


@example("T-1=pass")
@click.command("walk-through")
@click.argument("answers", nargs=-1, metavar="[TASK=ANSWER|'TASK:QUESTION=ANSWER']...")
@click.option("--for", "owner", default="", metavar="WHO", help="Tasks of one person or role.")
@click.option("--location", default="", metavar="REFERENCE", help="Units at one location.")
@click.option("--plan", default="", metavar="REFERENCE", help="Tasks of one plan, as a log.")
@click.option("--until", default="today", show_default=True, metavar="DAY")
@click.option("--when", default="", metavar="TIME", help="When it was done, if not now.")
@output_options
@click.pass_context
def command(
    ctx: click.Context,
    answers: tuple[str, ...],
    owner: str,
    location: str,
    plan: str,
    until: str,
    when: str,
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Print the questions of due tasks, or answer them.

    T-1=pass answers all questions of a task that pass or fail. On paper (--output walk.pdf) there are columns to write in. Type it in afterwards on the screen
    (:walk-through) or here: all answers are checked before any task is completed, and --when says
    when it was done.
    """
    office = office_of(ctx)
    office.allow("core.task.view")
    sheet = WalkThrough(
        needed_day(office, "--until", until),
        owner=task_owner(office, owner),
        plan=office.find(Plan, plan) if plan else None,
        location=office.find(Location, location) if location else None,
    )
    questions = sheet.questions(office)
    if not answers:
        _print(office, sheet, questions, as_json=as_json, as_csv=as_csv)
        return
    # A list: every answer is read before any is booked, so a wrong one books nothing.
    lines = list(_lines(questions, answers, when))
    entries = sheet_entries(office, sheet, lines, by_id=True)
    say(book_sheet(office, entries, run_of(ctx).request))


def _print(
    office: Office,
    sheet: WalkThrough,
    questions: list[Question],
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
    columns = list(_COLUMNS)
    rows = [_cells(question) for question in questions]
    entitle(f"{sheet.title}, {sheet.until}")
    if page():
        columns += _TO_WRITE
        rows = [[*_on_paper(question), *[None] * len(_TO_WRITE)] for question in questions]
    print_rows(
        columns,
        rows,
        office.ways,
        as_json=as_json,
        as_csv=as_csv,
        nothing="No task is due.",
    )


def _on_paper(question: Question) -> list[str | None]:
    """Return the cells of a question for people who write its answer."""
    cells = _cells(question)
    if question.is_pass:
        cells[_LIMITS] = "pass or fail"
    return cells


def _cells(question: Question) -> list[str | None]:
    task = question.task
    title = f"{task.title} ({task.slot})" if task.slot else task.title
    return [
        task.human_key,
        title,
        question.text,
        question.limits,
        str(task.due_on),
        task.owner,
    ]


def _lines(
    questions: Iterable[Question], answers: Iterable[str], when: str
) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield each answer with the rows that it is for. Raises Refused for one of no question."""
    known = list(questions)
    for given in answers:
        name, _, answer = given.partition("=")
        texts = {"answer": answer.strip()}
        if when:
            texts["when"] = when
        rows = _rows_of(known, name)
        if not rows or not answer.strip():
            why = f"{given!r} answers no question of a task that is due"
            cure = "`officeops walk-through` lists them"
            raise Refused(f"{why}; {cure}.", code="not-found")
        for row in rows:
            yield row.id, texts


def _rows_of(questions: Iterable[Question], name: str) -> list[Question]:
    """Return the one question that a name means, or all that pass or fail of a task alone."""
    task, _, asked = name.partition(":")
    rows = [one for one in questions if _is_asked(one, task, asked)]
    if not asked:
        # One word can pass several questions at once; a number or a text answers only one.
        return [row for row in rows if row.is_pass]
    # A beginning that several questions share names none of them.
    return rows if len(rows) == 1 else []


def _is_asked(
    question: Question,
    task: str,
    asked: str,
) -> bool:
    """Whether a question is meant by a task and the beginning of its text."""
    if folded(question.task.human_key) != folded(task.strip()):
        return False
    return folded(question.text).startswith(folded(asked.strip()))
