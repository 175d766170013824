"""`officeops candidate scores C-3`: the scores of a candidate, once all cards are in."""

from __future__ import annotations

from typing import Final

import click

from officeops import Field
from officeops.commands import entitle, example, office_of, output_options, print_rows
from officeops_hr.hiring.candidate import Candidate
from officeops_hr.hiring.panel import competencies, open_scores, weighted

_NOTHING: Final = "No scores are open: they are locked until all scorecards are in."
FIELDS: Final = [
    Field("text", label="Competency", list_rank=1).named("competency", ""),
    Field("number", label="Weight", list_rank=2).named("weight", ""),
    Field("number", label="Answers", list_rank=2).named("answers", ""),
    Field("decimal", scale=2, label="Mean", list_rank=1).named("mean", ""),
    Field("number", label="Spread", list_rank=1).named("spread", ""),
    Field("yes_no", label="To talk about", list_rank=2).named("talk", ""),
]


@example("C-3")
@click.command()
@click.argument("candidate", metavar="CANDIDATE")
@output_options
@click.pass_context
def scores(
    ctx: click.Context,
    *,
    candidate: str,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Print a candidate's scores, once all scorecards are in."""
    office = office_of(ctx)
    office.allow_view(Candidate)
    subject = office.find(Candidate, candidate)
    entitle(f"Scores of {subject.name}")
    rows = []
    for one in competencies(list(open_scores(office, subject.id))):
        # Of one competency, so every interviewer counts the same.
        mean = weighted([(1, score) for score in one.scores])
        spread = max(one.scores) - min(one.scores) if one.scores else None
        rows.append((one.name, one.weight, len(one.scores), mean, spread, one.is_disputed))
    print_rows(FIELDS, rows, office.ways, as_json=as_json, as_csv=as_csv, nothing=_NOTHING)
