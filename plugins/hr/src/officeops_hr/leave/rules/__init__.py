"""The rules of leave as pure functions: they read no office, and a projection runs them forward."""
