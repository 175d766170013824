"""Installation: what this machine needs to serve the office over SSH, what of it is there, and how root makes the rest."""

from __future__ import annotations

import os
import shutil
import stat
from typing import TYPE_CHECKING

from officeops.model.immutable import Value
from officeops.ssh.sshd_config import WANTED, Served, crontab, fragment, script

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pwd import struct_passwd

    from officeops.model.declarations import Job

#: Where sshd lies; it is not on everybody's PATH.
SSHD = "/usr/sbin/sshd"
#: What cron hands mail to; a mail program of Debian's puts itself there.
SENDMAIL = "/usr/sbin/sendmail"
#: What a client may well say of itself.
HARMLESS = frozenset({"LANG", "LC_*", "COLORTERM", "NO_COLOR"})
_PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/bin"


class Found(Value):
    """One thing that is looked at, whether it is in order, and the commands that make it so.

    Commands beside what is in order are advice: the office is served without.
    """

    what: str
    in_order: bool
    commands: str = ""


class Installation:
    """Looks at this machine. Changes nothing, and opens no office: run by root, that would leave files only root can write."""

    def __init__(
        self,
        served: Served,
        etc: str,
        script_path: str,
        mail: Mapping[str, str],
        jobs: Sequence[Job] = (),
    ) -> None:
        self.served, self.etc, self.script_path, self.mail, self.jobs = (
            served,
            etc,
            script_path,
            mail,
            jobs,
        )
        self.fragment_path = os.path.join(etc, "ssh/sshd_config.d/officeops.conf")
        self.cron_path = os.path.join(etc, "cron.d/officeops")

    def findings(self) -> Iterator[Found]:
        """Yield everything that is needed, in the order in which it is made."""
        yield from self._packages()
        yield from self._account()
        yield self._program()
        yield self._office()
        yield self._file(
            "the script that sshd asks for keys", self.script_path, script(self.served), "755"
        )
        yield self._file(
            "sshd's settings for the account",
            self.fragment_path,
            fragment(self.served.account, self.script_path),
            "644",
        )
        yield from self._sshd()
        yield self._file(
            "the jobs of cron", self.cron_path, crontab(self.served, self.mail, self.jobs), "644"
        )
        yield self._mail()
        yield from self._mailed()

    # -- the machine --------------------------------------------------------------------------------

    def _packages(self) -> Iterator[Found]:
        yield Found(
            "OpenSSH's server is installed",
            os.path.exists(SSHD),
            "apt-get install -y openssh-server",
        )
        yield Found(
            "cron is installed", bool(shutil.which("cron", path=_PATH)), "apt-get install -y cron"
        )

    def _account(self) -> Iterator[Found]:
        name, home = self.served.account, os.path.dirname(self.served.database)
        found = _passwd(name)
        # No password at all, but not locked either: sshd lets nobody into a locked account where PAM is not asked.
        make = f"useradd --system --user-group --create-home --home-dir {home} --shell /bin/sh --password '*' {name}"
        yield Found(f"the account {name} is there", found is not None, make)
        if found:
            shell = os.path.basename(found.pw_shell or "sh")
            yield Found(
                f"the account {name} has a shell, by which sshd starts the one command there is",
                shell not in {"nologin", "false"},
                f"usermod --shell /bin/sh {name}",
            )
            yield Found(
                f"the account {name} is not root's",
                found.pw_uid != 0,
                f"# choose another account than {name}",
            )

    def _program(self) -> Found:
        python = self.served.program[0]
        shut = [each for each in _above(python) if not os.stat(each).st_mode & stat.S_IXOTH]
        mine = _passwd(self.served.account)
        theirs = [
            each
            for each in (python, os.path.dirname(__file__))
            if mine and os.stat(each).st_uid == mine.pw_uid
        ]
        cure = "\n".join(
            [
                *(f"chmod o+x {each}" for each in shut),
                *(f"chown -R root:root {each}" for each in theirs),
            ]
        )
        return Found(
            f"{python} can be run, but not changed, by {self.served.account}",
            not shut and not theirs,
            cure,
        )

    def _office(self) -> Found:
        path, name = self.served.database, self.served.account
        folder = os.path.dirname(path)
        what = f"{path} is an office, and {name}'s alone"
        try:
            found, around = os.stat(path), os.stat(folder)
        except OSError:
            begin = f"runuser -u {name} -- {self.served.command} init --name 'NAME OF THE PRACTICE'"
            return Found(what, False, f"chown {name}: {folder}\nchmod 700 {folder}\n{begin}")  # noqa: FBT003
        owner = _passwd(name)
        uids = {owner.pw_uid} if owner else set()
        good = (
            {found.st_uid, around.st_uid} == uids
            and not found.st_mode & 0o077
            and not around.st_mode & 0o022
        )
        return Found(
            what, good, f"chown {name}: {folder} {path}*\nchmod 700 {folder}\nchmod 600 {path}"
        )

    def _mail(self) -> Found:
        """Look whether anybody hears what cron's jobs say. Mail can be done without, but not unknowingly."""
        if not shutil.which(SENDMAIL):
            what = f"there is no mail program ({SENDMAIL}), so cron drops what its jobs say"
            return Found(
                what,
                True,  # noqa: FBT003
                "apt-get install -y msmtp-mta, with the settings in docs/how-to/serve-over-ssh.md",
            )
        if not self.mail:
            return Found("no one gets mail about due items", True, "give --mail LOGIN=ADDRESS")  # noqa: FBT003
        return Found(f"cron mails what its jobs say, by {SENDMAIL}", True)  # noqa: FBT003

    def _mailed(self) -> Iterator[Found]:
        """Look whether those who are mailed what is due are users: cron's line for anybody else is refused each day."""
        if not self.mail:
            return
        from officeops.ssh.mail_recipients import strangers

        found = strangers(self.served.database, self.mail)
        if found is None:
            what = f"whether {' and '.join(self.mail)} are users of the office was not looked up: it cannot be read"
            yield Found(what, True, "officeops access list shows the users")  # noqa: FBT003
            return
        for login in found:
            what = f"{login}, who is to be mailed, is no user of the office, so the line of cron for {login} is refused"
            yield Found(what, True, f"officeops access add {login} --role ROLE")  # noqa: FBT003

    # -- files of root's ----------------------------------------------------------------------------

    def _file(self, what: str, path: str, text: str, mode: str) -> Found:
        folder = os.path.dirname(path)
        steps = [
            f"install -d -m 755 {folder}",
            f"cat > {path} <<'END'\n{text}END",
            f"chown root:root {path}",
            f"chmod {mode} {path}",
        ]
        return Found(f"{what}: {path}", _is_roots(path) and _reads(path) == text, "\n".join(steps))

    def _sshd(self) -> Iterator[Found]:
        """Ask sshd itself what holds for the account: another file may say otherwise before ours."""
        what = f"sshd follows these settings for {self.served.account}"
        name, main = self.served.account, os.path.join(self.etc, "ssh/sshd_config")
        reload = f"{SSHD} -t -f {main} && systemctl reload ssh"
        if os.geteuid() or not os.path.exists(SSHD):
            yield Found(f"{what} (only root can ask it)", False, reload)  # noqa: FBT003
            return
        import subprocess

        asked = [SSHD, "-T", "-f", main, "-C", f"user={name},host=localhost,addr=127.0.0.1"]
        ran = subprocess.run(asked, capture_output=True, text=True, check=False)  # noqa: S603 - sshd, told to say its settings
        said = dict(line.partition(" ")[::2] for line in ran.stdout.splitlines())
        wanted = {
            **WANTED,
            "authorizedkeyscommand": f"{self.script_path} %u %f",
            "authorizedkeyscommanduser": name,
        }
        yield from _taken(ran.stdout)
        wrong = [
            f"{key} is {said.get(key, 'not said')}"
            for key, value in wanted.items()
            if said.get(key) != value
        ]
        yield Found(what + (f" ({'; '.join(wrong)})" if wrong and said else ""), not wrong, reload)


def _taken(settings: str) -> Iterator[Found]:
    """Yield that sshd lets clients set more than their language: the account's shell reads its environment before officeops does."""
    taken = {
        line.partition(" ")[2] for line in settings.splitlines() if line.startswith("acceptenv ")
    }
    if more := sorted(taken - HARMLESS):
        what = f"clients may set {', '.join(more)} for programs here"
        yield Found(what, True, "let AcceptEnv be LANG LC_* alone in sshd's settings")  # noqa: FBT003


def _passwd(name: str) -> struct_passwd | None:
    import pwd

    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _above(path: str) -> list[str]:
    """Return the folders above a path, the root last."""
    folder = os.path.dirname(path)
    return [folder] if folder == os.path.dirname(folder) else [folder, *_above(folder)]


def _is_roots(path: str) -> bool:
    """Return whether only root can change a file: it, and every folder above it, is root's and closed to writing by others."""
    try:
        found = [os.lstat(each) for each in (path, *_above(path))]
    except OSError:
        return False
    return all(each.st_uid == 0 and not each.st_mode & 0o022 for each in found)


def _reads(path: str) -> str:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read(1 << 16)
    except (OSError, UnicodeDecodeError):
        return ""
