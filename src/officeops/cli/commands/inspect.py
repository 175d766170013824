"""`officeops inspect`: what an inspector asks, and what the office can show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from officeops.cli.context import office_of, run_of
from officeops.cli.inspection_text import inspection_text
from officeops.cli.on_page import entitle
from officeops.cli.output import print_rows, say
from officeops.cli.output_options import output_options
from officeops.cli.packet import packet_files, write_packet
from officeops.cli.paragraphs import PAGE_WIDTH, page_width
from officeops.core.inspection_questions import TOPICS, inspection
from officeops.model.errors import Already, UsageProblem
from officeops.model.exit_codes import DUE
from officeops.model.fields import Field
from officeops.office.inspection import confirm as confirm_questions
from officeops.office.inspection import inspection_lines, topic_lines
from officeops.values.wording import count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops.core.inspection_questions import Inspection
    from officeops.model.records import Record
    from officeops.office.inspection import InspectionLine
    from officeops.office.office import Office

#: The first page of a packet.
HANDOUT: Final = "00 Handout.txt"
#: Columns of the list of inspections.
TOPIC_FIELDS: Final = [
    Field("text", label="Inspection", list_rank=0).named("topic", "str"),
    Field("text", label="Title", list_rank=1).named("title", "str"),
    Field("number", label="Questions", list_rank=2).named("questions", "int"),
    Field("number", label="Confirmed", list_rank=2).named("confirmed", "int"),
    Field("text", label="Who asks", list_rank=3).named("who", "str"),
]
#: Columns of the lines of one inspection, for scripts.
FIELDS: Final = [
    Field("text").named("question", "str"),
    Field("text").named("asked", "str"),
    Field("text").named("source", "str"),
    Field("text").named("compared", "str"),
    Field("number").named("from_employees", "int"),
    Field("text").named("kind", "str"),
    Field("text").named("status", "str"),
    Field("text").named("proof", "str"),
    Field("date").named("on", "date"),
    Field("text").named("action", "str"),
    Field("text").named("owner", "str"),
    Field("text").named("plugin", "str"),
    Field("text").named("record", "str"),
    Field("number").named("record_id", "int"),
    Field("text").named("binder", "str"),
    Field("date").named("confirmed_on", "date"),
    Field("text").named("confirmed_by", "str"),
]


@click.command()
@click.argument("topic", required=False, type=click.Choice(TOPICS))
@click.option(
    "--handout",
    is_flag=True,
    help="Only what an inspector is shown: confirmed questions with their proof, no gaps.",
)
@click.option(
    "--packet",
    metavar="FOLDER",
    help="Copy the documents of the handout into a new folder, in the order of the questions.",
)
@click.option(
    "--confirm",
    multiple=True,
    metavar="QUESTION",
    help="Confirm that a question is a requirement of your office; `all` confirms every one.",
)
@click.option(
    "--binder",
    metavar="PLACE",
    help="With --confirm: where the paper is kept, such as `binder 3`.",
)
@click.option(
    "--not-ours",
    metavar="REASON",
    help="With --confirm: why the question does not apply to your office.",
)
@output_options
@click.pass_context
def inspect(
    ctx: click.Context,
    topic: str | None,
    *,
    handout: bool,
    packet: str | None,
    confirm: tuple[str, ...],
    binder: str | None,
    not_ours: str | None,
    as_json: bool,
    as_csv: bool,
) -> int:
    """Print what an inspector asks, and what there is to show: met, due, not met, missing or binder.

    `binder` is a question that no plugin keeps: its proof is on paper, if anywhere. With gaps, or
    with questions that nobody of the office has confirmed, the exit code is 3.
    """
    office = office_of(ctx)
    if topic is None:
        _list_topics(office, as_json=as_json, as_csv=as_csv)
        return 0
    asked = inspection(topic)
    if confirm:
        _confirm(ctx, office, asked, confirm, not_ours, binder)
        return 0
    if binder or not_ours:
        raise UsageProblem("Name the question too: --confirm QUESTION.", code="not-together")
    lines = inspection_lines(office, asked)
    for_inspector = [line.for_inspector() for line in lines if line.is_for_inspector]
    if packet is not None:
        text = inspection_text(office, asked, for_inspector, PAGE_WIDTH, handout=True)
        files = list(packet_files(office, _packed(office, asked, for_inspector)))
        write_packet(ctx, packet, (HANDOUT, text), files)
        return 0
    shown = for_inspector if handout else lines
    if as_json or as_csv:
        print_rows(FIELDS, map(_row, shown), office.ways, as_json=as_json, as_csv=as_csv)
    else:
        _print(office, asked, shown, handout=handout)
    return _ending(office, lines, handout=handout)


def _ending(
    office: Office,
    lines: Sequence[InspectionLine],
    *,
    handout: bool,
) -> int:
    """Say how many questions are left out, and return the exit code."""
    if office.plugins.is_incomplete:
        say("officeops: this list is incomplete.")
    if handout:
        shown = {line.question.key for line in lines if line.is_for_inspector}
        # By question: one may have several lines, of which only some are for the inspector.
        left_out = len({line.question.key for line in lines} - shown)
        if left_out:
            say(f"{count(left_out, 'question')} left out; without --handout you see why.")
        return 0
    return DUE if any(line.is_gap for line in lines) else 0


def _list_topics(
    office: Office,
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
    rows = (
        (asked.topic, asked.title, len(asked.questions), confirmed, asked.who)
        for asked, confirmed in topic_lines(office, TOPICS)
    )
    print_rows(TOPIC_FIELDS, rows, office.ways, as_json=as_json, as_csv=as_csv)


def _confirm(
    ctx: click.Context,
    office: Office,
    asked: Inspection,
    words: Sequence[str],
    not_ours: str | None,
    binder: str | None,
) -> None:
    run = run_of(ctx)
    try:
        questions = confirm_questions(
            office, asked, words, not_ours=not_ours, binder=binder, request=run.request
        )
    except Already as done:
        run.repeat(done)
        return
    for question in questions:
        said = f"not ours, {not_ours}" if not_ours else "confirmed"
        say(f"{question.key}: {said}.")


def _print(
    office: Office,
    asked: Inspection,
    lines: Sequence[InspectionLine],
    *,
    handout: bool,
) -> None:
    entitle(asked.title)
    if handout and not lines:
        say("Nothing to show: no question is both confirmed and proven.")
    click.echo("\n".join(inspection_text(office, asked, lines, page_width(), handout=handout)))


def _row(line: InspectionLine) -> tuple[object, ...]:
    """Return a line in the order of FIELDS."""
    question, proof, said = line.question, line.proof, line.requirement
    # A question that was reworded since has a confirmation that no longer counts.
    is_said = said is not None and line.is_confirmed
    return (
        question.key,
        question.text,
        question.source,
        question.compared or None,
        question.from_employees or None,
        question.proof,
        line.status,
        line.shown,
        proof.on.isoformat() if proof and proof.on else None,
        (proof and proof.action) or None,
        (proof and proof.owner) or None,
        line.plugin or None,
        (proof and proof.record) or None,
        (proof and proof.record_id) or None,
        said.binder if said else None,
        str(said.confirmed_on) if said and is_said else None,
        said.confirmed_by if said and is_said else None,
    )


def _packed(
    office: Office,
    asked: Inspection,
    lines: Sequence[InspectionLine],
) -> Iterator[tuple[int, Record]]:
    """Yield the records that prove something, each with the number of its question."""
    place = {question.key: number for number, question in enumerate(asked.questions, start=1)}
    for line in lines:
        proof = line.proof
        kind = office.records.get(proof.record) if proof else None
        if proof is not None and kind is not None and proof.record_id:
            yield place[line.question.key], office.get(kind, proof.record_id)
