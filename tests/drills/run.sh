#!/bin/sh
# Drills against the running portal: tests/drills/run.sh jobs [--stage NAME] [--fault NAME]
# jobs: 8 stages x 4 faults on SQLite with the built-in runner, and again on PostgreSQL (with Celery where REDIS_URL is
# set too) when DATABASE_URL names a server; exit code 0 only when every result was published exactly once.
set -eu
cd "$(dirname "$0")/../.."
python=.venv/bin/python
[ -x "$python" ] || python=python3
case "${1:-}" in
    jobs) shift; exec "$python" -m tests.drills.kill_points "$@" ;;
    *) echo "Usage: tests/drills/run.sh jobs [--stage NAME] [--fault NAME]" >&2; exit 2 ;;
esac
