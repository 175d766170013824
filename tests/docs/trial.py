"""The plugins that ship with officeops, without settings or an office, as the generated pages describe them."""

from __future__ import annotations

from functools import cache

from officeops.authoring.trial import asked
from officeops.core.registered import registered
from officeops.model.settings import Machine
from officeops.plugins.discovery import find
from officeops.plugins.manager import Plugins


@cache
def plugins() -> Plugins:
    """Return the plugins that are on in a new installation."""
    machine = Machine()
    return asked(Plugins(find(machine, environ={}), machine, core=registered), machine)
