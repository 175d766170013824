"""Errands: what a screen sends others to do: reads and writes in threads, questions, and what goes wrong said in words."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from textual.screen import Screen
from textual.worker import get_current_worker

from officeops.store.commits import Fate
from officeops.tui.widgets.error_text import sentence
from officeops.tui.widgets.prompt import PromptLine
from officeops.values.convert import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from officeops.office.office import Office

T = TypeVar("T")

#: The groups of threads that read what a screen shows.
READING: Final = frozenset({"fetch", "ids"})


class Errands(Screen[None]):
    """The half of a screen that works: it reads, writes, asks and complains."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        self.prompt = PromptLine()
        #: Whether a change is on its way to the file.
        self.writing = False
        #: What the write committed whose failure is being told; None where none is.
        self.fate: Fate | None = None

    @property
    def is_reading(self) -> bool:
        """Whether rows are still being read in a thread."""
        mine = (
            worker for worker in self.app.workers if worker.node is self and worker.group in READING
        )
        return any(not worker.is_finished for worker in mine)

    def take_news(self) -> None:
        """Read again if anything was written since."""
        raise NotImplementedError

    def say(self, text: str) -> None:
        """Say something on the prompt line."""
        self.prompt.say(text)

    def complain(self, error: Exception) -> None:
        """Say what went wrong."""
        self.log.error(error)
        self.prompt.say(sentence(error, self.fate), alarm=True)

    def ask(self, question: str, yes: Callable[[], object]) -> None:
        """Ask for a `y` before doing something."""
        self.prompt.ask(question, partial(self.guarded, yes))

    def choose(self, question: str, answers: Mapping[str, Callable[[], object]], hint: str) -> None:
        """Ask for one of a few letters before doing something; `hint` says what they are."""
        self.prompt.choose(
            question, {letter: partial(self.guarded, run) for letter, run in answers.items()}, hint
        )

    def ask_for(
        self,
        label: str,
        reader: Callable[[str], T | None],
        done: Callable[[T], object],
        *,
        value: str = "",
        complete: Callable[[str], str | None] | None = None,
    ) -> None:
        """Read a value on the prompt line. `reader` raises ValueError where a text is none; the sentence is said."""

        def take(text: str) -> None:
            try:
                found = reader(text)
            except ValueError as error:
                self.prompt.say(safe(f"{error}."), alarm=True)
                return
            if found is None:
                self.say("Nothing was typed, so nothing was done.")
            else:
                self.guarded(partial(done, found))

        self.prompt.read(label, take, value=value, complete=complete)

    def guarded(self, call: Callable[[], object]) -> object:
        """Call something; what it raises becomes a sentence."""
        try:
            return call()
        except Exception as error:  # noqa: BLE001 - a plugin's fault must not end the program
            self.complain(error)
            return None

    def write(
        self,
        work: Callable[[Office], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Do `work` in a thread with an office of its own, then `done` with its answer here.

        Another program may hold the file for a while; the screen does not freeze meanwhile.
        """
        if self.writing:
            self.say("One moment: the last change is still being written.")
            return
        self.writing = True
        self.app.run_worker(
            partial(self._work, work, done, failed or self.complain),
            thread=True,
            exit_on_error=False,
            group="write",
        )

    def fetch(
        self,
        work: Callable[[Office], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Read something slow in a thread with an office of its own, then `done` with it here."""
        reader = partial(self._fetch, work, done, failed or self.complain)
        self.run_worker(reader, thread=True, exclusive=True, exit_on_error=False, group="fetch")

    def _fetch(
        self,
        work: Callable[[Office], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object],
    ) -> None:
        worker = get_current_worker()
        then: Callable[[], object]
        try:
            with self.office.twin() as twin:
                then = partial(done, work(twin))
        except Exception as error:  # noqa: BLE001 - told on the screen that asked
            then = partial(failed, error)
        if not worker.is_cancelled:
            self.app.call_from_thread(self.guarded, then)

    def _work(
        self,
        work: Callable[[Office], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object],
    ) -> None:
        then: Callable[[], object]
        fate = Fate()
        try:
            with self.office.twin() as twin:
                # What this write commits, and no other: what is said of its failure is true of it.
                twin.fate = twin.store.fate = fate
                twin.store.gate.told = self._waits
                then = partial(done, work(twin))
        except Exception as error:  # noqa: BLE001 - told where the key was pressed
            then = partial(self._failed, failed, error, fate)
        self.app.call_from_thread(self._written, then)

    def _failed(self, failed: Callable[[Exception], object], error: Exception, fate: Fate) -> None:
        """Have a failed write told, with what it had committed by then."""
        self.fate = fate
        try:
            failed(error)
        finally:
            self.fate = None

    def _waits(self, text: str) -> None:
        """Say what a change waits for; with the interface gone there is nobody to tell, and the change goes on."""
        with suppress(RuntimeError):
            self.app.call_from_thread(self.say, text)

    def _written(self, then: Callable[[], object]) -> None:
        self.writing = False
        self.guarded(then)
        top = self.app.screen
        if isinstance(top, Errands):
            top.take_news()
