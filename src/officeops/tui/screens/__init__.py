"""The screens: Today, the browser, a record, a form, help and messages."""
