"""Who gets what from every address: the one table that `test_access_matrix.py` walks, and `docs/` prints.

A row says which kind of object the address is about, who may (of those who see the object), and what a post does.
An address without a row fails the build.
"""

from dataclasses import dataclass
from typing import Literal

ROLES = (
    "anonymous",
    "disabled",
    "admin",
    "officer",
    "commune_officer",
    "other_commune_officer",
    "province_officer",
    "council_member",
    "leader",
    "producer_user",
)
OUTSIDE = frozenset({"anonymous", "disabled"})
INSIDE = frozenset(ROLES) - OUTSIDE

DISTRICT_SIDE = frozenset({"admin", "officer", "province_officer", "council_member", "leader"})
COMMUNE_SIDE = DISTRICT_SIDE | {"commune_officer"}

# Who sees the cast's own object of a kind. Everybody else gets the 404 of an object that does not exist.
VISIBLE: dict[str, frozenset[str]] = {
    "district": DISTRICT_SIDE,
    "commune": COMMUNE_SIDE | {"producer_user"},
    "account": COMMUNE_SIDE | {"producer_user"},
    "signer": DISTRICT_SIDE,
    "letter_head": DISTRICT_SIDE,
    "recipient": DISTRICT_SIDE,
    "office": DISTRICT_SIDE,
    "duty": DISTRICT_SIDE,
    "document": INSIDE,  # of a unit above, too
    "citation": DISTRICT_SIDE,
    "regime": INSIDE,
    "group": INSIDE,
    "producer": COMMUNE_SIDE | {"producer_user"},
    "product": COMMUNE_SIDE | {"producer_user"},
    "recognition": COMMUNE_SIDE | {"producer_user"},
    "round": DISTRICT_SIDE,
    "dossier": COMMUNE_SIDE | {"producer_user"},
    "plan": DISTRICT_SIDE,
    "section": DISTRICT_SIDE,
    "annex": DISTRICT_SIDE,
    "figure": DISTRICT_SIDE,
    "commune_figure": DISTRICT_SIDE,
    "plan_products": COMMUNE_SIDE | {"other_commune_officer", "producer_user"},
    "potential": COMMUNE_SIDE | {"producer_user"},
    "budget_line": DISTRICT_SIDE,
    "target": DISTRICT_SIDE,
    "activity": DISTRICT_SIDE,
    "spending": DISTRICT_SIDE,
    "job": frozenset({"admin", "officer", "leader"}),
    "file": frozenset(),
    "demo_account": INSIDE,
}
# The law is for everybody: there is no foreign object, only a missing one.
WITHOUT_FOREIGN = frozenset({"regime", "group", "file", "demo_account"})

ADMINS = frozenset({"admin"})
OFFICERS = frozenset({"officer", "commune_officer", "other_commune_officer", "province_officer"})
DISTRICT_OFFICERS = frozenset({"officer", "province_officer"})
RECORD_KEEPERS = frozenset({"admin", "officer", "province_officer"})

PLAN_READERS = frozenset({"admin", "officer", "commune_officer", "other_commune_officer", "province_officer", "leader"})
OWN_OFFICER = frozenset({"officer"})
COMMUNES_TOO = frozenset({"officer", "commune_officer", "other_commune_officer"})

# page: reads only (a post is 405); form: an empty post shows the form again; act: posts only, then leads on;
# both: a page whose post acts; safe: like page, but the post is refused before the object is looked for.
Kind = Literal["page", "form", "act", "both", "safe"]


@dataclass(frozen=True)
class Row:
    """One address: its kind, the object it is about (a key of VISIBLE), and who may."""

    kind: Kind
    about: str = ""
    allowed: frozenset[str] = INSIDE
    get: int = 200
    post: int = 0

    def expected(self, role: str, whose: str, method: str) -> int:
        """The status for a role, an object (own, foreign, missing, or none) and a method."""
        if role in OUTSIDE:
            return 302
        if (self.kind, method) in {("act", "GET"), ("safe", "POST")}:
            return 405
        if self.about and (whose != "own" or role not in VISIBLE[self.about]):
            return 404
        if role not in self.allowed:
            return 403
        if method == "GET":
            return self.get
        return self.post or {"page": 405, "form": 200, "act": 302, "both": 302}[self.kind]


def _records(name: str, about: str, parent: str, allowed: frozenset[str]) -> dict[str, Row]:
    """The four pages of a record that belongs to a unit or another record."""
    return {
        f"{name}-list": Row("page"),
        f"{name}-detail": Row("page", about),
        f"{name}-edit": Row("form", about, allowed),
        f"{name}-create": Row("form", parent, allowed),
    }


TABLE: dict[str, Row] = {
    # home
    "reports:home": Row("page", get=302, post=302),
    "reports:overview": Row("safe", allowed=PLAN_READERS),
    "reports:todo": Row("safe"),
    # accounts
    "accounts:me": Row("page"),
    "accounts:catalogue": Row("page", post=200),
    "accounts:password": Row("form"),
    "accounts:list": Row("page", allowed=ADMINS),
    "accounts:create": Row("form", allowed=ADMINS),
    "accounts:detail": Row("page", "account", ADMINS),
    "accounts:edit": Row("form", "account", ADMINS),
    "accounts:new-password": Row("both", "account", ADMINS),
    # units and what they print
    "communes:unit-list": Row("page"),
    "communes:unit-create": Row("form", allowed=ADMINS),
    "communes:unit-detail": Row("page", "commune"),
    "communes:unit-edit": Row("form", "commune", ADMINS),
    "communes:unit-succession": Row("form", "commune", ADMINS),
    **_records("communes:signer", "signer", "district", ADMINS),
    **_records("communes:letter-head", "letter_head", "district", ADMINS),
    **_records("communes:recipient", "recipient", "district", RECORD_KEEPERS),
    **_records("communes:office", "office", "district", RECORD_KEEPERS),
    "communes:duty-create": Row("form", "office", RECORD_KEEPERS),
    "communes:duty-edit": Row("form", "duty", RECORD_KEEPERS),
    # the law
    "regulations:document-list": Row("page"),
    "regulations:document-create": Row("form", allowed=ADMINS | OFFICERS),
    "regulations:document-detail": Row("page", "document"),
    "regulations:document-edit": Row("form", "document", RECORD_KEEPERS),
    "regulations:citation-list": Row("page"),
    "regulations:citation-detail": Row("page", "citation"),
    "regulations:citation-edit": Row("form", "citation", RECORD_KEEPERS),
    "regulations:citation-create": Row("form", "document", ADMINS | OFFICERS),
    "regulations:regime-list": Row("page"),
    "regulations:regime-detail": Row("page", "regime"),
    "regulations:group-list": Row("page"),
    "regulations:group-detail": Row("page", "group"),
    # producers and products
    "producers:list": Row("page"),
    "producers:create": Row("form", allowed=OFFICERS),
    "producers:detail": Row("page", "producer"),
    "producers:edit": Row("form", "producer", OFFICERS),
    "products:list": Row("page"),
    "products:choose-producer": Row("page", allowed=OFFICERS),
    "products:create": Row("form", "producer", OFFICERS),
    "products:detail": Row("page", "product"),
    "products:edit": Row("form", "product", OFFICERS),
    "products:recognition-list": Row("page"),
    "products:recognition-detail": Row("page", "recognition"),
    "products:recognition-edit": Row("form", "recognition", DISTRICT_OFFICERS),
    "products:recognition-withdraw": Row("form", "recognition", DISTRICT_OFFICERS),
    "products:recognition-create": Row("form", "product", DISTRICT_OFFICERS),
    # dossiers
    "dossiers:list": Row("page"),
    "dossiers:detail": Row("page", "dossier"),
    "dossiers:edit": Row("form", "dossier", OFFICERS),
    "dossiers:outcome": Row("form", "dossier", DISTRICT_OFFICERS),
    "dossiers:create": Row("form", "product", OFFICERS),
    "dossiers:round-list": Row("page"),
    "dossiers:round-detail": Row("page", "round"),
    "dossiers:round-edit": Row("form", "round", DISTRICT_OFFICERS),
    "dossiers:round-create": Row("form", "district", DISTRICT_OFFICERS),
    # plans and their records
    "plans:list": Row("page"),
    "plans:create": Row("form", allowed=OFFICERS),
    "plans:detail": Row("safe", "plan", PLAN_READERS),
    "plans:edit": Row("form", "plan", OWN_OFFICER),
    "plans:preview": Row("safe", "plan", PLAN_READERS),
    "plans:generate": Row("act", "plan", PLAN_READERS),
    "plans:submit": Row("act", "plan", OWN_OFFICER),
    "plans:return": Row("form", "plan", frozenset()),
    "plans:approve": Row("act", "plan", frozenset()),
    "plans:figure-list": Row("safe", "plan", PLAN_READERS),
    "plans:figure": Row("safe", "figure", PLAN_READERS),
    "plans:figure-commune": Row("safe", "commune_figure", PLAN_READERS),
    "plans:section-list": Row("safe", "plan", PLAN_READERS),
    "plans:section-create": Row("form", "plan", OWN_OFFICER),
    "plans:section-edit": Row("form", "section", OWN_OFFICER),
    "plans:section-move": Row("act", "section", OWN_OFFICER),
    "plans:section-delete": Row("form", "section", OWN_OFFICER),
    "plans:annex-list": Row("safe", "plan", PLAN_READERS),
    "plans:annex-edit": Row("form", "annex", OWN_OFFICER),
    "plans:potential-list": Row("page", "plan_products", PLAN_READERS),
    "plans:potential-create": Row("form", "plan_products", COMMUNES_TOO),
    "plans:potential-detail": Row("page", "potential", PLAN_READERS),
    "plans:potential-edit": Row("form", "potential", COMMUNES_TOO),
    "plans:potential-delete": Row("form", "potential", COMMUNES_TOO),
    "plans:budget-list": Row("page", "plan", PLAN_READERS),
    "plans:budget-create": Row("form", "plan", OWN_OFFICER),
    "plans:budget-detail": Row("page", "budget_line", PLAN_READERS),
    "plans:budget-edit": Row("form", "budget_line", OWN_OFFICER),
    "plans:budget-delete": Row("form", "budget_line", OWN_OFFICER),
    **{f"plans:{noun}-list": Row("page") for noun in ("target", "activity", "spending")},
    **{f"plans:{noun}-create": Row("form", allowed=OFFICERS) for noun in ("target", "activity", "spending")},
    **{f"plans:{noun}-detail": Row("page", noun) for noun in ("target", "activity", "spending")},
    **{f"plans:{noun}-edit": Row("form", noun, DISTRICT_OFFICERS) for noun in ("target", "activity", "spending")},
    # jobs and files
    "jobs:list": Row("safe"),
    "jobs:detail": Row("safe", "job"),
    "jobs:progress": Row("safe", "job", get=286),
    "jobs:retry": Row("act", "job", frozenset()),
    "files:download": Row("safe", "file"),
}

# Open to everybody, logged in or not; `test_login_is_the_only_open_door` says what each does.
OPEN = frozenset({"accounts:login", "accounts:login-as", "accounts:logout"})
