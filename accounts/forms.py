"""Login, password change and the editing of accounts."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate, password_validation
from django.core.exceptions import ValidationError

from accounts.models import Role, User
from communes.models import Unit
from core.forms.record import RecordForm

# What can be set must also fit the login page.
PASSWORD_MAX_LENGTH = 200


class LoginForm(forms.Form):
    """Name and password; one message for every failure, so that nobody learns which names exist."""

    use_required_attribute = False
    username = forms.CharField(
        label="Tên đăng nhập",
        max_length=60,
        error_messages={"required": "Nhập tên đăng nhập."},
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label="Mật khẩu",
        max_length=PASSWORD_MAX_LENGTH,
        strip=False,
        error_messages={"required": "Nhập mật khẩu."},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.user: User | None = None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            self.user = authenticate(self.request, username=data["username"].strip(), password=data["password"])
            if self.user is None:
                raise ValidationError(
                    "Tên đăng nhập hoặc mật khẩu chưa đúng. Nhập lại, hoặc hỏi người quản trị của đơn vị để đặt lại mật khẩu."
                )
        return data


class PasswordForm(forms.Form):
    """The password of today, and the new one twice."""

    use_required_attribute = False
    old_password = forms.CharField(
        label="Mật khẩu đang dùng",
        max_length=PASSWORD_MAX_LENGTH,
        strip=False,
        error_messages={"required": "Nhập mật khẩu đang dùng."},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new_password = forms.CharField(
        label="Mật khẩu mới",
        max_length=PASSWORD_MAX_LENGTH,
        strip=False,
        help_text="Từ 14 ký tự trở lên. Một câu dễ nhớ gồm vài từ là tốt nhất.",
        error_messages={"required": "Nhập mật khẩu mới."},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="Nhập lại mật khẩu mới",
        max_length=PASSWORD_MAX_LENGTH,
        strip=False,
        error_messages={"required": "Nhập lại mật khẩu mới."},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, instance: Any = None, **kwargs: Any) -> None:  # noqa: ARG002
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_old_password(self) -> str:
        old: str = self.cleaned_data["old_password"]
        if not self.user.check_password(old):
            raise ValidationError("Mật khẩu đang dùng chưa đúng. Nhập lại.")
        return old

    def clean_new_password(self) -> str:
        new: str = self.cleaned_data["new_password"]
        if self.user.check_password(new):
            raise ValidationError("Mật khẩu mới trùng mật khẩu đang dùng. Nhập một mật khẩu khác.")
        password_validation.validate_password(new, self.user)
        return new

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("new_password") and data.get("again") and data["new_password"] != data["again"]:
            self.add_error("again", "Hai lần nhập mật khẩu mới khác nhau. Nhập lại cho giống.")
        return data


class UserForm(RecordForm):
    """An account within the reach of the administrator."""

    class Meta:
        model = User
        fields = ["full_name", "username", "role", "unit", "job_title", "email", "phone"]
        help_texts = {"username": "Chữ thường không dấu, số và dấu chấm. Ví dụ: nv.an"}

    def limit_choices(self) -> None:
        units = Unit.objects.visible_to(self.user).order_by("sort_order", "name_key")
        self.fields["unit"].queryset = units
        self.fields["unit"].required = True
        self.fields["role"].choices = [("", "Chọn vai trò"), *Role.choices]


class UserEditForm(UserForm):
    class Meta(UserForm.Meta):
        fields = ["full_name", "role", "unit", "job_title", "email", "phone", "is_active"]
