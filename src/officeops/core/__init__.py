"""The built-in plugin: the office's facts, locations, closed days, retention rules and legal holds."""
