"""What plugin authors are given: a first plugin, its migrations, and checks."""
