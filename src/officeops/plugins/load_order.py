"""The order in which plugins are loaded and asked: each comes after the ones that it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from officeops.plugins.discovery import Found
    from officeops.plugins.manifest import Plugin


def in_order(
    manifests: Mapping[str, Plugin],
    found: Sequence[Found],
    refuse: Callable[[str, str, str], None],
) -> Iterator[str]:
    """Yield names so that the plugins which one requires or comes after are ahead of it.

    Otherwise the order of `manifests` stays. It is read again after each name: a plugin that the
    caller has dropped from it by then is missing to those that require it. `refuse` gets a plugin
    with a requirement that is missing, or that waits for itself: name, place and reason. `found`
    are all that are there, which tell why one is missing.
    """
    waiting, done = dict(manifests), set[str]()
    while waiting:
        ready = [name for name in waiting if not _waits_for(name, waiting)]
        # Each waits for another: a circle somewhere among them. The last one closed it.
        if not ready:
            name, why = _last_in_a_circle(waiting)
            del waiting[name]
            refuse(name, "requirements", why)
            continue
        name = ready[0]
        missing = [need for need in waiting.pop(name).requires if need not in done]
        if missing:
            refuse(name, "requirements", lacking(missing, found))
            continue
        yield name
        if name in manifests:
            done.add(name)


def lacking(missing: Iterable[str], found: Iterable[Found]) -> str:
    """Say why a plugin is refused that requires others: what each of them lacks, and the cure."""
    # Of two plugins with one name, the first counts.
    first: dict[str, Found] = {}
    for plugin in found:
        first.setdefault(plugin.name, plugin)
    return "; ".join(_lack(name, first.get(name)) for name in missing)


def _lack(name: str, plugin: Found | None) -> str:
    needs = f"it needs {name}, which is"
    if plugin is None or not plugin.module:
        return f"{needs} not installed; install it, then `officeops plugins enable {name}`"
    if not plugin.on:
        return f"{needs} off: {plugin.why_off}"
    return f"{needs} not in order; `officeops plugins check {name}` says why"


def _last_in_a_circle(waiting: Mapping[str, Plugin]) -> tuple[str, str]:
    """Return the last of the plugins that wait for themselves, with the reason."""
    ahead = {name: _all_ahead(name, waiting) for name in waiting}
    last = [name for name in waiting if name in ahead[name]][-1]
    others = sorted(other for other in ahead[last] - {last} if last in ahead[other])
    return last, f"it waits in a circle with {', '.join(others) or 'itself'}"


def _waits_for(name: str, waiting: Mapping[str, Plugin]) -> set[str]:
    """List those of `waiting` that must come before a plugin."""
    return {*waiting[name].requires, *waiting[name].after} & waiting.keys()


def _all_ahead(name: str, waiting: Mapping[str, Plugin]) -> set[str]:
    """List all that must come before a plugin, through others too; itself, if it is in a circle."""
    seen, ahead = set[str](), _waits_for(name, waiting)
    while ahead - seen:
        other = (ahead - seen).pop()
        seen.add(other)
        ahead |= _waits_for(other, waiting)
    return ahead
