"""Mail what a command prints, and know whether it was taken.

cron does not say to a job whether its mail left. So what must not be lost goes to the mail program
of the machine directly, which ends with an error if it cannot send or keep the mail.
"""

from __future__ import annotations

import io
import shutil
import subprocess
from contextlib import contextmanager, redirect_stdout
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from os import environ
from typing import TYPE_CHECKING, Final

from officeops.model.errors import Refused, UsageProblem
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Where a mail program is looked for after the PATH, which cron keeps short.
_FOLDERS: Final = "/usr/sbin:/usr/lib"
#: Seconds that a mail program may take: msmtp waits for the server of the mail provider.
_LIMIT: Final = 120


@contextmanager
def mailed(address: str, subject: str) -> Iterator[None]:
    """Mail the text printed inside to `address`; an empty text sends nothing.

    Raises UsageProblem for a text that is no address, and Refused if the mail program did not take it.
    """
    to = _address(address)
    text = io.StringIO()
    with redirect_stdout(text):
        yield
    if text.getvalue():
        mail = EmailMessage(SMTP)
        mail["To"] = to
        mail["Subject"] = safe(subject)
        mail.set_content(text.getvalue())
        _hand_over(mail.as_bytes(policy=SMTP.clone(linesep="\n")), to.addr_spec)


def _address(text: str) -> Address:
    wrong = f"{text!r} is no address for mail; write one such as ann@example.org"
    # A mail program would take a word that begins with a dash for an option.
    if text.startswith("-") or not text.isascii():
        raise UsageProblem(wrong, code="malformed")
    try:
        address = Address(addr_spec=text)
    except (ValueError, IndexError) as error:
        raise UsageProblem(wrong, code="malformed") from error
    if not (address.username and address.domain):
        raise UsageProblem(wrong, code="malformed")
    return address


def _hand_over(mail: bytes, to: str) -> None:
    program = shutil.which("sendmail", path=f"{environ.get('PATH', '')}:{_FOLDERS}")
    if program is None:
        raise Refused(
            "there is no mail program, so nothing is mailed or marked as seen; "
            "docs/how-to/serve-over-ssh.md says how to set one up",
            code="not-read",
        )
    # -i: a line with a dot alone does not end the mail.
    command = [program, "-i", "--", to]
    try:
        ran = subprocess.run(  # noqa: S603 - a list of words, and the address is checked
            command,
            input=mail,
            capture_output=True,
            timeout=_LIMIT,
            check=False,
        )
        said = ran.stderr.decode(errors="replace").strip()
        why = said or f"it ended with {ran.returncode}" if ran.returncode else ""
    except (OSError, subprocess.TimeoutExpired) as error:
        why = str(error)
    if why:
        raise Refused(
            f"{program} did not take the mail to {to}: {safe(why)}; nothing is marked as seen, "
            "and the next run sends it",
            code="not-read",
        )
