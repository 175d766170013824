"""The rules of the schedule as pure functions: they read no office, so a draft is checked like a week."""
