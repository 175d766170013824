"""People come in by their key, and find officeops and nothing else."""

from __future__ import annotations

import json
import subprocess
import time
from typing import TYPE_CHECKING

import pytest
from tests.ssh.site import Site, wait_for

if TYPE_CHECKING:
    from collections.abc import Sequence

ROWS = "sku,name\nG-1,Gloves\nM-1,Masks\n"


def test_install_finds_everything_in_order(site: Site) -> None:
    found = json.loads(site.install("--json").stdout)
    wrong = [
        each["what"]
        for each in found
        if not each["in_order"] and "cron is installed" not in each["what"]
    ]
    assert wrong == []
    notes = [each["what"] for each in found if each["commands"] and each["in_order"]]
    assert any("clients may set COLUMNS, COMP_*" in what for what in notes)
    # What is in order has nothing to do, or real advice drowns in it.
    assert len(notes) <= 2


def test_root_follows_no_link_that_the_account_made(site: Site) -> None:
    """The account owns the folder of the office, and a hostile plugin would run as that account."""
    # On the same disk as the office, where a second name of it can be made.
    victim = site.root / "victim"
    victim.write_text("root's")
    shared = site.home / "office.db-shm"
    # While a person of an earlier test is on, SQLite has a file there.
    wait_for(lambda: not shared.exists(), "everybody is off")
    for plant in (shared.symlink_to, shared.hardlink_to):
        plant(victim)
        try:
            told = site.install()
            assert told.returncode == 1
            # Of the commands, those of the office's files alone: a test installs nothing on the machine.
            office = told.stdout[told.stdout.index(f"# {site.home}/office.db is an office") :]
            office = office.partition("\n\n")[0]
            assert f"{shared} is a link" in office
            assert "apt-get" not in office
            ran = subprocess.run(["sh", "-e"], input=office, text=True, check=False)
            assert ran.returncode == 1
            assert (victim.stat().st_uid, victim.stat().st_mode & 0o777) == (0, 0o644)
        finally:
            shared.unlink()


def test_install_finds_what_is_amiss_and_says_how_to_mend_it(site: Site) -> None:
    for path, spoil in ((site.script, 0o777), (site.home / "office.db", 0o644)):
        before = path.stat().st_mode & 0o777
        path.chmod(spoil)
        told = site.install()
        assert told.returncode == 1
        assert f"chmod {before:o} {path}" in told.stdout
        path.chmod(before)
    earlier = site.etc / "ssh/sshd_config.d/00-earlier.conf"
    earlier.write_text(f"Match User {site.account}\n    PasswordAuthentication yes\n")
    assert "passwordauthentication is yes" in site.install().stderr
    earlier.unlink()


def test_the_key_says_who_acts(site: Site) -> None:
    for login in ("ann", "ben"):
        ran = site.ssh(
            login, "vendor", "add", "--code", login, "--name", f"'Vendor of {login}'", "--json"
        )
        assert ran.returncode == 0, ran.stderr
    history = json.loads(site.ssh("ann", "history", "--record", "vendor", "--json").stdout)
    assert {each["actor"] for each in history} == {"ann", "ben"}


def test_roles_count_over_ssh(site: Site) -> None:
    ran = site.ssh("dee", "vendor", "add", "--code", "X", "--name", "X")
    assert ran.returncode == 1
    assert b"dee may not" in ran.stderr


@pytest.mark.parametrize("words", [["item"], ["officeops", "item"]])
def test_files_cross_on_standard_input_and_output_alone(site: Site, words: Sequence[str]) -> None:
    ran = site.ssh("ann", *words, "import", "-", input=ROWS.encode())
    assert ran.returncode == 0, ran.stderr
    sent = site.ssh("ben", *words, "export", "-", "--columns", "sku,name")
    assert set(ROWS.splitlines()) <= set(sent.stdout.decode().splitlines())
    book = site.ssh("ben", *words, "export", "-", "--format", "xlsx").stdout
    assert book.startswith(b"PK")
    assert site.ssh("ann", *words, "import", "-", input=book).returncode == 0


def test_bad_rows_come_back_on_standard_output(site: Site) -> None:
    rows = b"sku,name,reorder_point\nB-1,Bandages,4\nB-2,Plasters,lots\n"
    ran = site.ssh("ann", "item", "import", "-", "--skip-bad", input=rows)
    assert ran.returncode == 5, ran.stderr
    assert b"B-2" in ran.stdout
    assert b"B-1" not in ran.stdout


def test_without_a_terminal_the_interface_says_so(site: Site) -> None:
    ran = site.ssh("ann")
    assert ran.returncode == 2
    assert b"needs a terminal" in ran.stderr


def test_who_is_taken_out_stays_out(site: Site) -> None:
    site.let_in("eve")
    assert site.ssh("eve", "today").returncode == 0
    site.officeops("access", "remove", "eve")
    ran = site.ssh("eve", "today")
    assert ran.returncode == 255
    assert b"Permission denied" in ran.stderr
    # The gate looks once more, for what sshd learnt a moment ago may be old.
    print_ = subprocess.run(
        ["ssh-keygen", "-lf", str(site.key("eve"))], capture_output=True, text=True, check=True
    )
    ran_ = site.officeops("access", "gate", "--key", print_.stdout.split()[1], check=False)
    assert ran_.returncode == 1
    assert "no user of this office" in ran_.stderr


def test_a_key_nobody_was_let_in_with_is_refused(site: Site) -> None:
    subprocess.run(
        ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(site.key("zed"))], check=True
    )
    assert site.ssh("zed", "today").returncode == 255


def test_a_key_stands_for_its_owner_alone(site: Site) -> None:
    """The forced command names the key; sshd says which one was proved; they must be the same."""
    other = subprocess.run(
        ["ssh-keygen", "-lf", str(site.key("ann"))], capture_output=True, text=True, check=True
    )
    proof = site.root / "proof"
    proof.write_text(f"publickey {' '.join((site.root / 'dee.key.pub').read_text().split()[:2])}\n")
    proof.chmod(0o644)
    line = [
        "runuser",
        "-u",
        site.account,
        "--",
        "env",
        f"SSH_USER_AUTH={proof}",
        "SSH_ORIGINAL_COMMAND=today",
    ]
    ran = subprocess.run(
        [*line, *site.command, "access", "gate", "--key", other.stdout.split()[1]],
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 1
    assert b"no user of this office" in ran.stderr


# -- a line that drops -----------------------------------------------------------------------------------


def test_half_a_file_is_none(site: Site) -> None:
    with subprocess.Popen(
        [*site.client("ann"), "office", "item", "import", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as client:
        assert client.stdin
        client.stdin.write(b"sku,name\n" + b"".join(b"H-%d,Half\n" % n for n in range(200)))
        client.stdin.flush()
        wait_for(lambda: _on(site, "item"), "the import is on")
        time.sleep(0.5)
        client.kill()
    wait_for(lambda: not _on(site, "item"), "the import is gone")
    assert b"H-1" not in site.ssh("ann", "item", "list", "sku~H-", "--json").stdout


def test_a_dropped_client_lets_go_of_the_gate_at_once(site: Site) -> None:
    rows = b"sku,name\n" + b"".join(b"DROP-%d,Dropped number %d\n" % (n, n) for n in range(60_000))
    with subprocess.Popen(
        [*site.client("ann"), "office", "item", "import", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as client:
        assert client.stdin
        client.stdin.write(rows)
        client.stdin.close()
        wait_for(lambda: _log(site) > 4_000_000, "it is writing")
        client.kill()
        client.stdin = None
    wait_for(lambda: not _on(site, "item"), "the import is gone")
    assert site.ssh("ben", "location", "add", "--name", "'After the drop'").returncode == 0
    assert site.ssh("ann", "item", "list", "sku~DROP-", "--json").stdout.strip() == b"[]"


def _on(site: Site, what: str) -> bool:
    found = json.loads(site.officeops("who", "--json").stdout)
    return any(each["with"] == what for each in found)


def _log(site: Site) -> int:
    log = site.home / "office.db-wal"
    return log.stat().st_size if log.exists() else 0
