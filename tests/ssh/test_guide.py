"""The guide for administrators, run as it is written: its blocks in one shell, from the first to the last."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
from tests.ssh.conftest import skip_or_fail
from tests.ssh.screen import Screen
from tests.ssh.site import COMPILE, ROOT, Site, clean, public_python, run, wheel

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Packages that a test does without: nothing here waits for cron itself, and no mail leaves.
SPARED = {"cron", "msmtp-mta"}
APT = """\
#!/bin/sh
# Stands in for apt-get: says whether what is asked for is installed.
[ "$1" = update ] && exit 0
shift 2
for package in "$@"; do
    case " {spared} " in *" $package "*) continue ;; esac
    dpkg -s "$package" > /dev/null || exit 1
done
"""
SYSTEMCTL = """\
#!/bin/sh
# Stands in for systemctl: the test's own sshd reads its settings again.
[ "$*" = "reload ssh" ] && kill -HUP {pid}
"""
SSH = """\
#!/bin/sh
# Stands in for ssh: the test's port and key.
exec /usr/bin/ssh -F {client} -i {key} "$@"
"""
PYTHON = """\
#!/bin/sh
# Stands in for python3: the account can run this one, which a developer's own may not be made for.
# An environment gets this machine's pip: to install another takes longer than all that follows.
[ "$1 $2" = "-m venv" ] || exec {python} "$@"
{python} -m venv --without-pip "$3" || exit
printf '#!/bin/sh\nexec {pip} --python %s "$@"\n' "$3/bin/python" > "$3/bin/pip"
chmod 755 "$3/bin/pip"
"""
SENDMAIL = """\
#!/bin/sh
# Stands in for sendmail: keeps what it is given, and for whom.
(echo "To: $*"; cat) >> {home}/mailed
"""


@pytest.fixture
def bare() -> Iterator[Site]:
    """A machine with sshd, and nothing of officeops."""
    skip_or_fail()
    made = Site()
    try:
        made.put_server()
        made.start()
        yield made
    finally:
        made.close()


def blocks() -> list[str]:
    """Return the guide's shell blocks."""
    return re.findall(
        r"^```sh\n(.*?)^```$",
        (ROOT / "docs/how-to/serve-over-ssh.md").read_text(),
        re.MULTILINE | re.DOTALL,
    )


def test_from_a_bare_machine_to_an_owner_and_managers_logged_in(bare: Site) -> None:
    names, installing, *steps = blocks()
    ours = {
        "ACCOUNT": bare.account, "PROGRAM": str(bare.program), "BIN": str(bare.root / "bin"), "OFFICE": str(bare.home), "ETC": str(bare.etc),
        "LIB": str(bare.script.parent), "SOURCE": str(wheel(bare.root)), "LOCK": str(ROOT / "config/requirements.lock"), "HOST": "office",
        "TELL": "ann=ann@example.org",
    }  # fmt: skip
    assert re.findall(r"^(\w+)=", names, re.MULTILINE) == list(ours)
    stand_ins(bare)
    (bare.root / "keys").mkdir()
    for login in ("ann", "ben", "cal"):
        run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(bare.key(login))])
        (bare.root / f"keys/{login}.pub").write_text((bare.root / f"{login}.key.pub").read_text())
    # pip would compile all of every package, and most of it is never loaded.
    compiling = f"$PROGRAM/bin/python -I -c {shlex.quote(COMPILE)}"
    values = [f"{name}={value}" for name, value in ours.items()]
    text = "\n".join([*values, installing, compiling, *steps])
    for name in ("keys", "safe", "serve"):
        text = text.replace(f"/root/{name}", str(bare.root / name))
    path = f"{bare.root}/bin:{clean()['PATH']}"
    pip = {**pip_settings(), "PIP_COMPILE": "0"}
    ran = run(["sh", "-eux"], input=text, env={**pip, **clean(), "PATH": path}, cwd=bare.root)
    assert "ann" in ran.stdout
    assert "manager" in ran.stdout
    assert (bare.home / "backups").is_dir()
    both_keys_are_in_the_safe(bare)
    an_owner_works_from_her_laptop(bare)
    cron_mails_what_ann_may_see(bare)
    with ExitStack() as stack:
        people = [stack.enter_context(Screen(bare, login)) for login in ("ann", "ben")]
        for each in people:
            each.until("Maple Street Family Pract").until("Today")
        for each in people:
            each.send("q").until(each.is_over)
            assert each.ended == 0


def an_owner_works_from_her_laptop(site: Site) -> None:
    """Grant a role, read who saw sealed values, and take back a change to access, all over SSH."""
    assert site.ssh("cal", "today").returncode == 255
    for line in (
        "access role front core.today.view",
        "access grant ben front",
        "undo",
        "seal readings",
        "history --what core.admit",
    ):
        ran = site.ssh("ann", line)
        assert ran.returncode == 0, (line, ran.stderr)


def both_keys_are_in_the_safe(site: Site) -> None:
    """Bring the key of the sealed fields back from the sheet alone, as on the worst day."""
    safe = site.root / "safe"
    assert safe.stat().st_mode & 0o077 == 0
    assert (safe / "office.db.key").read_bytes() == (site.home / "office.db.key").read_bytes()
    lost = site.home / "office.db.seal"
    kept = lost.read_bytes()
    lost.unlink()
    site.officeops("seal", "recover", input=(safe / "sheet.txt").read_text())
    assert lost.read_bytes() == kept


def cron_mails_what_ann_may_see(site: Site) -> None:
    """Run the line of the crontab as cron does, whose output it mails; mail itself goes the way the guide has set up."""
    assert (site.etc / "msmtprc").stat().st_mode & 0o777 == 0o640
    assert (
        site.home / "mailed"
    ).read_text() == "To: ann@example.org\nSubject: officeops\n\nCron reaches you.\n"
    assert (site.home / "mailed").owner() == site.account
    site.officeops("vendor", "add", "--name", "Acme")
    site.officeops(
        "document", "add", "--vendor", "Acme", "--kind", "insurance", "--expires-on", "2020-01-31"
    )
    lines = (site.etc / "cron.d/officeops").read_text().splitlines()
    assert [line for line in lines if line.startswith("MAILTO")] == ["MAILTO=ann@example.org"]
    jobs = [line for line in lines if not line.startswith("#")]
    *_, account, command = next(line for line in jobs if "today" in line).split(maxsplit=6)
    assert account == site.account
    assert command.endswith(" --for ann --mail-to ann@example.org")
    run_it = ["runuser", "-u", account, "--", "sh", "-c", command]
    mails = {**clean(), "PATH": f"{site.root / 'bin'}:{clean()['PATH']}"}
    for _ in range(2):
        assert run(run_it, env=mails, cwd=site.root).stdout == ""
        assert (site.home / "mailed").read_text().count("Insurance of Acme") == 1
    site.officeops("access", "role", "desk", "core.today.view")
    site.officeops("access", "add", "dora", "--role", "desk")
    assert (
        run(
            [*run_it[:-1], command.partition(" --for ")[0] + " --for dora"],
            env=clean(),
            cwd=site.root,
        ).stdout
        == ""
    )


def stand_ins(site: Site) -> None:
    """Write what the test puts in the place of programs that would touch this machine."""
    folder = site.root / "bin"
    folder.mkdir()
    texts = {
        "apt-get": APT.format(spared=" ".join(SPARED)),
        "systemctl": SYSTEMCTL.format(pid=site.server),
        "ssh": SSH.format(client=site.root / "client", key=site.key("ann")),
        "sendmail": SENDMAIL.format(home=site.home),
        "cron": "#!/bin/sh\n",
        "python3": PYTHON.format(python=public_python(), pip=f"{shutil.which('python3')} -m pip"),
    }
    for name, text in texts.items():
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)


def pip_settings() -> dict[str, str]:
    """Return where pip finds packages here, as whoever runs the tests has set it."""
    asked = subprocess.run(
        ["python3", "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
    )
    found = {}
    for line in asked.stdout.splitlines():
        name, _, value = line.partition("=")
        section, _, key = name.rpartition(".")
        if section in {"global", ":env:", "install"}:
            found["PIP_" + key.upper().replace("-", "_")] = (
                value.strip().strip("'\"").replace("\\n", " ")
            )
    return found
