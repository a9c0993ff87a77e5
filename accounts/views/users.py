"""Accounts of the administrator's reach."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from accounts import rules, services
from accounts.forms import UserEditForm, UserForm
from accounts.models import Role, User
from accounts.views.me import user_facts
from core.forms.editing import act
from core.permissions import require
from core.screens import ActButton, Action, Column, Fact, Filter, choice, detail_page, form_page, list_page, tag

CRUMBS = [("Tài khoản", "/tai-khoan/")]
_SESSION_KEY = "first_password"


def _state(user: User):
    return tag("Đang hoạt động", "ok") if user.is_active else tag("Đã khóa")


def user_list(request: HttpRequest) -> HttpResponse:
    """The accounts within the administrator's reach."""
    require(rules.can_list_users, request.user)
    may = rules.can_create_user(request.user)
    users = User.objects.visible_to(request.user).select_related("unit").order_by("name_folded", "pk")
    return list_page(
        request,
        users,
        title="Tài khoản",
        noun="tài khoản",
        columns=[
            Column("Họ và tên", "full_name", link=lambda row: reverse("accounts:detail", args=[row.pk])),
            Column("Tên đăng nhập", "username"),
            Column("Vai trò", choice("role")),
            Column("Đơn vị", "unit.full_name"),
            Column("Trạng thái", _state),
        ],
        search=["name_folded"],
        filters=[Filter("vai", "Vai trò", Role.choices, lambda rows, role: rows.filter(role=role))],
        actions=[Action("Thêm tài khoản", reverse("accounts:create"), "plus", primary=True)] if may else [],
    )


def user_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One account."""
    user = get_object_or_404(User.objects.visible_to(request.user).select_related("unit"), pk=pk)
    require(rules.can_list_users, request.user)
    may = rules.can_edit_user(request.user, user)
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
        actions=[Action("Sửa", reverse("accounts:edit", args=[pk]), "pencil", primary=True)] if may else [],
        acts=[reset] if rules.can_issue_password(request.user, user) else [],
        facts=[*user_facts(user), Fact("Phải đổi mật khẩu", user.must_change_password)],
        history_labels={"issue_password": "Cấp mật khẩu mới", "change_password": "Đổi mật khẩu"},
    )


def user_create(request: HttpRequest) -> HttpResponse:
    """Add an account; its first password is shown once."""
    require(rules.can_create_user, request.user)
    return form_page(
        request,
        title="Thêm tài khoản",
        lead="Mật khẩu đầu tiên do phần mềm tạo, hiện một lần sau khi lưu.",
        breadcrumb=CRUMBS,
        form_class=UserForm,
        form_kwargs={"user": request.user},
        save=lambda data, _version: _give_password(request, services.create_user(data, by=request.user)),
        success_url=lambda user: reverse("accounts:new-password", args=[user.pk]),
        success_message="Đã thêm tài khoản.",
        cancel_url=reverse("accounts:list"),
    )


def user_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an account."""
    user = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    require(rules.can_edit_user, request.user, user)
    back = reverse("accounts:detail", args=[pk])
    return form_page(
        request,
        title="Sửa tài khoản",
        breadcrumb=[*CRUMBS, (user.full_name, back)],
        form_class=UserEditForm,
        form_kwargs={"user": request.user},
        instance=user,
        save=lambda data, version: services.update_user(user, data, by=request.user, version=version),
        success_url=back,
        success_message="Đã lưu tài khoản.",
        cancel_url=back,
    )


@never_cache
def user_new_password(request: HttpRequest, pk: int) -> HttpResponse:
    """POST gives a new password; GET shows it once, for printing, then never again."""
    user = get_object_or_404(User.objects.visible_to(request.user).select_related("unit"), pk=pk)
    require(rules.can_issue_password, request.user, user)
    here = reverse("accounts:new-password", args=[pk])
    if request.method == "POST":
        return act(
            request,
            lambda: _give_password(request, user),
            success_url=here,
            success_message="Đã cấp mật khẩu mới.",
        )
    is_kept = request.session.get(_SESSION_KEY, {}).get("user") == pk
    password = request.session.pop(_SESSION_KEY)["password"] if is_kept else ""
    context = {
        "title": "Mật khẩu đăng nhập lần đầu",
        "breadcrumb": [*CRUMBS, (user.full_name, reverse("accounts:detail", args=[pk]))],
        "account": user,
        "password": password,
    }
    return render(request, "accounts/new_password.html", context)


def _give_password(request: HttpRequest, user: User) -> User:
    """Issue a password and keep it in the administrator's session until the next page has shown it."""
    request.session[_SESSION_KEY] = {"user": user.pk, "password": services.issue_password(user, by=request.user)}
    return user
