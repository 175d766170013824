"""Sweep: run lines under the faults of their streams, and report every lie."""

from __future__ import annotations

import os
import shlex
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.access.test_access_matrix import begin
from tests.said.judge import FAULTS, lies
from tests.said.lines import ENDS, PLUGINS, prepare
from tests.said.runner import Ran, Runner

from officeops.model.exit_codes import USAGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.said.lines import Line

ENV = {
    "LANG": "C.UTF-8",
    "OFFICEOPS_PLUGINS": PLUGINS,
    "OFFICEOPS_TODAY": "2026-03-02",
}


class Bench:
    """An office in which every line can be run, each in a copy of its own."""

    def __init__(self, runner: Runner, due: str, plugin: str = "") -> None:
        self.runner, self._due, self.runs = runner, due, 0
        self._env = {"OFFICEOPS_PLUGINS": f"{PLUGINS},{plugin}"} if plugin else {}

    def beside(self, plugin: str) -> Bench:
        """Return the same office, with one more plugin on."""
        return Bench(self.runner, self._due, plugin)

    def words(self, text: str) -> list[str]:
        """Return the words of a line, with the keys that this office has given."""
        return [
            word.replace("{due}", self._due).replace("{snoozed}", self._due)
            for word in shlex.split(text)
        ]

    def ready(self, line: Line) -> Path:
        """Return a copy of the office in which a line may be run."""
        folder = self.runner.copy()
        if line.first:
            first = self.runner.run(folder, self.words(line.first))
            assert first.code == 0, f"{line.first}: {first.err}"
        return folder

    def run(self, line: Line, ready: Path, *, fresh: bool = True, **more: Any) -> Ran:  # noqa: ANN401 - as the runner takes
        """Run a line in a copy of a folder, or in the folder itself where it writes nothing."""
        self.runs += 1
        folder = self.runner.copy(ready) if fresh else ready
        ran = self.runner.run(
            folder, self.words(shlex.join(line.words)), line.typed, env=self._env, **more
        )
        if fresh:
            shutil.rmtree(folder)
        return ran

    def sweep(
        self, line: Line, faults: Iterable[str] = FAULTS, plant: str = "", *, exactly: bool = True
    ) -> Iterator[str]:
        """Yield the lies of a line: how it ends without a fault, and under each.

        Without `exactly` it may be refused here, for the day's or the machine's reasons, but never be wrong usage.
        """
        ready = self.ready(line)
        normal = self.run(line, ready)
        right = ENDS.get(line.name, ENDS.get(line.name.removesuffix(" --json"), 0))
        if normal.code != right and (exactly or normal.code == USAGE):
            yield f"{line.name}: ends with {normal.code} and not with {right}: {normal.err[-300:]}"
        for fault in faults:
            ran = self.run(
                line, ready, fresh=bool(normal.change), streams=FAULTS[fault], plant=plant
            )
            told, typed = "--mark-seen" in line.words, bool(line.typed)
            for lie in lies(fault, normal, ran, told=told, typed=typed):
                yield f"{line.name}, {fault}: {lie}"
        shutil.rmtree(ready)


@contextmanager
def bench(plugins: dict[str, str] | None = None, begun: Path | None = None) -> Iterator[Bench]:
    """Prepare the office of the sweep in memory, where a disk's syncs cost nothing; one-file plugins lie ready, turned off.

    `begun` is a folder with the office of the access matrix, which is made where none is given.
    """
    place = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - a folder of its own in it
    with tempfile.TemporaryDirectory(prefix="officeops-said-", dir=place) as folder:
        base = Path(folder) / "office"
        base.mkdir()
        with Runner(base, ENV) as runner:
            due = _lay_down(runner, base, begun)
            home = base / "config" / "officeops" / "plugins"
            home.mkdir(parents=True, exist_ok=True)
            for name, text in (plugins or {}).items():
                (home / f"{name}.py").write_text(text)
                # As old as plugins are: of one that is being edited, a command keeps nothing.
                os.utime(home / f"{name}.py", (0, 0))
            yield Bench(runner, due)


#: The files of the prepared office by their paths, with its due key: a process prepares it once.
_prepared: dict[str, bytes] = {}
_due: list[str] = []


def _lay_down(runner: Runner, base: Path, begun: Path | None) -> str:
    """Put the prepared office into a folder, and return the key of something due in it."""
    if not _due:
        if begun is None:
            begin(base)
        else:
            shutil.copytree(begun, base, dirs_exist_ok=True)
        for part in base.glob("base.db*"):
            part.rename(part.with_name(part.name.replace("base", "office", 1)))
        _due.append(prepare(runner, base))
        _prepared.update(
            {
                str(file.relative_to(base)): file.read_bytes()
                for file in base.rglob("*")
                if file.is_file()
            }
        )
        return _due[0]
    for name, content in _prepared.items():
        file = base / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        file.chmod(0o600)
    return _due[0]
