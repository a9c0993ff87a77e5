"""Drills: faults done to the running portal, with the result counted. Start them with `tests/drills/run.sh`."""
