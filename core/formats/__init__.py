"""Formats of dates and numbers that replace Django's (settings.FORMAT_MODULE_PATH)."""
