"""Of two providers of one service the second plugin is refused when it is loaded, by every road."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops.model.exit_codes import INCOMPLETE
from officeops.services import PROVIDED_BY, VendorDirectory

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.plugins.manager import Plugins
    from officeops.testing import Cli

    Write = Callable[..., Path]
    Load = Callable[..., Plugins]

#: The plugins that ship with officeops, and the services that they provide.
OURS = ("inventory", "vendors")


def serving(protocol: type) -> str:
    """A plugin's hook that provides a service."""
    name = protocol.__name__
    return (
        f"from officeops.services import {name}\n\n"
        f"@hookimpl\ndef services():\n    return {{{name}: object()}}\n"
    )


def why(plugins: Plugins, name: str) -> str:
    return "; ".join(str(trouble) for trouble in plugins.troubles if trouble.plugin == name)


@pytest.mark.parametrize("protocol", PROVIDED_BY, ids=lambda protocol: protocol.__name__)
def test_the_second_of_two_plugins_is_refused(write: Write, load: Load, protocol: type) -> None:
    write("one", serving(protocol))
    write("two", serving(protocol))
    plugins = load("one", "two")
    assert list(plugins.manifests) == ["one"]
    sentence = why(plugins, "two")
    assert f"{protocol.__name__} is provided by the plugin one already" in sentence
    for name in ("one", "two"):
        assert f"`officeops plugins disable {name}`" in sentence
    assert plugins.service(protocol) == ("one", plugins.registered("services")[0][1][protocol])


@pytest.mark.parametrize(
    "protocol",
    [protocol for protocol, (plugin, _) in PROVIDED_BY.items() if plugin in OURS],
    ids=lambda protocol: protocol.__name__,
)
def test_ours_come_first(write: Write, load: Load, protocol: type) -> None:
    write("aaa", serving(protocol))
    plugins = load("aaa", *OURS)
    own = PROVIDED_BY[protocol][0]
    assert "aaa" not in plugins.manifests
    assert f"by the plugin {own} already" in why(plugins, "aaa")
    served = plugins.service(protocol)
    assert served is not None
    assert served[0] == own
    # Without ours, it is the provider.
    assert "aaa" in load("aaa").manifests


def test_what_needs_a_refused_plugin_is_refused_with_it(write: Write, load: Load) -> None:
    protocol = next(iter(PROVIDED_BY))
    write("one", serving(protocol))
    write("two", serving(protocol))
    write("zzz", words="requires=('two',)")
    plugins = load("one", "two", "zzz")
    assert list(plugins.manifests) == ["one"]
    assert "it needs two" in why(plugins, "zzz")


@pytest.mark.parametrize("first", ["one", "vendors"])
def test_a_bridge_that_provides_it_too_is_named(
    write: Write, load: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    bridge = f"from officeops import hookimpl\n{serving(VendorDirectory)}"
    (tmp_path / f"bridge_to_{first}.py").write_text(bridge)
    monkeypatch.syspath_prepend(tmp_path)
    if first == "one":
        write("one", serving(VendorDirectory))
    write("two", words=f"bridges={{'{first}': 'bridge_to_{first}'}}")
    plugins = load(first, "two")
    assert list(plugins.manifests) == [first, "two"]
    assert f"by the plugin {first} already" in why(plugins, "two")
    served = plugins.service(VendorDirectory)
    assert served is not None
    assert served[0] == first


def test_every_command_names_both_and_the_cure(write: Write, cli: Cli) -> None:
    protocol = next(iter(PROVIDED_BY))
    write("zweite", serving(protocol))
    on = {"OFFICEOPS_PLUGINS": "inventory,vendors,zweite"}
    for words in (("today",), ("reorder", "--json"), ("today", "--json")):
        ran = cli(*words, env=on)
        assert ran.code == INCOMPLETE, ran
        assert "zweite" in ran.err
        assert "by the plugin vendors already" in ran.err
        assert "officeops plugins disable zweite" in ran.err
