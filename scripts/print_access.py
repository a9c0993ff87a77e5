"""Print docs/access.md from the access table that the tests walk.

.venv/bin/python scripts/print_access.py > docs/access.md
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.access_table import OUTSIDE, ROLES, TABLE, Row

HEADS = {
    "admin": "admin",
    "officer": "district officer",
    "commune_officer": "own commune's officer",
    "other_commune_officer": "another commune's officer",
    "province_officer": "province officer",
    "council_member": "council member",
    "leader": "leader",
    "producer_user": "producer",
}
INTRODUCTION = """\
# Who may open what

Printed from `tests/access_table.py`, the table that `tests/test_access_matrix.py` tries for every address, role and object
(own, foreign, missing). An address without a row fails the tests. Whoever has not logged in is led to the login page;
foreign and missing objects answer alike (404).

The cast: the district of Tân Hồng, its officer, its leader, a member of its council, its admin; the officers of two of its
communes; an officer of the province; a producer of the first commune. “yes” = may, “–” = sees the object but may not
(403, with a sentence that says who can), “404” = does not know of it.
"""


def answer(row: Row, role: str) -> str:
    method = "POST" if row.kind == "act" else "GET"
    status = row.expected(role, "own", method)
    return {403: "–", 404: "404"}.get(status, "yes")


def page() -> str:
    """The whole page, ending with a line feed."""
    roles = [role for role in ROLES if role not in OUTSIDE]
    lines = [
        INTRODUCTION,
        "| address | " + " | ".join(HEADS[role] for role in roles) + " |",
        "|---" * (len(roles) + 1) + "|",
    ]
    lines += [f"| `{name}` | " + " | ".join(answer(row, role) for role in roles) + " |" for name, row in TABLE.items()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(page())
