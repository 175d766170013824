"""What a client may try: everything but officeops is refused, by sshd or by the gate."""

from __future__ import annotations

import socket
import subprocess
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from tests.effort import PATIENCE, sampled
from tests.ssh.site import Site, clean, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def marker(site: Site) -> Iterator[Path]:
    """A file that must not come to be, in a folder where the account could make it."""
    path = site.home / "escaped"
    yield path
    assert not path.exists()


@contextmanager
def running(words: list[str]) -> Iterator[None]:
    """Keep a client running, and end it whatever happens."""
    client = subprocess.Popen(
        words, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=clean()
    )
    try:
        yield
    finally:
        client.kill()
        client.wait()


# -- other programs of ssh ---------------------------------------------------------------------------------


def test_sftp_finds_nobody_to_talk_to(site: Site) -> None:
    ran = subprocess.run(
        [*site.client("ann", "-b", "-", program="sftp"), "office"],
        input=b"pwd\nls /\n",
        capture_output=True,
        check=False,
        env=clean(),
    )
    assert ran.returncode != 0
    assert b"Remote working directory" not in ran.stdout


@pytest.mark.parametrize("way", ["-O", "-s"])
def test_scp_copies_nothing_either_way(site: Site, marker: Path, way: str) -> None:
    here = site.root / "copied"
    for words in (
        [str(site.root / "client"), f"office:{marker}"],
        ["office:/etc/passwd", str(here)],
    ):
        ran = subprocess.run(
            [*site.client("ann", way, program="scp"), *words],
            capture_output=True,
            check=False,
            env=clean(),
        )
        assert ran.returncode != 0
    assert not here.exists()


@pytest.mark.parametrize("name", ["sftp", "shell", "netconf"])
def test_no_subsystem_is_there(site: Site, name: str) -> None:
    ran = site.ssh("ann", name, options=["-s"])
    assert ran.returncode != 0
    assert not ran.stdout


# -- forwarding --------------------------------------------------------------------------------------------


@pytest.fixture
def inner() -> Iterator[tuple[int, list[bytes]]]:
    """A service of the server's own machine, and whoever reached it."""
    reached: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(PATIENCE)

        def serve() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                reached.append(b"!")
                connection.sendall(b"INNER")
                connection.close()

        threading.Thread(target=serve, daemon=True).start()
        yield listening.getsockname()[1], reached


def test_no_forwarding_to_the_machine_behind(site: Site, inner: tuple[int, list[bytes]]) -> None:
    port, reached = inner
    ran = site.ssh("ann", options=["-W", f"127.0.0.1:{port}"])
    assert ran.returncode != 0
    assert b"INNER" not in ran.stdout
    for option in (["-L", f"{site.port + 1}:127.0.0.1:{port}"], ["-D", str(site.port + 1)]):
        with running([*site.client("ann", "-N", *option), "office"]):
            wait_for(lambda: _connects(site.port + 1), "the client listens")
            with socket.create_connection(("127.0.0.1", site.port + 1), timeout=PATIENCE) as tried:
                if option[0] == "-D":
                    tried.sendall(b"\x05\x01\x00")
                    assert tried.recv(2) == b"\x05\x00"
                    tried.sendall(b"\x05\x01\x00\x01\x7f\x00\x00\x01" + port.to_bytes(2))
                assert b"INNER" not in tried.recv(100)
    assert reached == []


def _connects(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


def test_no_forwarding_back(site: Site) -> None:
    ran = site.ssh("ann", options=["-N", "-o", "ExitOnForwardFailure=yes", "-R", "0:127.0.0.1:22"])
    assert ran.returncode != 0
    assert b"remote port forwarding failed" in ran.stderr


def test_no_tunnel_no_agent_no_x11(site: Site) -> None:
    agent = subprocess.run(["ssh-agent", "-s"], capture_output=True, text=True, check=True).stdout
    env = dict(
        part.split("=", 1)
        for part in agent.replace("\n", ";").split(";")
        if part.startswith("SSH_")
    )
    try:
        ran = site.ssh("ann", "today", options=["-v", "-A", "-X"], env={**env, "DISPLAY": ":77"})
        assert ran.returncode == 0, ran.stderr
        assert (
            b"key options: command pty user-rc" in ran.stderr
            or b"key options: command pty" in ran.stderr
        )
        assert b"agent-forwarding" not in ran.stderr.replace(b"no-agent-forwarding", b"")
        assert b"X11 forwarding request failed" in ran.stderr
    finally:
        subprocess.run(["kill", env["SSH_AGENT_PID"]], check=True)
    ran = site.ssh("ann", options=["-N", "-o", "ExitOnForwardFailure=yes", "-w", "any"])
    assert ran.returncode != 0


# -- the environment ---------------------------------------------------------------------------------------


def test_the_environment_is_the_gates_own(site: Site, marker: Path) -> None:
    """sshd here lets far more through than Debian's does, and still none of it counts."""
    evil = site.root / "evil"
    evil.mkdir(exist_ok=True)
    (evil / "sitecustomize.py").write_text(f"open({str(marker)!r}, 'w')\n")
    sent = {
        "PYTHONPATH": str(evil), "PYTHONSTARTUP": str(evil / "sitecustomize.py"), "PYTHONHOME": str(evil), "PYTHONINSPECT": "1", "OFFICEOPS_DB": "/etc/passwd", "OFFICEOPS_DEBUG": "1",
        "OFFICEOPS_PLUGINS": "none", "OFFICEOPS_TODAY": "1999-01-01", "OFFICEOPS_KEY": str(marker), "TEXTUAL_LOG": str(marker), "TEXTUAL_DRIVER": "sitecustomize:X", "XDG_CONFIG_HOME": str(evil), "LC_ALL": "tr_TR.ISO-8859-9",
        "_OFFICEOPS_COMPLETE": "bash_complete", "COMP_WORDS": f"officeops --config {evil}/officeops.toml ", "COMP_CWORD": "3",
    }  # fmt: skip
    options = [word for name in sent for word in ("-o", f"SendEnv={name}")]
    plain = site.ssh("ann", "today", "--json")
    assert site.ssh("ann", "today", "--json", options=options, env=sent).stdout == plain.stdout
    assert (
        site.ssh(
            "ann", "item", "add", "--sku", "UE-1", "--name", "Ünïcode", options=options, env=sent
        ).returncode
        == 0
    )
    assert (
        "Ünïcode".encode()
        in site.ssh("ann", "item", "list", "UE-1", options=options, env=sent).stdout
    )


# -- shells ------------------------------------------------------------------------------------------------

SHELLS = (
    b"bash", b"bash -c 'touch {m}'", b"/bin/sh -c 'touch {m}'", b"sh -i", b"exec sh", b"touch {m}", b"/usr/bin/touch {m}", b"today; touch {m}", b"today && touch {m}", b"today || touch {m}", b"today | touch {m}",
    b"today & touch {m}", b"$(touch {m})", b"`touch {m}`", b"today $(touch {m})", b"item list `touch {m}`", b"today > {m}", b"today >{m} 2>&1", b"item export - > {m}", b"today\ntouch {m}", b"today\rtouch {m}", b"\ntouch {m}",
    b"today\0touch {m}", b"'; touch {m} #", b'"; touch {m} #', b"today '; touch {m}", b"\\", b"!!", b"item import - <(touch {m})", b"python3 -c 'open(\"{m}\",\"w\")'", b"perl -e 'system(\"touch {m}\")'", b"env", b"cat /etc/passwd",
    b"item export {m}", b"vendor export {m}", b"item import /etc/passwd", b"item import ../office.db", b"count Main --file /etc/passwd", b"history verify --anchor /etc/passwd", b"backup", b"backup --to {m}", b"backup restore latest --to {m}",
    b"--db /etc/passwd today", b"--db={m} init --name X", b"--config=/etc/passwd today", b"--config /etc/passwd today", b"--safe today", b"today --db {m}", b"officeops --db {m} init --name X", b"init --name X", b"demo --keep {m}", b"plugins enable x",
    b"plugins new x --to {m}", b"plugins --trace inventory", b"settings edit --name Pwned", b"selfcheck --fix", b"completion bash", b"access gate --key x", b"access install", b"access authorized-keys x y", b"@{m}", b"today @{m}",
    b"\xe2\x80\x94db {m} today", b"\xe2\x80\x90h", b"\xff\xfe", b"\xc0\xaf", b"item list --save-view x", b"item add --sku \x1b[2J --name x", b"A" * 9000, b"purge",
)  # fmt: skip


def test_no_shell_and_no_smuggled_option(site: Site, marker: Path) -> None:
    """One after the other through one connection: the handshake would be the longest part of it."""
    control = ["-S", f"{site.root}/control"]
    with running([*site.client("ann", *control, "-M", "-N"), "office"]):
        wait_for((site.root / "control").exists, "the connection stands")
        for line in sampled(SHELLS, len(SHELLS)):
            # A space in front, or the client would take some of them for options of its own.
            sent = b" " + line.replace(b"{m}", bytes(marker)).replace(b"\0", b"\x01")
            ran = site.ssh("ann", sent, options=control)
            # Words of a shell are but words: where a command takes any, it looks for them and finds nothing.
            assert ran.returncode in ({0, 1, 2} if line.startswith(b"item list ") else {1, 2}), (
                line,
                ran,
            )
            for sign in (b"Traceback", b"fault in officeops", b"root:x:0", b"\x1b"):
                assert sign not in ran.stdout + ran.stderr, line
            assert not marker.exists(), line


def test_a_terminal_opens_no_shell_either(site: Site, marker: Path) -> None:
    ran = site.ssh("ann", f"bash -c 'touch {marker}'", options=["-tt"])
    assert ran.returncode == 2
    ran = site.ssh("ann", "today", options=["-tt"], env={"TERM": "../../../etc/passwd"})
    assert ran.returncode == 0


def test_nobody_waits_while_somebody_is_let_in(site: Site) -> None:
    """Strangers are turned away; their look-ups hold nothing that others need."""
    subprocess.run(
        ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(site.key("tom"))], check=True
    )
    for _ in range(3):
        assert site.ssh("tom", "today").returncode == 255
    assert site.ssh("ann", "location", "add", "--name", "'While strangers knock'").returncode == 0
