"""For each check, a plugin whose source, manifest, hooks or migrations are at fault, and the beginning of its sentence."""

from __future__ import annotations

from typing import Final

from tests.authoring.small_plugins import declared, rest

#: By check: the code after PLUGIN, and how its sentence begins. `{file}` is the plugin's file.
FAULTS: Final[dict[str, list[tuple[str, str]]]] = {
    "imports": [
        (
            "import nothing_there",
            "{file}: it cannot be imported: ModuleNotFoundError: No module named 'nothing_there'",
        ),
    ],
    "declares": [
        (
            declared("weight: float = field(default=None)"),
            "{file}: it cannot be imported: TypeError: Key.weight: float is no type of a field. Write str, int, bool",
        ),
        (declared("pay: str | None = field(default=None, sealed=True, search=True)"), "{file}: it"),
    ],
    "imports-alone": [
        (
            'import sys\nif "pytest" not in sys.modules:\n    raise ImportError("no pytest")',
            "{file}: imported on its own it fails: ImportError: no pytest",
        ),
    ],
    "light-import": [
        (
            "import rich",
            "{file}: importing it imports rich; import it inside the functions that use it",
        ),
    ],
    "quick-import": [
        (
            "import sys, time\nwhile 'pytest' not in sys.modules and time.process_time() < 0.8: pass",
            "{file}: importing it takes",
        ),
    ],
    "quiet-import": [('print("hello")', "{file}: importing it prints; remove the print()")],
    "public-names": [
        (
            "def look():\n    from officeops.store.schema import differences",
            "{file}: line 8: it imports officeops.store.schema, which may change at any time",
        ),
    ],
    "closed-words": [
        (
            "def late(office):\n    return Due('a', office.today, 'x', 'grave')",
            "{file}: line 8: Due() takes as its severity `unsafe`, `legal`, `money` or `routine`, not 'grave'",
        ),
    ],
    "no-other-plugin": [
        (
            "def look():\n    from officeops_inventory.model import Item",
            "{file}: line 8: it imports officeops_inventory.model, another plugin; use a service",
        ),
    ],
    "manifest": [
        ("del PLUGIN", "{file}: there is no PLUGIN = Plugin(...)"),
        ("PLUGIN = Plugin('keys', 'Keys', api=2, requires='vendors')", "{file}: import:"),
    ],
    "interface": [("", "{file}: import: it is written for plugin interface 1")],
    "name": [("PLUGIN = Plugin('locks', 'Locks', api=2)", "{file}: its PLUGIN is called 'locks'")],
    "summary": [("PLUGIN = Plugin('keys', '', api=2)", "{file}: its PLUGIN has no summary")],
    "requires": [("", "{file}: requirements: it needs nowhere, which is not installed")],
    "bridge": [("", "{file}: bridge to vendors: ModuleNotFoundError")],
    "hook-marked": [
        (
            "def due(office, until): return []",
            "{file}: due: its function due() is never called: it is not marked @hookimpl",
        ),
    ],
    "hook-known": [
        ("@hookimpl\ndef deu(office): return []", "{file}: hooks: there is no hook called deu"),
    ],
    "hook-parameters": [
        (
            "@hookimpl\ndef due(when): return []",
            "{file}: hooks: its hook due() takes when, but that hook is given office, until",
        ),
    ],
    "hook-of-another": [
        (
            "@hookimpl\ndef rank_vendors(office): return None",
            "{file}: its hook rank_vendors() is another plugin's, without which this one is refused",
        ),
    ],
    "hook-answers": [
        (rest("views", "'late'"), "{file}: views: views() gave 'late'"),
        (
            rest("datasets", "Dataset('keys.makers', 'Makers', ('name',), search=('town',))"),
            "{file}: datasets: datasets() gave Dataset(",
        ),
    ],
    "hook-runs": [(rest("views", "1 / 0"), "{file}: views: ZeroDivisionError")],
    "answers-empty": [
        ("@hookimpl\ndef due(office, until): return 1 / 0", "{file}: due: ZeroDivisionError"),
        (
            rest("reports", "Report('all', 'All', lambda office: 42, 'All of them.')"),
            "{file}: The plugin keys failed in the report all (TypeError: a report gives rows",
        ),
        (
            "@hookimpl\ndef validate(office, change): raise KeyError(change.record)",
            "{file}: The plugin keys failed in validate(), which checks this change (KeyError: 'c",
        ),
        (
            "@hookimpl\ndef changed(office, change): raise KeyError(change.record)",
            "{file}: changed: KeyError: 'core.location'",
        ),
    ],
    "reads-only": [
        (
            """
            @hookimpl
            def due(office, until):
                for key in office.all(office.record("core.tag")):
                    office.edit(key, name="late")
                return []
            """,
            "{file}: line 11: the hook due() calls edit(); writes belong in an action",
        ),
    ],
    "job-in-action": [
        (
            """
            @job("tidy")
            def tidy(office):
                "Tidy."
                if office.today.year < 1900:
                    office.add(None)
                with office.acting("keys.tidy"):
                    office.edit(None)
                return ()
            """,
            "{file}: line 12: the job tidy() calls add() outside an action; write",
        ),
    ],
    "sql-word": [
        (
            declared("select: str | None = field(default=None)").split("@hookimpl\ndef migr")[0],
            "{file}: Key: keys.key: the field 'select' is a word of SQL",
        ),
        (
            declared("select: str | None = field(default=None)"),
            "{file}: migrations: keys.key: the field 'select' is a word of SQL",
        ),
    ],
    "field-name": [
        (
            declared(f"{name}: str | None = field(default=None)"),
            f"{{file}}: migrations: keys.key: people cannot type the field '{name}' as an option",
        )
        for name in ("_owner", "Owner", "eigentümer")
    ],
    "migrated": [
        (
            declared().replace("return [Migration", "return []\n    return [Migration"),
            "{file}: migrations: no migration makes its table keys_key",
        ),
        (
            declared().replace(
                '{"core": MIGRATIONS}))',
                '{"core": MIGRATIONS}).replace("tag TEXT NOT NULL", "tag TEXT"))',
            ),
            "{file}: keys.key: column tag: declared ('TEXT', True, None, False), migrated ('TEXT', False, None, False)",
        ),
    ],
    "migration-names": [
        (
            declared().replace("return [Migration(", "return [Migration('0001', ''), Migration("),
            "{file}: there are two migrations called 0001",
        ),
    ],
    "migration-order": [
        (
            declared().replace(
                "return [Migration(", "return [Migration('0002', 'SELECT 1'), Migration("
            ),
            "{file}: its migrations are not in the order of their names: 0002, 0001",
        ),
    ],
    "migration-runs": [
        (
            declared().replace(
                "return [Migration(",
                "return [Migration('0000', 'DROP TABLE core_user'), Migration(",
            ),
            "{file}: migrations: ",
        ),
    ],
    "migration-done": [
        (
            """
            @hookimpl
            def migrations():
                import time
                return [Migration(f"{time.time_ns()}", "SELECT 1")]
            """,
            "{file}: its migrations are not done once they have run: ",
        ),
    ],
    "migration-drop": [
        (
            declared()
            .replace(
                "    return [Migration(",
                "    add = Migration('0002', 'ALTER TABLE keys_key ADD COLUMN colour TEXT')\n"
                "    drop = Migration('0003', 'ALTER TABLE keys_key DROP COLUMN colour')\n"
                "    return [first(), add, drop]\n\n"
                "def first():\n"
                "    from importlib import import_module\n"
                '    missing_sql = import_module("officeops.store.missing_migrations").missing_sql\n'
                '    MIGRATIONS = import_module("officeops.core.migrations").MIGRATIONS\n'
                "    return [Migration(",
            )
            .replace('{"core": MIGRATIONS}))]', '{"core": MIGRATIONS}))][0]'),
            "{file}: the migration 0003: ",
        ),
    ],
}
