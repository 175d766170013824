"""Tools for authors of plugins: a first plugin, its migrations, and checks."""
