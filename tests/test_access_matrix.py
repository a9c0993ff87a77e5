"""Every address × every role × own, foreign and missing object × GET and POST, against `access_table.py`."""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, path, reverse

from plans.addresses import unit_part
from tests.access_table import OPEN, OUTSIDE, ROLES, TABLE, VISIBLE, WITHOUT_FOREIGN

MISSING = 987_654
MISSING_UUID = uuid.UUID("00000000-0000-4000-8000-000000000000")
pytestmark = pytest.mark.django_db


def named_routes(resolver: Any = None, namespaces: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    """Every address of the portal with its full name; one without a name is an error of its own."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from named_routes(entry, (*namespaces, *([entry.namespace] if entry.namespace else [])))
        else:
            yield ":".join((*namespaces, entry.name or f"unnamed {entry.pattern}")), entry


def rows_missing(routes: Iterator[tuple[str, URLPattern]]) -> list[str]:
    """The addresses that the table does not know."""
    return sorted(name for name, _route in routes if name not in TABLE and name not in OPEN)


def test_access_table_has_a_row_for_every_address_and_no_other() -> None:
    names = {name for name, _route in named_routes()}

    assert rows_missing(named_routes()) == []
    assert sorted((set(TABLE) | OPEN) - names) == []


def test_access_table_misses_a_planted_route() -> None:
    planted = path("cua-sau/", lambda request: None, name="back-door")

    assert rows_missing(iter([("products:back-door", planted)])) == ["products:back-door"]


@dataclass
class World:
    """For each kind of object: the keys of the cast's own, of one of another province, and of none."""

    own: dict[str, Any]
    foreign: dict[str, Any]
    users: dict[str, Any]


def _side(district: Any, commune: Any, account: Any, owner: Any) -> dict[str, Any]:
    """One object of each kind on one side of the border."""
    from communes.tests import factories as units
    from core.jobs.tests.factories import JobFactory
    from dossiers.tests.factories import DossierFactory, RoundFactory
    from plans.tests import factories as plans
    from producers.tests.factories import ProducerFactory
    from products.tests.factories import ProductFactory, RecognitionFactory
    from regulations.tests import factories as law

    office = units.OfficeFactory(unit=district)
    document = law.LegalDocumentFactory(unit=district)
    producer = ProducerFactory(commune=commune, account=owner)
    product = ProductFactory(producer=producer)
    evaluation = RoundFactory(unit=district)
    plan = plans.PlanFactory(unit=district)
    place = {"unit": unit_part(plan), "year": plan.year}
    return {
        "plan": place,
        "section": {**place, "key": plans.PlanSectionFactory(plan=plan, text="").key},
        "annex": {**place, "number": plans.AnnexLayoutFactory(plan=plan).number},
        "figure": {**place, "name": "standing_total"},
        "commune_figure": {**place, "name": "standing_total", "commune": commune.pk},
        "plan_products": place,
        "potential": {**place, "pk": plans.PotentialProductFactory(plan=plan, commune=commune).pk},
        "budget_line": {**place, "pk": plans.BudgetLineFactory(plan=plan).pk},
        "target": plans.TargetFactory(unit=district).pk,
        "activity": plans.ActivityFactory(unit=district).pk,
        "spending": plans.SpendingFactory(unit=district).pk,
        "district": district.pk,
        "commune": commune.pk,
        "account": account.pk,
        "signer": units.SignerFactory(unit=district).pk,
        "letter_head": units.LetterHeadFactory(unit=district).pk,
        "recipient": units.RecipientFactory(unit=district).pk,
        "office": office.pk,
        "duty": units.OfficeDutyFactory(office=office).pk,
        "document": document.pk,
        "citation": law.CitationFactory(unit=district, document=document).pk,
        "regime": evaluation.regime.pk,
        "group": law.ProductGroupFactory().pk,
        "producer": producer.pk,
        "product": product.pk,
        "recognition": RecognitionFactory(product=product, decision=document).pk,
        "round": evaluation.pk,
        "dossier": DossierFactory(round=evaluation, product=product).pk,
        "job": JobFactory(done=True, unit_id=district.pk).uuid,
        "file": MISSING_UUID,
    }


@pytest.fixture
def world(
    district,
    admin,
    officer,
    commune_officer,
    other_commune_officer,
    province_officer,
    council_member,
    leader,
    producer_user,
) -> Iterator[World]:
    from accounts.tests.factories import UserFactory
    from communes.tests.factories import UnitFactory, unit
    from core.jobs.tests.factories import kind_of_work

    users = {
        "admin": admin, "officer": officer, "commune_officer": commune_officer,
        "other_commune_officer": other_commune_officer, "province_officer": province_officer,
        "council_member": council_member, "leader": leader, "producer_user": producer_user,
        "disabled": UserFactory(unit=district, is_active=False),
    }  # fmt: skip
    far_district = UnitFactory(district=True, name="Ba Tri", parent=UnitFactory(province=True, name="Bến Tre"))
    far_commune = unit(name="An Thủy", parent=far_district)
    commune = district.children.get(name="Tân Hộ Cơ")
    with kind_of_work(lambda _run: dict):
        yield World(
            own=_side(district, commune, UserFactory(unit=commune), producer_user),
            foreign=_side(far_district, far_commune, UserFactory(unit=far_commune), None),
            users=users,
        )


def _address(name: str, route: URLPattern, key: Any) -> str:
    """The address with the object's key: one value for the first part (a file's name gets any text), or a value per part."""
    names = list(route.pattern.converters)
    if isinstance(key, dict):
        return reverse(name, kwargs={part: key[part] for part in names})
    return reverse(name, kwargs={part: key if place == 0 else "a.pdf" for place, part in enumerate(names)})


def _cases(world: World, about: str) -> list[tuple[str, Any]]:
    """Whose object, and its key."""
    if not about:
        return [("none", None)]
    cases = [("own", world.own[about]), ("missing", _missing(world.own[about]))]
    return cases if about in WITHOUT_FOREIGN else [*cases, ("foreign", world.foreign[about])]


def _missing(key: Any) -> Any:
    """A key of the same shape that no row has."""
    if isinstance(key, dict):
        return {**key, "unit": "99998"}
    return MISSING_UUID if isinstance(key, uuid.UUID) else MISSING


@pytest.mark.parametrize("role", ROLES)
def test_access_matrix(world: World, role: str) -> None:
    wrong = []
    routes = dict(named_routes())
    client = Client()
    if role in world.users:
        client.force_login(world.users[role])
    for name, row in TABLE.items():
        for whose, key in _cases(world, row.about):
            for method in ("GET", "POST"):
                address = _address(name, routes[name], key)
                response = client.generic(method, address, content_type="application/x-www-form-urlencoded")
                expected = row.expected(role, whose, method)
                if response.status_code != expected:
                    wrong.append(f"{name} {whose} {method}: {response.status_code}, expected {expected}")

    assert wrong == []


def _body(response: Any) -> str:
    """The page without the secret of its forms."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())


def test_foreign_object_answers_like_a_missing_one(world: World) -> None:
    client = Client()
    client.force_login(world.users["officer"])
    routes = dict(named_routes())

    for name, row in TABLE.items():
        if row.about and row.about not in WITHOUT_FOREIGN and row.kind != "act":
            answers = {
                whose: _body(client.get(_address(name, routes[name], key))) for whose, key in _cases(world, row.about)
            }
            assert answers["foreign"] == answers["missing"], name


def test_every_refusal_says_who_can(world: World) -> None:
    client = Client()
    client.force_login(world.users["leader"])

    page = client.get(reverse("producers:edit", args=[world.own["producer"]]))

    assert page.status_code == 403
    assert "Cán bộ OCOP của xã có chủ thể, hoặc của đơn vị cấp trên, sửa chủ thể." in page.content.decode()


def test_table_names_only_known_roles_and_objects() -> None:
    assert {row.about for row in TABLE.values() if row.about} <= set(VISIBLE)
    assert all(row.allowed <= set(ROLES) - OUTSIDE for row in TABLE.values())


def test_login_is_the_only_open_door(client: Client, db: None) -> None:
    assert client.get(reverse("accounts:login")).status_code == 200
    assert client.post(reverse("accounts:login")).status_code == 200
    assert client.get(reverse("accounts:logout")).status_code == 405
    assert client.post(reverse("accounts:logout")).status_code == 302


def test_login_as_needs_the_demonstration(client: Client, settings: Any, district: Any) -> None:
    from accounts.tests.factories import UserFactory

    demo, person = UserFactory(unit=district, demo=True), UserFactory(unit=district)

    settings.OCOP_DEMO = False
    assert client.post(reverse("accounts:login-as", args=[demo.pk])).status_code == 404
    settings.OCOP_DEMO = True
    assert client.post(reverse("accounts:login-as", args=[person.pk])).status_code == 404
    assert client.get(reverse("accounts:login-as", args=[demo.pk])).status_code == 405
    assert client.post(reverse("accounts:login-as", args=[demo.pk])).status_code == 302
