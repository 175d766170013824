"""The run of a command line: how it was called, and its office, opened when needed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

from officeops.model.errors import UsageProblem
from officeops.model.exit_codes import INCOMPLETE, PARTLY
from officeops.store.commits import Fate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import FrameType

    import click

    from officeops.cli.plugin_loading import PluginLoading
    from officeops.model.errors import Already
    from officeops.model.sealed_value import Sealed
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
        #: The login it runs for; blank for the owner of the process.
        self.user = ""
        #: The fingerprint of the SSH key that it came by; blank without one.
        self.ssh_key = ""
        #: Whether the line came in over SSH, and from which address. Such a line opens no path of
        #: this machine, and not every command runs.
        self.gated, self.peer = False, ""
        #: Whether the person wants nothing to be changed.
        self.reads_only = False
        #: The permission that the command itself needs.
        self.needs = ""
        #: The commits so far, and the exit codes on the way; `cli.run` ends with the leading one.
        self.fate, self.codes = Fate(), list[int]()
        #: The errors that the command said, which its last sentences do not repeat.
        self.errors: list[str] = []
        #: Whether the person asked for JSON, so that a program reads standard output.
        self.as_json = False
        #: Whether the command answered a request that was carried out before.
        self.is_repeated = False
        self._is_called = self.is_stopped = False
        #: The first word of the command: `history` of `officeops history verify`.
        self.word = ""
        #: The command that opened the office last, with its words.
        self.command: click.Context | None = None
        self._machine: Machine | None = None
        self._plugins: Plugins | None = None
        self._loading: PluginLoading | None = None
        self._office: Office | None = None

    def begin(self) -> None:
        """Forget the commits and exit codes of an earlier line of the same run."""
        self.fate.clear()
        self.codes.clear()
        self.errors.clear()
        self._is_called = self.as_json = False
        self.word = ""
        self.command, self.is_repeated = None, False

    @property
    def troubles(self) -> Sequence[Trouble]:
        """The troubles of the plugins, if they were loaded."""
        return self._plugins.troubles if self._plugins is not None else ()

    @property
    def is_incomplete(self) -> bool:
        """Whether a part of the answer is missing, because a plugin is refused or failed."""
        return self._plugins is not None and self._plugins.is_incomplete

    def plugin_of(self, frame: FrameType | None) -> tuple[str, str] | None:
        """Find the plugin whose code leads to a frame, and its function, if any were loaded."""
        return self._plugins.of_frame(frame) if self._plugins is not None else None

    @property
    def is_clean(self) -> bool:
        """Whether there is nothing to say at the end, and no exit code but that of the command."""
        return not (any(self.codes) or self.troubles)

    def call(self, given: Mapping[str, Any]) -> None:
        """Take the global options of the line, once. Over SSH only the request id counts.

        Raises UsageProblem for an empty value: an empty variable of a script must not open another
        office, nor turn an action with a request id into one that may run twice.
        """
        if self._is_called:
            return
        for name in ("db", "config", "request_id"):
            text = given.get(name)
            if text is not None and not 0 < len(text.strip()) <= LONGEST:
                option = name.replace("_", "-")
                raise UsageProblem(
                    f"--{option} needs a value, of {LONGEST} letters at most.", code="needed"
                )
        self._is_called = True
        self.request = given.get("request_id") or self.request
        self.reads_only = bool(given.get("read_only")) or self.reads_only
        if not self.gated:
            self.db, self.config = given.get("db") or self.db, given.get("config") or self.config
            self.safe = bool(given.get("safe")) or self.safe

    def partly(self, sentence: str = "") -> None:
        """End with 5: the command wrote, but left something out or changed it, as `sentence` says.

        The command goes on. If in the end it wrote nothing at all, the code is 1.
        """
        self._earn(PARTLY, sentence)

    def incomplete(self, sentence: str = "") -> None:
        """End with 4: the answer is incomplete, because a plugin failed or is refused.

        The command goes on.
        """
        self._earn(INCOMPLETE, sentence)

    def repeat(
        self,
        done: Already,
        *,
        silent: bool = False,
        answer: str = "",
    ) -> None:
        """Answer a request that was carried out before, with the outcome and exit code it had then.

        As JSON, the outcome is an object that says that it is repeated. A command that prints its
        own JSON again is `silent`. `answer` is the sentence of the first time, where the outcome
        is less than that.
        """
        self.fate.repeated()
        self.is_repeated = True
        self.codes.append(done.code)
        if silent:
            return
        from officeops.cli.output import say

        if self.as_json:
            import json

            plain = {"outcome": done.outcome, "repeated": True}
            sys.stdout.write(json.dumps(plain, ensure_ascii=False) + "\n")
        else:
            again = "This request id was already carried out; nothing was written again."
            say(f"{again} {answer or done.outcome}".rstrip())

    def refuse_request(self, why: str) -> None:
        """Raise UsageProblem for a request id that the command cannot honor."""
        if self.request:
            raise UsageProblem(f"{why} Leave out --request-id.", code="not-together")

    def refuse_reading(self) -> None:
        """Raise Refused where the person wants nothing to be changed."""
        if self.reads_only:
            from officeops.office.authorization import only_reads

            raise only_reads()

    def _earn(self, code: int, sentence: str) -> None:
        self.codes.append(code)
        if sentence:
            from officeops.cli.output import say

            say(self.fate.corrected(sentence))

    @property
    def opened(self) -> Office | None:
        """The office, if the command opened it."""
        return self._office

    @property
    def machine(self) -> Machine:
        """This machine's settings."""
        if self._machine is None:
            from officeops.model.settings import Machine

            self._machine = Machine(self.config)
            self._fix(self._machine)
        return self._machine

    def _fix(self, machine: Machine) -> None:
        from officeops.model.settings import READS_ONLY, SHARED

        machine.fixed = SHARED if self.gated else READS_ONLY if self.reads_only else ""

    @property
    def plugins(self) -> Plugins:
        """The plugins that are on."""
        if self._plugins is None:
            from officeops.cli.plugin_loading import PluginLoading

            self._loading = PluginLoading(self.machine, self.found())
            self._plugins = self._loading.load()
        return self._plugins

    def found(self) -> list[Found]:
        """Return every installed plugin, on or off."""
        from officeops.plugins.discovery import find

        return find(self.machine, safe=self.safe)

    @property
    def named(self) -> str:
        """The office's file as people name it, by a link too: `--db`, OFFICEOPS_DB, the settings, or the user's data folder."""
        import os

        from officeops.model.settings import default_database

        given = self.db or os.environ.get("OFFICEOPS_DB")
        return given or self.machine.own.db or default_database()

    @property
    def path(self) -> str:
        """The office's file itself, where a link leads."""
        from officeops.store.filesystem import resolved

        return resolved(self.named)

    def office(self, *, create: bool = False) -> Office:
        """Open the office, once."""
        if self._office is None:
            if create:
                self.refuse_reading()
            from officeops.office.office import Office

            self._office = Office(
                self.named,
                self.plugins,
                self.machine,
                user=self.user,
                ssh_key=self.ssh_key,
                create=create,
                fate=self.fate,
            )
            self._office.authorizer.reads_only = self.reads_only
            if self._loading is not None:
                self._loading.keep(self._office)
            self._office.authorizer.asks = self._ask_whose
            self._office.authorizer.asks_witness = self._ask_witness
            # The next action must use the request id.
            self._office.demand(self.request or "", self._typed)
            if self.request:
                # What a request id did before is looked up by the person.
                self._office.sign_first()
            if sys.stderr.isatty():
                # Somebody is watching, and wants to know what the command waits for.
                from officeops.cli.output import say

                self._office.store.gate.told = say
            if self.needs:
                self._office.allow(self.needs)
        return self._office

    def _ask_whose(self) -> tuple[str, Sealed]:
        from officeops.cli.whose_entry import ask_whose

        return ask_whose(self.office().who.place)

    def _ask_witness(self) -> tuple[str, Sealed]:
        from officeops.cli.whose_entry import ask_witness

        return ask_witness()

    def _typed(self) -> str:
        from officeops.cli.line_digest import line_digest

        return line_digest(self.command) if self.command else ""

    def share(self, other: Run) -> None:
        """Take over the settings, plugins and commits of another run."""
        self.fate = other.fate
        self._machine, self._plugins = other.machine, other.plugins
        self._fix(self._machine)

    def close(self) -> None:
        """Close the office if it was opened."""
        if self._office is not None:
            self._office.close()
            self._say_unrecorded(self._office)
            self._office = None

    def _say_unrecorded(self, office: Office) -> None:
        if sentence := office.readings.unrecorded:
            from officeops.cli.output import say

            say(f"officeops: {sentence}")


def ask(run: Run, permission: str) -> None:
    """Raise Forbidden where the user of a line lacks a permission.

    The owner of the process is not asked: they can open the files of this machine anyway.
    """
    if run.user:
        run.office().allow(permission)


def run_of(context: click.Context) -> Run:
    """Return the run of a command, which learns here its word and whether the answer is JSON."""
    run = context.find_root().obj
    assert isinstance(run, Run)  # noqa: S101 - set by the root command before any other runs
    run.as_json = run.as_json or bool(context.params.get("as_json"))
    run.word = "".join(context.command_path.split()[1:2])
    return run


def refuse_request(context: click.Context) -> None:
    """Raise UsageProblem for a request id with a command that does its work again each time."""
    name = context.command_path.removeprefix("officeops ")
    run_of(context).refuse_request(f"{name} runs every time.")


def office_of(context: click.Context) -> Office:
    """Return the open office of a command."""
    run = run_of(context)
    office = run.office()
    run.command = context
    return office
