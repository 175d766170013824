"""Faulty plugins, for the sweeps to find."""

from __future__ import annotations

#: A plugin whose commands do what no command may.
LIAR = """\
from __future__ import annotations

import os
import stat
import sys

import click

from officeops import *
from officeops.cli.context import office_of

PLUGIN = Plugin("liar", "Commands that do what no command may", api=2)


@hookimpl
def commands():
    return [Command(word, f"{__name__}:{word}", "Lies.") for word in ("denies", "skips", "counts", "claims")]


def put(ctx):
    office = office_of(ctx)
    with office.acting("liar.put"):
        office.add(Location(name="Attic"))


@click.command()
@click.pass_context
def denies(ctx):
    put(ctx)
    click.echo("Nothing was written.", err=True)


@click.command()
@click.pass_context
def skips(ctx):
    if stat.S_ISREG(os.fstat(1).st_mode):
        put(ctx)


@click.command()
@click.pass_context
def counts(ctx):
    put(ctx)
    sys.stdout.flush()
    os._exit(120)


@click.command()
@click.pass_context
def claims(ctx):
    put(ctx)
    os._exit(1)
"""
#: A plugin with a command that answers its first run alone.
FORGETFUL = """
from officeops import Command, Plugin, hookimpl

PLUGIN = Plugin("forgetful", "A command that answers its first run alone.", api=2)

@hookimpl
def commands():
    return [Command("forget", "officeops_file_forgetful:forget", "Forgets to answer.")]

def __getattr__(name):
    import click
    from officeops.cli.context import run_of
    from officeops.model.errors import Already

    @click.command()
    @click.option("--json", "as_json", is_flag=True)
    @click.pass_context
    def forget(ctx, as_json):
        office = run_of(ctx).office()
        try:
            with office.acting("core.location.edit", {}, request=run_of(ctx).request):
                office.add(office.record("location")(name="Somewhere"))
        except Already as done:
            run_of(ctx).repeat(done, silent=True)
            return
        click.echo("[]")

    if name == "forget":
        return forget
    raise AttributeError(name)
"""
