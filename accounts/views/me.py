"""One's own account."""

from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from accounts import services
from accounts.forms import PasswordForm
from accounts.models import User
from core.screens import Action, Fact, choice, detail_page, form_page


def me(request: HttpRequest) -> HttpResponse:
    """What the portal knows of the person who is logged in."""
    return detail_page(
        request,
        request.user,
        title="Tài khoản của tôi",
        actions=[Action("Đổi mật khẩu", reverse("accounts:password"), "lock-fill", primary=True)],
        facts=user_facts(request.user),
        history=False,
    )


def user_facts(user: User) -> list[Fact]:
    """The summary list of an account."""
    return [
        Fact("Họ và tên", user.full_name),
        Fact("Tên đăng nhập", user.username),
        Fact("Vai trò", choice("role")(user)),
        Fact("Đơn vị", user.unit.full_name if user.unit else ""),
        Fact("Chức danh", user.job_title),
        Fact("Thư điện tử", user.email),
        Fact("Điện thoại", user.phone),
    ]


@sensitive_post_parameters("old_password", "new_password", "again")
def change_password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; the session goes on."""

    def save(data: dict[str, str], _version: int | None) -> User:
        user = services.change_password(request.user, data["new_password"], by=request.user)
        update_session_auth_hash(request, user)
        return user

    lead = "Tài khoản mới phải đổi mật khẩu trước khi làm việc." if request.user.must_change_password else ""
    return form_page(
        request,
        title="Đổi mật khẩu",
        lead=lead,
        form_class=PasswordForm,
        form_kwargs={"user": request.user},
        save=save,
        submit="Đổi mật khẩu",
        success_url=reverse("reports:home"),
        success_message="Đã đổi mật khẩu.",
        cancel_url="" if request.user.must_change_password else reverse("accounts:me"),
    )
