"""Pages of units, as an administrator uses them."""

from django.urls import reverse

from communes.models import Unit
from core.forms import tokens


def test_saving_the_own_unit_keeps_the_unit_above_it(admin, client):
    client.force_login(admin)
    page = reverse("communes:unit-edit", args=[admin.unit_id])
    fields = client.get(page).context["form"]
    typed = {name: fields[name].value() for name in fields.fields}

    assert typed["parent"] in dict(fields["parent"].field.choices)
    typed |= {
        "valid_from": "01/01/2000", "valid_to": "30/06/2025", "sort_order": "3", "version": "1",
        "form_token": tokens.issue_for(admin.pk, page=page),
    }  # fmt: skip
    assert client.post(page, typed).status_code == 302

    saved = Unit.objects.get(pk=admin.unit_id)
    assert (saved.sort_order, saved.parent) == (3, admin.unit.parent)
