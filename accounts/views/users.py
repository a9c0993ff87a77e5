"""Accounts of the administrator's reach."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from accounts import rules, services
from accounts.forms import UserEditForm, UserForm
from accounts.models import Role, User
from accounts.views.me import user_facts
from core.permissions import require
from core.screens import Action, ActButton, Column, Fact, Filter, detail_page, form_page, list_page, tag

CRUMBS = [("Tài khoản", "/tai-khoan/")]


def _state(user: User):
    return tag("Đang hoạt động", "ok") if user.is_active else tag("Đã khóa")


def user_list(request: HttpRequest) -> HttpResponse:
    """The accounts within the administrator's reach."""
    require(rules.can_list_users, request.user)
    users = User.objects.visible_to(request.user).select_related("unit").order_by("name_folded", "pk")
    return list_page(
        request,
        users,
        title="Tài khoản",
        noun="tài khoản",
        columns=[
            Column("Họ và tên", "full_name", link=lambda row: reverse("accounts:detail", args=[row.pk])),
            Column("Tên đăng nhập", "username"),
            Column("Vai trò", lambda row: row.get_role_display()),
            Column("Đơn vị", "unit.full_name"),
            Column("Trạng thái", _state),
        ],
        search=["name_folded"],
        filters=[Filter("vai", "Vai trò", Role.choices, lambda rows, role: rows.filter(role=role))],
        actions=[Action("Thêm tài khoản", reverse("accounts:create"), "plus", primary=True)],
    )


def user_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One account."""
    user = get_object_or_404(User.objects.visible_to(request.user).select_related("unit"), pk=pk)
    require(rules.can_edit_user, request.user, user)
    reset = ActButton(
        "Cấp mật khẩu mới",
        reverse("accounts:new-password", args=[pk]),
        "Mật khẩu đang dùng hết hiệu lực ngay. Mật khẩu mới chỉ hiện một lần và phải đổi khi đăng nhập.",
    )
    return detail_page(
        request,
        user,
        title=user.full_name,
        state=_state(user),
        breadcrumb=CRUMBS,
        actions=[Action("Sửa", reverse("accounts:edit", args=[pk]), "pencil", primary=True)],
        acts=[reset],
        facts=[*user_facts(user), Fact("Phải đổi mật khẩu", user.must_change_password)],
    )
