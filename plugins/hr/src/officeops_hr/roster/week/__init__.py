"""The week on one screen: people in lines, days in columns, typed as people write shifts."""
