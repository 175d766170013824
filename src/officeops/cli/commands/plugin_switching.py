"""`officeops plugins enable` and `disable`: turn plugins on and off."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import click

from officeops.authoring.trial import on_trial, troubles_of
from officeops.cli.commands.plugin_names import refuse_unknown
from officeops.cli.context import ask, refuse_request, run_of
from officeops.cli.group import example
from officeops.cli.outcome import outcome_option, say_outcome
from officeops.cli.output import say
from officeops.model.errors import OfficeError, Problem, Refused
from officeops.query.merged import NOTED
from officeops.store.interruption import held

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from officeops.cli.context import Run
    from officeops.model.settings import Machine
    from officeops.plugins.discovery import Found
    from officeops.plugins.manager import Plugins

#: Hooks whose answers are counted.
COUNTED: Final = ("records", "actions", "commands")


@example("keys")
@click.command()
@click.argument("names", nargs=-1, required=True)
@click.option(
    "--anyway",
    is_flag=True,
    help="Enable even a plugin with problems.",
)
@outcome_option
@click.pass_context
def enable(
    ctx: click.Context,
    names: tuple[str, ...],
    *,
    anyway: bool,
) -> None:
    """Turn plugins on, after checking that they are in order."""
    refuse_request(ctx)
    run = run_of(ctx)
    ask(run, "core.plugins.change")
    installed = run.found()
    refuse_unknown(installed, names, may_be_gone=False)
    # Loaded as if they were on, before any setting is changed.
    tried = on_trial(installed, names, run.machine)
    problems = list(_problems(tried, installed, names, run.machine))
    if problems and not anyway:
        nothing = Problem(
            "nothing was enabled; --anyway enables it as it is", code="plugin-refused"
        )
        raise Refused([*problems, nothing])
    # Own plugins are on unless they are disabled; others are off unless they are enabled.
    others = _without(names, _own(installed))
    _save(run, _with(run.machine.enabled, others), _without(run.machine.disabled, names))
    for problem in problems:
        say(f"officeops: plugin {problem}")
    followed = _follow_merges(run)
    say_outcome(ctx, *[f"{name} is on{_brings(tried, name)}." for name in names], *followed)


def _follow_merges(run: Run) -> list[str]:
    """Have plugins that are on again follow the merges made without them; return a sentence on each.

    Most offices have no such merge, and are not opened. What cannot be done now is done by the
    next person who writes.
    """
    if not _has_noted_merge(run.path):
        return []
    from officeops.office.followed_merges import follow_merges
    from officeops.office.office import open_office

    run.close()
    try:
        office = open_office(run.path, config=run.config, safe=run.safe, user=run.user)
        with closing(office):
            return follow_merges(office)
    except OfficeError:
        return []


def _has_noted_merge(path: str) -> bool:
    """Whether a merge in the office's file was made while a plugin was off."""
    try:
        with closing(sqlite3.connect(f"file:{quote(path)}?mode=ro", uri=True)) as db:
            return db.execute(NOTED).fetchone() is not None
    except sqlite3.Error:
        return False


def _problems(
    tried: Plugins,
    installed: Sequence[Found],
    names: Collection[str],
    machine: Machine,
) -> Iterable[Problem]:
    """Yield the problems of plugins: of the code, else the tables, else the declarations.

    Where none has any, an office of its own is asked for everything that they declare.
    """
    from officeops.authoring.declared_targets import declared_problems
    from officeops.authoring.enabling import breaking, knocked_out
    from officeops.authoring.migration import unmigrated
    from officeops.office.record_types import records_of
    from officeops.store.migrations import MigrationFailed

    has_problems = False
    for name in dict.fromkeys(names):
        try:
            sentences = troubles_of(tried, name) or unmigrated(tried, name)
        except MigrationFailed as failed:
            sentences = [str(failed)]
        if not sentences:
            sentences = list(declared_problems(tried, name, records_of(tried, machine)))
        for sentence in sentences:
            has_problems = True
            yield Problem(sentence.rstrip("."), name, code="plugin-refused")
    for name, sentence in knocked_out(tried, installed, list(dict.fromkeys(names)), machine):
        has_problems = True
        yield Problem(sentence, name, code="plugin-refused")
    if not has_problems:
        for name, finding in breaking(tried, installed, dict.fromkeys(names), machine):
            sentence, facts = f"{finding} [{finding.check}]", {"check": finding.check}
            yield Problem(sentence, name, code="plugin-refused", facts=facts)


def _own(found: Iterable[Found]) -> set[str]:
    """Return the names of the plugins that come with officeops."""
    return {plugin.name for plugin in found if plugin.own}


def _with(names: Sequence[str], more: Iterable[str]) -> list[str]:
    return list(dict.fromkeys([*names, *more]))


def _without(names: Iterable[str], removed: Collection[str]) -> list[str]:
    return [name for name in names if name not in removed]


def _brings(tried: Plugins, name: str) -> str:
    """Return what a plugin brings, such as `: 2 records, 1 action`; blank for nothing."""
    parts = []
    for hook in COUNTED:
        count = brought(tried, hook, name)
        if count:
            parts.append(f"{count} {hook if count > 1 else hook[:-1]}")
    return f": {', '.join(parts)}" if parts else ""


@example("keys")
@click.command()
@click.argument("names", nargs=-1, required=True)
@outcome_option
@click.pass_context
def disable(ctx: click.Context, names: tuple[str, ...]) -> None:
    """Turn plugins off. Their records stay in the office's file."""
    refuse_request(ctx)
    run = run_of(ctx)
    ask(run, "core.plugins.change")
    installed = run.found()
    refuse_unknown(installed, names)
    own = [name for name in names if name in _own(installed)]
    _save(run, _without(run.machine.enabled, names), _with(run.machine.disabled, own))
    say_outcome(ctx, *[f"{name} is off. Its records stay in the office's file." for name in names])
    _say_dependents(on_trial(installed, (), run.machine), names)


def _say_dependents(loaded: Plugins, names: Sequence[str]) -> None:
    """Name the plugins that need one that is now off."""
    for manifest in loaded.manifests.values():
        needs = sorted({*manifest.requires} & {*names})
        if needs and manifest.name not in names:
            needed = " and ".join(needs)
            say(f"officeops: {manifest.name} needs {needed}, and is refused until it is on again.")


def _save(
    run: Run,
    enabled: list[str],
    disabled: list[str],
) -> None:
    # Whatever else the file holds stays.
    saved = run.machine.load("plugins.toml")
    # The order in which they were turned on stays: a newcomer takes no word of the others.
    saved = {**saved, "enabled": enabled, "disabled": sorted(disabled)}
    with held():
        run.machine.save("plugins.toml", saved)
        run.fate.wrote("The settings of plugins were changed.")


def brought(
    loaded: Plugins,
    hook: str,
    name: str,
) -> int:
    """Return how many records, actions or commands a plugin brings."""
    return sum(owner == name for owner, _ in loaded.registered(hook))
