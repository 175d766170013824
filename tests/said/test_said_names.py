"""A word that is to name something, and names nothing, is an error: never an empty list, nor a write that does nothing."""

from __future__ import annotations

import random
import shutil
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import click
import pytest
from tests.effort import sampled, seed
from tests.said.lines import ELSEWHERE, MORE, Line, lines

from officeops.cli.context import Run
from officeops.cli.root import root
from officeops.cli.whole_number import WholeNumber
from officeops.office.record_types import records_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.said.sweep import Bench

    from officeops.model.fields import Field

pytestmark = pytest.mark.usefixtures("settled")

#: A word that names nothing here.
NOBODY = "nonesuch"
#: Parameters that name something, by their command and name, or by their name alone, with what they are given.
NAMES: dict[str, str] = {
    "which": NOBODY,
    "--where": f"{NOBODY}=1",
    "--sort": NOBODY,
    "--columns": NOBODY,
    "--view": NOBODY,
    "--who": NOBODY,
    "--what": NOBODY,
    "--key": NOBODY,
    "--set": f"{NOBODY}=1",
    "import --map": f"{NOBODY}=1",
    "--encoding": NOBODY,
    "--role": NOBODY,
    "skill matrix --area": NOBODY,
    "policy unread policy": NOBODY,
    "skill cover skill": NOBODY,
    "candidate scores candidate": NOBODY,
    "roster cover shift": NOBODY,
    "roster changes --place": NOBODY,
    "roster coverage --place": NOBODY,
    "roster fairness --place": NOBODY,
    "roster fill --place": NOBODY,
    "roster gaps --place": NOBODY,
    "roster plan --place": NOBODY,
    "roster plan words": f"{NOBODY} fri=8-12",
    "roster week --place": NOBODY,
    "roster who --place": NOBODY,
    "roster who-can --place": NOBODY,
    "training due --topic": NOBODY,
    "training due --person": NOBODY,
    "--like": NOBODY,
    "--for": NOBODY,
    "--trace": NOBODY,
    "--vendor": NOBODY,
    "--item": NOBODY,
    "--into": NOBODY,
    "--take": NOBODY,
    "duplicates noun": NOBODY,
    "inspect --confirm": NOBODY,
    "--why": NOBODY,
    "--reveal": NOBODY,
    "note --owner": NOBODY,
    "--about": f"vendor:{NOBODY}",
    "login": NOBODY,
    "location": NOBODY,
    "access share place": NOBODY,
    "item": NOBODY,
    "key": NOBODY,
    "keys": NOBODY,
    "names": NOBODY,
    "action": "999999",
    "export --format": NOBODY,
    "import --format": NOBODY,
    "patterns": NOBODY,
    "name": NOBODY,
    "counts": f"{NOBODY}=1",
    "history --record": NOBODY,
    "purge --record": NOBODY,
    "meter-reading add bare_word": NOBODY,
    "--temperature": NOBODY,
    "person": NOBODY,
    "controls log --lot": NOBODY,
    "controls log --person": NOBODY,
    "controls log --test": NOBODY,
    "controls record results": f"{NOBODY}/positive=positive",
    "sterilization log unit": NOBODY,
    "sterilization record loads": f"{NOBODY}=1/Sets/pass/pass",
    "temperatures log unit": NOBODY,
    "temperatures record --read-by": NOBODY,
    "temperatures record readings": f"{NOBODY}=40",
    "calibrate unit": NOBODY,
    "leave balance person": NOBODY,
    "leave balance --policy": NOBODY,
    "leave statement person": NOBODY,
    "leave statement --policy": NOBODY,
    "leave year-end policy": NOBODY,
    "walk-through answers": f"{NOBODY}=pass",
    "walk-through --location": NOBODY,
    "walk-through --plan": NOBODY,
    "--time-zone": NOBODY,
    "--currency": NOBODY,
    "--date-order": NOBODY,
    "settings edit --temperature": NOBODY,
    "--closed-weekdays": NOBODY,
    "--default-location": NOBODY,
    "seal readings --record": f"vendor:{NOBODY}",
}
#: Parameters that name nothing that must be there: new names, words to look for, files, and what is of no record.
FREE: dict[str, str] = {
    "leave balance --on": "a day",
    "person ready --on": "a day",
    "roster who-can --on": "a day",
    "policy find words": "words to look for",
    "training due --on": "a day",
    "skill matrix --on": "a day",
    "skill cover --on": "a day",
    "roster changes day": "a day",
    "roster coverage day": "a day",
    "roster plan --reason": "text",
    "roster plan --week": "a day",
    "roster fairness --from": "a day",
    "roster fairness --until": "a day",
    "roster fill --draft": "a code of a draft; of another one nothing is taken",
    "roster fill --from": "a day",
    "roster fill --until": "a day",
    "roster week day": "a day",
    "time day day": "a day",
    "time payroll --until": "a day",
    "time payroll day": "a day",
    "time week day": "a day",
    "roster who --on": "a day",
    "help command": "words of a command: tests/cli/test_help_groups.py",
    "access add login": "a new login",
    "access add --key": "a file",
    "access add --name": "a new name",
    "access role name": "a new role",
    "access role --note": "text",
    "access authorized-keys account": "asked by sshd, which is answered with nothing",
    "access authorized-keys fingerprint": "asked by sshd, which is answered with nothing",
    "access install --account": "an account that is to be made",
    "access install --mail": "told as a note: tests/access/test_access.py",
    "access install --etc": "a folder",
    "access install --script": "a file",
    "dataset load file": "a file",
    "duplicates --different": "two words, each looked up as a record",
    "dataset load --as-of": "a day",
    "inspect --binder": "text",
    "inspect --not-ours": "text",
    "inspect --packet": "a new folder",
    "person packet --to": "a new folder",
    "dataset show --where": "a filter: tests/exchange/test_datasets.py",
    "dataset show --search": "words: tests/exchange/test_dataset_search.py",
    "plugins new name": "a new plugin",
    "plugins new --noun": "a new word",
    "plugins new --to": "a folder",
    "plugins new --with": "parts of the scaffold",
    "vendor export file": "a new file",
    "count --no-lot": "a reason",
    "count --map": "of a file: tests of the count file",
    "history accept --because": "a reason",
    "history verify --anchor": "a file or an anchor, and read as either",
    "init --name": "a new name",
    "init --hours": "opening hours: tests/core/test_office_calendar.py",
    "--site-code": "a new name",
    "settings edit --name": "a new name",
    "settings edit --address": "text",
    "settings edit --phone": "text",
    "search words": "text to look for; nothing found is an answer",
    "list words": "text to look for; nothing found is an answer",
    "file": "a file",
    "--from": "a folder or a day",
    "--to": "a folder or a file",
    "--identity": "a file",
    "--keep": "a file",
    "--file": "a file",
    "--output": "a new file",
    "-o": "a new file",
    "task add bare_word": "a new title",
    "ticket add bare_word": "a new title",
    "controls log --month": "a month",
    "controls record --at": "a time",
    "controls record --day": "a day",
    "controls record --run-by": "a name on paper, of somebody who may have no login",
    "sterilizer-load add bare_word": "new contents",
    "sterilization record --day": "a day",
    "sterilization record --run-by": "a name on paper, of somebody who may have no login",
    "temperatures log --month": "a month",
    "temperatures record --at": "a time",
    "temperatures record --day": "a day",
    "temperatures record --initials": "letters on paper, of somebody whom the office does not know",
    "visit-log words": "text to look for; nothing found is an answer",
    "calibrate certificate": "a file",
    "calibrate --name": "a new name",
    "calibrate --number": "text",
    "calibrate --on": "a day",
    "calibrate --reason": "text",
    "walk-through --when": "a time",
    "practice-document add bare_word": "a new name",
    "one-to-one add bare_word": "a new topic",
    "goal add bare_word": "a new title",
    "review-question add bare_word": "a new question",
    "recognition add bare_word": "a new text",
    "incident add bare_word": "a new line",
    "breach add bare_word": "a new line",
    "privacy-risk add bare_word": "a new line",
    "attach --name": "a new name",
    "attach --as": "a field of the record",
    "note text": "text",
    "--follow-up": "a day",
    "tag words": "new words",
    "--until": "a day",
    "--request": "whether it was carried out is what is asked: no is an answer",
    "--save-view": "a new view",
    "--delimiter": "a letter",
    "--sheet": "of a workbook: tests/exchange/test_sheet_tables.py",
    "--version": "a number, read with the other options",
    "--ignore": "a column that is not there need not be left out",
}
#: Parameters that took a word that names nothing, and answered with nothing.
ONCE_QUIET = {
    "today seen keys",
    "history --who",
    "history --what",
    "seal readings --who",
    "reorder --vendor",
}
#: Kinds of parameter that are numbers, or one of a few words that click itself holds.
_CLOSED = (click.Choice, WholeNumber, click.types.IntParamType, click.Path)


class Try(NamedTuple):
    """A line in which one word names nothing."""

    name: str
    line: Line


@cache
def run() -> Run:
    """The program and its plugins, loaded once for all lines."""
    return Run()


def command_of(line: Line) -> tuple[click.Context, int]:
    """The context of a line's command, without its words, and how many words name the command."""
    command: click.Command = root
    ctx = click.Context(root, obj=run())
    depth = 0
    for word in line.words:
        found = command.get_command(ctx, word) if isinstance(command, click.Group) else None
        if found is None:
            break
        command, ctx, depth = found, click.Context(found, parent=ctx, info_name=word), depth + 1
    return ctx, depth


@cache
def fields_of(noun: str, verb: str) -> dict[str, Field]:
    """The fields that the options of a noun's verb are made of, by their options."""
    plugins = run().plugins
    kinds = records_of(plugins, run().machine).values()
    record = {record.meta.noun: record for record in kinds}.get(noun)
    fields = list(record.meta.fields) if record and verb in {"add", "edit"} else []
    for _, action in plugins.registered("actions"):
        if action.record == (record.meta.key if record else "") and action.word == verb:
            fields += action.fields
    return {f"--{field.public_name.replace('_', '-')}": field for field in fields}


@cache
def child_options(noun: str) -> dict[str, str | None]:
    """What the options of a noun's children are given: one is added by its text, and taken away by its name."""
    kinds = records_of(run().plugins, run().machine).values()
    record = {record.meta.noun: record for record in kinds}.get(noun)
    given: dict[str, str | None] = {}
    for child in record.children if record else ():
        given |= {f"--{child.option}": None, f"--remove-{child.option}": NOBODY}
    return given


def given_to(words: Sequence[str], param: click.Parameter) -> str | None:
    """What a parameter that names something is given; None for one that does not. Raises KeyError for one nobody knows."""
    if isinstance(param.type, _CLOSED) or (isinstance(param, click.Option) and param.is_flag):
        return None
    name, command = str(param.opts[0]), " ".join(words)
    field = fields_of(words[0], words[-1]).get(name)
    if field is not None:
        return NOBODY if field.target else None
    children = child_options(words[0])
    if name in children:
        return children[name]
    spellings = [f"{command} {name}", f"{words[-1]} {name}", name]
    for spelling in spellings:
        if spelling in FREE:
            return None
        if spelling in NAMES:
            return NAMES[spelling]
    raise KeyError(f"{command} {name}")


@cache
def tries() -> list[Try]:
    """Every line of the registry, once for each of its words and options that names something."""
    return list(_tries())


def _tries() -> Iterator[Try]:
    for line in lines():
        if (
            line.name in MORE
            or line.name in ELSEWHERE
            or line.name.endswith(" --json")
            or "--" in line.words
        ):
            continue
        ctx, depth = command_of(line)
        path = line.words[:depth]
        parsed = ctx.command.make_context(
            path[-1], line.words[depth:], parent=ctx.parent, resilient_parsing=True
        )
        for param in ctx.command.params:
            word = given_to(path, param)
            if word is not None:
                yield Try(
                    f"{' '.join(path)} {param.opts[0]}", with_word(line, depth, param, parsed, word)
                )


def with_word(
    line: Line, depth: int, param: click.Parameter, parsed: click.Context, word: str
) -> Line:
    """The line with one word in place of what it gives a parameter."""
    path, rest = line.words[:depth], list(line.words[depth:])
    if isinstance(param, click.Option):
        # An option is refused where it is given twice.
        while (name := param.opts[0]) in rest:
            del rest[rest.index(name) : rest.index(name) + 2]
        return line._replace(words=[*path, *rest, param.opts[0], word])
    value = parsed.params.get(str(param.name))
    first = value[0] if isinstance(value, tuple) and value else value
    rest = [word if token == first else token for token in rest] if first in rest else [word, *rest]
    return line._replace(words=[*path, *rest])


def taken(office: Bench, attempt: Try) -> Iterator[str]:
    """Yield what is wrong where a word that names nothing is taken."""
    ready = office.ready(attempt.line)
    ran = office.run(attempt.line, ready, fresh=False)
    shutil.rmtree(ready)
    if ran.code not in {1, 2} or ran.change.verbs:
        yield f"{attempt.name}: {attempt.line.words} ended with {ran.code}: {ran.out[:80]!r} {ran.err[:200]!r}"
    elif not any(word in ran.err.lower() for word in (NOBODY, "999999")):
        yield f"{attempt.name}: the sentence does not say which word: {ran.err[:200]!r}"


def test_every_parameter_is_known_to_name_something_or_not() -> None:
    """A new one must be put into one of the tables above."""
    assert {attempt.name for attempt in tries()} >= ONCE_QUIET


def test_what_names_nothing_is_refused(office: Bench) -> None:
    """A sample, and some of those that once were quiet; `python dev.py soak` takes all."""
    every = tries()
    quiet = sampled([attempt for attempt in every if attempt.name in ONCE_QUIET], 20)
    drawn = random.Random(seed()).sample(every, 8)
    found = [wrong for attempt in [*quiet, *drawn] for wrong in taken(office, attempt)]
    assert not found, "\n".join(found)


def filters() -> Iterator[Try]:
    """A filter on each reference field of each kind of record: it names a record."""
    listed = {line.name for line in lines()}
    for record in records_of(run().plugins, run().machine).values():
        noun = record.meta.noun
        for field in record.meta.fields:
            if field.target and f"{noun} list" in listed:
                words = [noun, "list", "--where", f"{field.public_name}={NOBODY}"]
                yield Try(" ".join(words), Line(f"{noun} list", words))


def test_each_filter_on_a_reference_is_refused(office: Bench) -> None:
    found = [wrong for attempt in sampled(list(filters()), 90) for wrong in taken(office, attempt)]
    assert not found, "\n".join(found)


def test_the_sweep_finds_a_filter_that_takes_anything(office: Bench) -> None:
    """A request id that nobody gave is a fair question, so its answer is empty: what the sweep would call a fault."""
    words = ["history", "--request", NOBODY]
    assert list(taken(office, Try("planted", Line("history", words))))
