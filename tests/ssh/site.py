"""A served office: a throw-away account, the program as it is installed, and Debian's own sshd on a port of this machine."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from tests.effort import PATIENCE
from tests.installing import UV, uv_environment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).parents[2]
#: How the folder of a site is called, and the file in it with the process that made it.
PREFIX, OWNER = "officeops-test-", "made-by"
SSHD = "/usr/sbin/sshd"
#: More than Debian's `LANG LC_*`: the gate must not rely on sshd to keep a client's environment out.
CARELESS = "LANG LC_* PYTHON* TEXTUAL* OFFICEOPS* _OFFICEOPS* TERMINFO* XDG_* COLUMNS COMP_*"
SERVER = """\
Include {etc}/ssh/sshd_config.d/*.conf
Port {port}
ListenAddress 127.0.0.1
HostKey {etc}/ssh/ssh_host_ed25519_key
PidFile none
UsePAM no
X11Forwarding yes
AcceptEnv {environment}
Subsystem sftp /usr/lib/openssh/sftp-server
MaxStartups 100
"""
CLIENT = """\
Host office
    HostName 127.0.0.1
    Port {port}
    User {account}
    UserKnownHostsFile /dev/null
    StrictHostKeyChecking no
    IdentitiesOnly yes
    BatchMode yes
    LogLevel ERROR
"""

#: Imports what commands and the interface import, which compiles it.
COMPILE = """\
import importlib, pkgutil
for name in ("officeops", "officeops_inventory", "officeops_vendors"):
    package = importlib.import_module(name)
    for module in pkgutil.walk_packages(package.__path__, f"{name}."):
        if not any(word in module.name for word in ("testing", "__main__", "authoring", "template", "sheet")):
            importlib.import_module(module.name)
"""


def missing() -> str:
    """Return why a served office cannot be set up here; blank where it can."""
    if os.geteuid():
        return "only root can make an account and run sshd for it"
    if not (os.path.exists(SSHD) and shutil.which("ssh") and shutil.which("sftp")):
        return "openssh-server and openssh-client are not installed"
    return ""


def remove_remains() -> None:
    """Remove the folders of runs that were killed, with their processes and accounts."""
    for folder in Path("/opt").glob(f"{PREFIX}*"):
        owner = folder / OWNER
        # A folder without its owner is one that another run is making at this moment.
        if not owner.exists() or Path("/proc", owner.read_text()).exists():
            continue
        end_processes("-f", str(folder))
        for account in pwd.getpwall():
            if account.pw_dir.startswith(f"{folder}/"):
                remove_account(account.pw_name)
        shutil.rmtree(folder, ignore_errors=True)


def remove_account(name: str) -> None:
    """Remove an account of a test, and end its processes."""
    end_processes("-u", name)
    subprocess.run(["/usr/sbin/userdel", name], capture_output=True, check=False)


def end_processes(*which: str) -> None:
    """End the processes that pgrep finds."""
    found = subprocess.run(["pgrep", *which], capture_output=True, text=True, check=False)
    for number in found.stdout.split():
        with suppress(ProcessLookupError):  # it has ended by itself
            os.kill(int(number), signal.SIGKILL)


class Site:
    """Everything lies in one folder, and goes with it; only the account is the machine's."""

    def __init__(self) -> None:
        remove_remains()
        # Not in /tmp: sshd wants every folder above its script to be root's, and closed to others.
        self.root = Path(tempfile.mkdtemp(prefix=PREFIX, dir="/opt"))
        self.root.chmod(0o755)
        (self.root / OWNER).write_text(str(os.getpid()))
        self.account = f"oo{secrets.token_hex(4)}"
        self.etc, self.program, self.home = (
            self.root / "etc",
            self.root / "program",
            self.root / "office",
        )
        self.script = self.root / "lib/authorized-keys"
        self.port = _free_port()
        self._sshd: subprocess.Popen[bytes] | None = None

    # -- set up -------------------------------------------------------------------------------------

    def set_up(self) -> Self:
        """Install, make the account and the office, and serve it by exactly what `access install` says."""
        self.put_program()
        self.put_server()
        self.run_as_told()
        self.officeops("init", "--name", "Maple Street")
        self.run_as_told()
        self.start()
        return self

    def put_program(self) -> None:
        """Install the wheel for everybody on this machine to run. As its users do, with pip, the guide's test installs it."""
        run([public_python(), "-m", "venv", "--without-pip", str(self.program)])
        python = str(self.program / "bin/python")
        words = ["pip", "install", "--quiet", "--python", python, str(wheel(self.root))]
        run([UV, *words], env=uv_environment(self.root / "uv"))
        # Only root may write here: what the office uses is compiled now, or each command does it again.
        run([python, "-I", "-c", COMPILE], env=clean())

    def put_server(self) -> None:
        """Write what Debian's package brings: sshd's own settings and a host key."""
        (self.etc / "ssh/sshd_config.d").mkdir(parents=True)
        os.makedirs("/run/sshd", mode=0o755, exist_ok=True)
        text = SERVER.format(etc=self.etc, port=self.port, environment=CARELESS)
        (self.etc / "ssh/sshd_config").write_text(text)
        run(
            [
                "ssh-keygen",
                "-q",
                "-t",
                "ed25519",
                "-N",
                "",
                "-f",
                str(self.etc / "ssh/ssh_host_ed25519_key"),
            ]
        )
        (self.root / "client").write_text(CLIENT.format(port=self.port, account=self.account))

    def install(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Ask what root must do."""
        where = ["--account", self.account, "--etc", str(self.etc), "--script", str(self.script)]
        return run([*self.command, "access", "install", *where, *words], check=False)

    def run_as_told(self) -> None:
        """Run what `access install` prints, but for the names of things that a test has no business to touch."""
        told = self.install().stdout
        told = told.replace("systemctl reload ssh", "true")
        told = told.replace("apt-get install -y cron", "true")
        told = "\n".join(line for line in told.splitlines() if " init --name " not in line)
        run(["sh", "-e"], input=told + "\n")

    def start(self) -> None:
        """Start sshd, and wait until it answers."""
        log = (self.root / "sshd.log").open("ab")
        self._sshd = subprocess.Popen(
            [SSHD, "-D", "-e", "-f", str(self.etc / "ssh/sshd_config")], stderr=log
        )
        log.close()
        wait_for(self.answers, "sshd answers")

    @property
    def server(self) -> int:
        """The process of sshd."""
        assert self._sshd
        return self._sshd.pid

    def answers(self) -> bool:
        """Return whether somebody listens."""
        with socket.socket() as tried:
            return tried.connect_ex(("127.0.0.1", self.port)) == 0

    def close(self) -> None:
        """Take everything away again, and whoever is still on."""
        if self._sshd:
            self._sshd.terminate()
            self._sshd.wait(PATIENCE)
        subprocess.run(["/usr/sbin/userdel", self.account], capture_output=True, check=False)
        for pid in self.running():
            os.kill(pid, 9)
        subprocess.run(["/usr/sbin/userdel", self.account], capture_output=True, check=False)
        shutil.rmtree(self.root, ignore_errors=True)

    # -- use ----------------------------------------------------------------------------------------

    @property
    def command(self) -> list[str]:
        """The program on the office's file."""
        python = [str(self.program / "bin/python"), "-I", "-X", "utf8", "-m", "officeops"]
        return [*python, "--db", str(self.home / "office.db")]

    def officeops(
        self,
        *words: str,
        input: str = "",  # noqa: A002
        check: bool = True,
    ) -> subprocess.CompletedProcess[str]:
        """Run the program as the account does, from cron or by its administrator."""
        words = ("runuser", "-u", self.account, "--", *self.command, *words)
        return run(list(words), input=input, check=check, cwd=self.root, env=clean())

    def let_in(self, login: str, role: str = "manager") -> None:
        """Make a key, and let its owner in."""
        key = self.key(login)
        run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", f"{login}@laptop", "-f", str(key)]
        )
        self.officeops(
            "access",
            "add",
            login,
            "--role",
            role,
            "--key",
            "-",
            input=Path(f"{key}.pub").read_text(),
        )

    def key(self, login: str) -> Path:
        """Return where somebody's secret key lies."""
        return self.root / f"{login}.key"

    def client(self, login: str, *options: str, program: str = "ssh") -> list[str]:
        """Return the beginning of a client's command line."""
        return [program, "-F", str(self.root / "client"), "-i", str(self.key(login)), *options]

    def ssh(
        self,
        login: str,
        *words: str | bytes,
        options: Sequence[str] = (),
        input: bytes = b"",  # noqa: A002 - as subprocess calls it
        env: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[Any]:
        """Run a command over ssh."""
        line: list[str | bytes] = [*self.client(login, *options), "office", *words]
        given = {**clean(), **(env or {})}
        return subprocess.run(
            line, input=input, capture_output=True, timeout=PATIENCE, check=False, env=given
        )

    def running(self) -> list[int]:
        """Return the processes of the account."""
        ran = subprocess.run(
            ["pgrep", "-u", self.account], capture_output=True, text=True, check=False
        )
        return [int(each) for each in ran.stdout.split()]


def public_python() -> str:
    """Return a Python that any account of this machine may run: the tests' own, or Debian's."""
    for python in (os.path.realpath(sys.executable), "/usr/bin/python3"):
        if all(each.stat().st_mode & 0o001 for each in Path(python).parents) and os.path.exists(
            python
        ):
            return python
    raise AssertionError("there is no Python 3.11 that an account made for the tests could run")


def wheel(folder: Path) -> Path:
    """Build the wheel."""
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT)
    return next(folder.glob("*.whl"))


def clean() -> dict[str, str]:
    """Return an environment as a login has it."""
    return {
        "PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
        "LANG": "C.UTF-8",
        "HOME": "/nonexistent",
        "TERM": "xterm-256color",
    }


def run(words: list[str], *, check: bool = True, **how: Any) -> subprocess.CompletedProcess[str]:  # noqa: ANN401
    """Run a program; what it said stands in the failure."""
    ran = subprocess.run(words, capture_output=True, text=True, check=False, timeout=300, **how)
    assert not check or ran.returncode == 0, f"{words}: {ran.stdout}{ran.stderr}"
    return ran


def wait_for(what: Any, words: str, seconds: float = PATIENCE) -> None:  # noqa: ANN401
    """Wait until something is so."""
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, f"after {seconds} s not yet: {words}"
        time.sleep(0.05)


def _free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])
