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
from tests.said.names import FREE, NAMES, NOBODY

from officeops.cli.context import Run
from officeops.cli.root import root
from officeops.cli.whole_number import WholeNumber
from officeops.office.record_types import records_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.said.sweep import Bench

    from officeops.model.fields import Field

pytestmark = pytest.mark.usefixtures("settled")

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
