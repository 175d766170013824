"""The built-in plugin: facts, locations, closed days, retention rules and legal holds."""
