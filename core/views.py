"""The pages of last resort, in Vietnamese: what happened, and what to do."""

import logging
import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from core.forms import held, tokens
from core.forms.middleware import is_htmx

logger = logging.getLogger(__name__)

NOT_ALLOWED = (
    "Việc này không thuộc quyền của tài khoản đang dùng. Quay lại trang trước, hoặc đăng nhập bằng tài khoản khác."
)
FORM_EXPIRED = "Trang chứa biểu mẫu này đã cũ nên chưa ghi gì. Mở lại trang rồi gửi lần nữa."
FORM_HELD = "Trang chứa biểu mẫu này đã cũ nên chưa ghi gì. Mở lại trang, nội dung vừa nhập vẫn còn."
NOT_FOUND = "Không tìm thấy trang này. Kiểm tra lại địa chỉ, hoặc mở từ danh sách."
BAD_REQUEST = "Yêu cầu gửi lên không đọc được nên chưa ghi gì. Quay lại trang trước và gửi lại."
BROKEN = "Máy chủ gặp lỗi nên chưa xong việc này. Thử lại sau ít phút; nếu vẫn lỗi, báo người quản trị mã"


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """400, without the frame: the request may be too broken for it."""
    return _plain("Yêu cầu không đọc được", BAD_REQUEST, status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the rule's own sentence says who can."""
    sentence = getattr(exception, "sentence", NOT_ALLOWED)
    return _framed(request, "Việc này do người khác thực hiện", sentence, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """403 for a form without the secret of this session; typed text with a good token of ours is kept."""
    token = tokens.read(request.POST.get(tokens.TOKEN_FIELD, ""))
    kept = token is not None and token.user_id is not None and held.hold(request, token)
    page = token.page if token is not None and kept else ""
    return _framed(request, "Trang đã cũ", FORM_HELD if kept else FORM_EXPIRED, status=403, page=page)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """404, for what does not exist and for what lies outside the person's reach alike."""
    return _framed(request, "Không tìm thấy trang", NOT_FOUND, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, without database and frame; the code stands in the log beside the fault."""
    code = secrets.token_hex(4).upper()
    logger.error("Reference %s: %s %s", code, request.method, request.path)
    return _plain("Máy chủ gặp lỗi", f"{BROKEN} {code}.", status=500)


def _framed(request: HttpRequest, title: str, sentence: str, *, status: int, page: str = "") -> HttpResponse:
    template = "core/_refusal.html" if is_htmx(request) else "core/refused.html"
    return render(request, template, {"title": title, "sentence": sentence, "page": page}, status=status)


def _plain(title: str, sentence: str, *, status: int) -> HttpResponse:
    return HttpResponse(render_to_string("core/plain.html", {"title": title, "sentence": sentence}), status=status)
