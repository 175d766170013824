"""The people to whom cron mails what a served office has to say, as this machine's crontab has it."""

from __future__ import annotations

import re
from typing import Final

#: Where `access install` puts the jobs. Everybody on the machine may read it.
CRONTAB: Final = "/etc/cron.d/officeops"
_FOR: Final = re.compile(
    r"^[^#\n].* today .*--for ([a-z][a-z0-9_-]{0,31})(?: --mail-to \S+)?$", re.MULTILINE
)
#: More than any crontab of ours has.
_LONGEST: Final = 1 << 16


def mailed_logins() -> list[str]:
    """Return the logins for whom cron lists due items, the first one first: that one gets errors too.

    None where this machine serves no office.
    """
    try:
        with open(CRONTAB, encoding="utf-8", errors="replace") as file:
            return _FOR.findall(file.read(_LONGEST))
    except OSError:
        return []
