"""The one gate in and the one door out for every file kept by the portal."""
