"""The people of the demonstration, with the producer's account tied to a producer."""

from django.db import transaction

from accounts.demo import create_demo_users
from accounts.models import Role, User
from producers.models import Producer
from producers.services import update_producer

PRODUCER_NAME = "cơ sở sản xuất khô Ba Khía"


@transaction.atomic
def set_up_people() -> list[User]:
    """One account per role; the one of the producer sees the rows of a producer of its commune. Again: no change."""
    users = create_demo_users()
    for user in users:
        if user.role == Role.PRODUCER:
            _tie(user)
    return users


def _tie(user: User) -> None:
    producer = Producer.objects.filter(commune=user.unit, name=PRODUCER_NAME).first()
    if producer is not None and producer.account_id is None:
        update_producer(producer, {"account": user}, by=None)
