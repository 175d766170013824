"""`officeops seal readings` and `history reads`: who was shown which sealed or guarded value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from officeops.cli.context import office_of
from officeops.cli.group import example
from officeops.cli.output import print_rows
from officeops.cli.output_options import output_options
from officeops.history.unseen_rows import unseen
from officeops.model.errors import UsageProblem
from officeops.model.fields import Field

if TYPE_CHECKING:
    from officeops.office.office import Office

#: Columns of `seal readings`.
READINGS = [
    Field("instant", label="When", list_rank=1).named("at", "datetime"),
    Field("text", label="Who", list_rank=1).named("actor", "str"),
    Field("text", label="Field", list_rank=1).named("field", "str"),
    Field("text", label="Record", list_rank=1).named("record", "str"),
]
#: Every reading of a sealed or guarded value, newest first, of one person or, with a blank, of all.
_READINGS = """
SELECT at, actor, verb, value FROM core_action, json_each(arguments, '$.of')
WHERE (verb GLOB '*.reveal' OR verb GLOB '*.look-up' OR verb GLOB '*.shown') AND (? = '' OR actor = ?)
UNION ALL
SELECT at, actor, field.key || ' opened by ' || verb, subject.value
FROM core_action, json_each(arguments, '$."(opened)"') field, json_each(field.value) subject
WHERE instr(arguments, '"(opened)"') AND (? = '' OR actor = ?)
ORDER BY 1 DESC
"""


@example("--who ann")
@click.command()
@click.option(
    "--who",
    default="",
    metavar="NAME",
    help="Only readings by this person.",
)
@click.option(
    "--record",
    "about",
    default="",
    metavar="NOUN:WHICH",
    help="Only of this record.",
)
@output_options
@click.pass_context
def readings(
    ctx: click.Context,
    who: str,
    about: str,
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Who was shown or looked up which sealed or guarded value, newest first."""
    office = office_of(ctx)
    office.allow("core.seal.readings")
    if who:
        from officeops.history.log import check_person

        check_person(office, who)
    noun, _, which = about.partition(":")
    if about and not which:
        raise UsageProblem("--record needs a kind and a record, such as person:Ann.", code="needed")
    wanted = ""
    if about:
        record = office.find(office.record(noun), which)
        wanted = f"{record.meta.key}:{record.id}"
    with office.lifted():
        readings = office.rows(_READINGS, who, who, who, who)
        hidden = _out_of_reach(office, {of for *_, of in readings})
    rows = []
    for at, actor, verb, of in readings:
        if of not in hidden and (not wanted or of == wanted):
            # The verb of a reading is the name of the field with an ending.
            field = (
                verb.removesuffix(".reveal")
                .removesuffix(".shown")
                .replace(".look-up", " looked up")
            )
            rows.append((at, actor, field, of))
    print_rows(
        READINGS,
        rows,
        office.ways,
        as_json=as_json,
        as_csv=as_csv,
        nothing="No sealed or guarded value was shown yet.",
    )


def _out_of_reach(office: Office, subjects: set[str]) -> set[str]:
    """Return which of some records, each as KEY:ID, the acting person may not learn of."""
    hidden: set[str] = set()
    for subject in subjects:
        key, _, number = subject.partition(":")
        record = office.records.get(key)
        if record is None:
            # Its plugin is off, so nobody knows whose it is.
            is_hidden = not office.who.reaches_pattern("sensitive")
        else:
            is_hidden = number.isdecimal() and bool(unseen(office, record, {int(number)}))
        if is_hidden:
            hidden.add(subject)
    return hidden
