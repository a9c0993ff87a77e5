"""Addresses of plans and of their records."""

from django.urls import path
from django.urls.resolvers import URLPattern

from plans.views import acts, annexes, budget, figures, plan, potential, records, sections
from plans.views.records import ACTIVITY, SPENDING, TARGET, Noun

app_name = "plans"

_PLAN = "ke-hoach/<str:unit>/<int:year>"


def _noun_paths(prefix: str, noun: Noun) -> list[URLPattern]:
    given = {"noun": noun}
    return [
        path(f"{prefix}/", records.noun_list, given, name=f"{noun.name}-list"),
        path(f"{prefix}/moi/", records.noun_create, given, name=f"{noun.name}-create"),
        path(f"{prefix}/<int:pk>/", records.noun_detail, given, name=f"{noun.name}-detail"),
        path(f"{prefix}/<int:pk>/sua/", records.noun_edit, given, name=f"{noun.name}-edit"),
    ]


urlpatterns = [
    path("ke-hoach/", plan.plan_list, name="list"),
    path("ke-hoach/moi/", plan.plan_create, name="create"),
    path(f"{_PLAN}/", plan.plan_detail, name="detail"),
    path(f"{_PLAN}/sua/", plan.plan_edit, name="edit"),
    path(f"{_PLAN}/xem-truoc/", plan.plan_preview, name="preview"),
    path(f"{_PLAN}/tao-van-ban/", acts.plan_generate, name="generate"),
    path(f"{_PLAN}/trinh/", acts.plan_submit, name="submit"),
    path(f"{_PLAN}/tra-lai/", acts.plan_return, name="return"),
    path(f"{_PLAN}/duyet/", acts.plan_approve, name="approve"),
    path(f"{_PLAN}/so-lieu/", figures.figure_list, name="figure-list"),
    path(f"{_PLAN}/so-lieu/<str:name>/", figures.figure_detail, name="figure"),
    path(f"{_PLAN}/so-lieu/<str:name>/<int:commune>/", figures.figure_detail, name="figure-commune"),
    path(f"{_PLAN}/muc/", sections.section_list, name="section-list"),
    path(f"{_PLAN}/muc/moi/", sections.section_create, name="section-create"),
    path(f"{_PLAN}/muc/<slug:key>/", sections.section_edit, name="section-edit"),
    path(f"{_PLAN}/muc/<slug:key>/chuyen/", sections.section_move, name="section-move"),
    path(f"{_PLAN}/muc/<slug:key>/xoa/", sections.section_delete, name="section-delete"),
    path(f"{_PLAN}/bieu/", annexes.annex_list, name="annex-list"),
    path(f"{_PLAN}/bieu/<int:number>/", annexes.annex_edit, name="annex-edit"),
    path(f"{_PLAN}/san-pham-tiem-nang/", potential.potential_list, name="potential-list"),
    path(f"{_PLAN}/san-pham-tiem-nang/moi/", potential.potential_create, name="potential-create"),
    path(f"{_PLAN}/san-pham-tiem-nang/<int:pk>/", potential.potential_detail, name="potential-detail"),
    path(f"{_PLAN}/san-pham-tiem-nang/<int:pk>/sua/", potential.potential_edit, name="potential-edit"),
    path(f"{_PLAN}/san-pham-tiem-nang/<int:pk>/xoa/", potential.potential_delete, name="potential-delete"),
    path(f"{_PLAN}/du-toan/", budget.budget_list, name="budget-list"),
    path(f"{_PLAN}/du-toan/moi/", budget.budget_create, name="budget-create"),
    path(f"{_PLAN}/du-toan/<int:pk>/", budget.budget_detail, name="budget-detail"),
    path(f"{_PLAN}/du-toan/<int:pk>/sua/", budget.budget_edit, name="budget-edit"),
    path(f"{_PLAN}/du-toan/<int:pk>/xoa/", budget.budget_delete, name="budget-delete"),
    *_noun_paths("chi-tieu", TARGET),
    *_noun_paths("hoat-dong", ACTIVITY),
    *_noun_paths("kinh-phi", SPENDING),
]
