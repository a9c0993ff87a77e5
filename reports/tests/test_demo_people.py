"""The accounts of the demonstration."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from communes.models import Unit
from producers.models import Producer
from producers.tests.factories import ProducerFactory
from reports.demo import PRODUCER_NAME

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings, district):
    settings.OCOP_DEMO = True
    return ProducerFactory(name=PRODUCER_NAME, commune=Unit.objects.get(name="Tân Hộ Cơ"))


def test_one_account_per_role_without_password(demo, capsys):
    call_command("create_demo_users")

    users = list(User.objects.filter(is_demo=True).order_by("pk"))
    assert [(user.role, user.unit.full_name) for user in users] == [
        ("officer", "huyện Tân Hồng"),
        ("leader", "huyện Tân Hồng"),
        ("officer", "xã Tân Hộ Cơ"),
        ("officer", "tỉnh Đồng Tháp"),
        ("producer", "xã Tân Hộ Cơ"),
        ("council", "huyện Tân Hồng"),
        ("admin", "huyện Tân Hồng"),
    ]
    assert not any(user.has_usable_password() for user in users)
    assert capsys.readouterr().out.splitlines()[-1] == "Bản thử có 7 tài khoản."


def test_again_changes_nothing(demo):
    call_command("create_demo_users")
    versions = list(User.objects.values_list("pk", "version"))

    call_command("create_demo_users")

    assert list(User.objects.values_list("pk", "version")) == versions
    assert Producer.objects.get().version == 2


def test_the_producers_account_sees_its_products_producer_only(demo):
    ProducerFactory(commune=demo.commune)

    call_command("create_demo_users")

    assert list(Producer.objects.visible_to(User.objects.get(role="producer"))) == [demo]


def test_outside_the_demonstration_no_account_is_made(settings, district):
    settings.OCOP_DEMO = False

    with pytest.raises(CommandError, match="đây không phải bản thử"):
        call_command("create_demo_users")

    assert not User.objects.exists()


def test_without_the_demonstrations_data_the_command_says_what_to_load(settings, db):
    settings.OCOP_DEMO = True

    with pytest.raises(CommandError, match=r"load_unit_data demo/tan-hong-2022\.yaml"):
        call_command("create_demo_users")


def test_without_the_commune_the_command_says_what_to_load(settings, district):
    settings.OCOP_DEMO = True
    Unit.objects.filter(name="Tân Hộ Cơ").update(name="Khác", name_folded="khac")

    with pytest.raises(CommandError, match="thiếu tỉnh hoặc xã"):
        call_command("create_demo_users")
