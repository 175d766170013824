"""What a command line run knows: how it was called, and the office once it is asked for."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from officeops.model.errors import UsageProblem
from officeops.model.exit_codes import INCOMPLETE, PARTLY
from officeops.store.commits import Fate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import click

    from officeops.model.errors import Already
    from officeops.model.records import Record
    from officeops.model.settings import Machine
    from officeops.office.office import Office
    from officeops.plugins.discovery import Found
    from officeops.plugins.manager import Plugins
    from officeops.plugins.manifest import Trouble

#: The longest path or request id that is taken.
LONGEST: Final = 4096


class Run:
    """One run of `officeops`: its global options, and lazily its settings, plugins and office."""

    def __init__(
        self,
        db: str | None = None,
        config: str | None = None,
        *,
        safe: bool = False,
        request: str | None = None,
    ) -> None:
        self.db, self.config, self.safe, self.request = db, config, safe, request
        #: The user it is run for, where that is not whoever runs the process.
        self.user = ""
        #: Whether it came in over SSH, and from where: no path of this machine is opened for it, and not every word is run.
        self.gated, self.peer = False, ""
        #: The permission that the command's word needs.
        self.needs = ""
        #: What was committed so far, and the exit codes that were earned on the way; `cli.run` ends with the leading one.
        self.fate, self.codes = Fate(), list[int]()
        #: Whether the command was asked for JSON, so that its standard output is for a program.
        self.as_json = False
        self._is_called = self.is_stopped = False
        self._machine: Machine | None = None
        self._plugins: Plugins | None = None
        self._office: Office | None = None

    def begin(self) -> None:
        """Forget what an earlier line of the same run committed and earned."""
        self.fate.clear()
        self.codes.clear()
        self._is_called = self.as_json = False

    @property
    def troubles(self) -> Sequence[Trouble]:
        """The plugins that are not in order, as far as any were loaded."""
        return self._plugins.troubles if self._plugins is not None else ()

    @property
    def is_incomplete(self) -> bool:
        """Whether plugins were asked for their part of the answer, and one of them is refused or failed."""
        return self._plugins is not None and self._plugins.is_incomplete

    @property
    def is_clean(self) -> bool:
        """Whether nothing happened on the way that has to be said or that makes another exit code."""
        return not (any(self.codes) or self.troubles)

    def call(self, given: Mapping[str, Any]) -> None:
        """Take the global options of the line, once. Over SSH only the request id is the caller's to choose.

        Raises UsageProblem for an empty word: a script's empty variable must not mean another office, nor an action
        that may be done twice.
        """
        if self._is_called:
            return
        for name in ("db", "config", "request_id"):
            if given.get(name) is not None and not 0 < len(given[name].strip()) <= LONGEST:
                raise UsageProblem(
                    f"--{name.replace('_', '-')} wants a word, of {LONGEST} letters at most."
                )
        self._is_called = True
        self.request = given.get("request_id") or self.request
        if not self.gated:
            self.db, self.config = given.get("db") or self.db, given.get("config") or self.config
            self.safe = bool(given.get("safe")) or self.safe

    def partly(self, sentence: str = "") -> None:
        """End with 5: what was asked was written, with something left out or different, which `sentence` names.

        The command goes on. Where in the end nothing was written at all, the code is 1.
        """
        self._earn(PARTLY, sentence)

    def incomplete(self, sentence: str = "") -> None:
        """End with 4: the answer is incomplete, because a plugin failed or is refused. The command goes on."""
        self._earn(INCOMPLETE, sentence)

    def repeat(self, done: Already, *, silent: bool = False) -> None:
        """Answer a request that was carried out before: with its outcome, and with the code of the first time.

        Asked for JSON, the command gets its outcome as an object; `silent` where it prints what it printed then.
        """
        self.fate.repeated()
        self.codes.append(done.code)
        if silent:
            return
        from officeops.cli.output import say

        if self.as_json:
            import json

            sys.stdout.write(json.dumps({"outcome": done.outcome}, ensure_ascii=False) + "\n")
        else:
            say(
                f"This request id was already carried out; nothing was written again. {done.outcome}".rstrip()
            )

    def refuse_request(self, why: str) -> None:
        """Raise UsageProblem where a request id came with a command that cannot hold to it: nothing is ignored in silence."""
        if self.request:
            raise UsageProblem(f"{why} Leave out --request-id.")

    def _earn(self, code: int, sentence: str) -> None:
        self.codes.append(code)
        if sentence:
            from officeops.cli.output import say

            say(self.fate.corrected(sentence))

    @property
    def machine(self) -> Machine:
        """This machine's settings."""
        if self._machine is None:
            from officeops.model.settings import Machine

            self._machine = Machine(self.config)
        return self._machine

    @property
    def plugins(self) -> Plugins:
        """The plugins that are on."""
        if self._plugins is None:
            import os

            from officeops.core.registered import registered
            from officeops.plugins.manager import Plugins

            strict = bool(os.environ.get("OFFICEOPS_STRICT_PLUGINS"))
            found = self.found()
            if any(each.on and not each.own for each in found):
                from officeops.cli.streams import part

                part()
            self._plugins = Plugins(found, self.machine, core=registered, strict=strict)
        return self._plugins

    def found(self) -> list[Found]:
        """Return every plugin that is there, on or off."""
        from officeops.plugins.discovery import find

        return find(self.machine, safe=self.safe)

    @property
    def path(self) -> str:
        """The office's file: `--db`, OFFICEOPS_DB, the settings, or the user's data folder."""
        import os

        from officeops.model.settings import default_database

        said = self.db or os.environ.get("OFFICEOPS_DB")
        return said or self.machine.own.db or default_database()

    def office(self, *, create: bool = False) -> Office:
        """Open the office, once."""
        if self._office is None:
            from officeops.office.office import Office

            self._office = Office(
                self.path, self.plugins, self.machine, user=self.user, create=create, fate=self.fate
            )
            self._office.demand(self.request or "")
            if sys.stderr.isatty():
                # Somebody is looking, and wants to know what they wait for.
                from officeops.cli.output import say

                self._office.store.gate.told = say
            if self.needs:
                self._office.allow(self.needs)
        return self._office

    def share(self, other: Run) -> None:
        """Take settings and plugins from another run that has read them already; what is committed is of both."""
        self.fate = other.fate
        self._machine, self._plugins = other.machine, other.plugins
        self._machine.fixed = self.gated

    def close(self) -> None:
        """Close the office if it was opened."""
        if self._office is not None:
            self._office.close()
            self._office = None


def ask(run: Run, permission: str) -> None:
    """Raise Forbidden where a line is run for somebody who may not do that; whoever runs their own has the machine anyhow."""
    if run.user:
        run.office().allow(permission)


def run_of(context: click.Context) -> Run:
    """Return the run a command belongs to, which learns here whether it is to answer with JSON."""
    run = context.find_root().obj
    assert isinstance(run, Run)  # noqa: S101 - set by the root command before any other runs
    run.as_json = run.as_json or bool(context.params.get("as_json"))
    return run


def refuse_request(context: click.Context) -> None:
    """Raise UsageProblem where a command that would be done again each time was given a request id."""
    name = context.command_path.removeprefix("officeops ")
    run_of(context).refuse_request(f"{name} runs every time.")


@contextmanager
def found_for(
    context: click.Context, verb: str, record: type[Record] | None, word: str
) -> Iterator[None]:
    """Look for what `verb` is to be done to, a record that `word` names.

    What was done to it before, under this request id, may be why it is not found.
    """
    from officeops.model.errors import OfficeError

    try:
        yield
    except OfficeError:
        run = run_of(context)
        if record is not None and run.request:
            from officeops.office.repeated_requests import is_of

            run.office().once(run.request, verb, is_of(run.office(), record, word))
        raise


def office_of(context: click.Context) -> Office:
    """Return the open office of a command."""
    return run_of(context).office()
