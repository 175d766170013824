"""Installation: the parts that this machine needs to serve the office over SSH, each checked.

Every missing part comes with the commands by which root makes it.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Final

from officeops.ssh.account import (
    account_findings,
    folders_above,
    office_finding,
    program_finding,
)
from officeops.ssh.finding import Finding, missing, note
from officeops.ssh.mail_recipients import mail_finding, recipient_findings
from officeops.ssh.sshd_config import WANTED, Served, crontab, fragment, script

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from officeops.model.declarations import Job

#: The path of sshd, which is not on everybody's PATH.
SSHD: Final = "/usr/sbin/sshd"
#: Variables that a client may set: its language and its colors.
HARMLESS: Final = frozenset({"LANG", "LC_*", "COLORTERM", "NO_COLOR"})
#: Where cron may be, also for a user without root's PATH.
_PATH: Final = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/bin"
#: The most that is read of a file to compare it.
_LONGEST: Final = 1 << 16


class Installation:
    """Checks this machine, and changes nothing.

    It opens no office: run by root, that would leave files that only root can write.
    """

    def __init__(
        self,
        served: Served,
        etc: str,
        script_path: str,
        mail: Mapping[str, str],
        jobs: Sequence[Job] = (),
    ) -> None:
        self.served, self.etc, self.script_path = served, etc, script_path
        self.mail, self.jobs = mail, jobs
        self.fragment_path = os.path.join(etc, "ssh/sshd_config.d/officeops.conf")
        self.cron_path = os.path.join(etc, "cron.d/officeops")

    def findings(self) -> Iterator[Finding]:
        """Yield every part, in the order in which the commands have to run."""
        yield from self._packages()
        yield from account_findings(self.served)
        yield program_finding(self.served)
        yield office_finding(self.served)
        yield self._script()
        yield self._fragment()
        yield from self._sshd()
        yield self._cron()
        yield mail_finding(self.mail)
        yield from recipient_findings(self.served.database, self.mail)

    def _packages(self) -> Iterator[Finding]:
        install = "apt-get install -y"
        has_sshd, has_cron = os.path.exists(SSHD), bool(shutil.which("cron", path=_PATH))
        yield Finding("OpenSSH's server is installed", has_sshd, f"{install} openssh-server")
        yield Finding("cron is installed", has_cron, f"{install} cron")

    def _script(self) -> Finding:
        text = script(self.served)
        return _file(
            "the script that sshd asks for keys",
            self.script_path,
            text,
            "755",
        )

    def _fragment(self) -> Finding:
        text = fragment(self.served.account, self.script_path)
        return _file(
            "sshd's settings for the account",
            self.fragment_path,
            text,
            "644",
        )

    def _cron(self) -> Finding:
        text = crontab(self.served, self.mail, self.jobs)
        return _file("the jobs of cron", self.cron_path, text, "644")

    def _sshd(self) -> Iterator[Finding]:
        """Ask sshd itself for the settings of the account: another file may come before ours."""
        name, main = self.served.account, os.path.join(self.etc, "ssh/sshd_config")
        what = f"sshd follows these settings for {name}"
        reload = f"{SSHD} -t -f {main} && systemctl reload ssh"
        if os.geteuid() or not os.path.exists(SSHD):
            yield missing(f"{what} (only root can ask it)", reload)
            return
        import subprocess

        words = [SSHD, "-T", "-f", main, "-C", f"user={name},host=localhost,addr=127.0.0.1"]
        # sshd itself, asked for its settings.
        ran = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603
        yield from _accepted_variables(ran.stdout)
        wrong = self._wrong_settings(ran.stdout)
        # sshd that prints nothing has a broken file, of which each setting would be named.
        differences = f" ({'; '.join(wrong)})" if wrong and ran.stdout else ""
        yield Finding(what + differences, not wrong, reload)

    def _wrong_settings(self, printed: str) -> list[str]:
        """Return the settings that are not as they should be, from what sshd prints."""
        settings = {}
        for line in printed.splitlines():
            key, _, value = line.partition(" ")
            settings[key] = value
        wanted = {
            **WANTED,
            "authorizedkeyscommand": f"{self.script_path} %u %f",
            "authorizedkeyscommanduser": self.served.account,
        }
        wrong = []
        for key, right in wanted.items():
            if settings.get(key) != right:
                wrong.append(f"{key} is {settings.get(key, 'not said')}")
        return wrong


def _accepted_variables(printed: str) -> Iterator[Finding]:
    """Yield a note if clients may set more variables than their language.

    The account's shell reads its environment before officeops can clear it.
    """
    accepted = set()
    for line in printed.splitlines():
        if line.startswith("acceptenv "):
            accepted.add(line.partition(" ")[2])
    more = sorted(accepted - HARMLESS)
    if more:
        what = f"clients may set {', '.join(more)} for programs here"
        yield note(what, "let AcceptEnv be LANG LC_* alone in sshd's settings")


def _file(what: str, path: str, text: str, mode: str) -> Finding:
    """Check that a file has a text and is root's; the commands write it."""
    commands = [
        f"install -d -m 755 {os.path.dirname(path)}",
        f"cat > {path} <<'END'\n{text}END",
        f"chown root:root {path}",
        f"chmod {mode} {path}",
    ]
    is_there = _is_roots(path) and _text_of(path) == text
    return Finding(f"{what}: {path}", is_there, "\n".join(commands))


def _is_roots(path: str) -> bool:
    """Return whether only root can change a file.

    It and every folder above it must be root's, and closed to writing by others.
    """
    try:
        states = list(map(os.lstat, (path, *folders_above(path))))
    except OSError:
        return False
    return all(state.st_uid == 0 and not state.st_mode & 0o022 for state in states)


def _text_of(path: str) -> str:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read(_LONGEST)
    except (OSError, UnicodeDecodeError):
        return ""
