"""One SQLite file: its connection, gate, migrations and triggers. Every write is recorded."""
