"""The way to the lists that are edited now and then: units, what they print, the law."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

_GROUPS = (
    (
        "Đơn vị và thể thức",
        (
            ("communes:unit-list", "Đơn vị hành chính"),
            ("communes:office-list", "Cơ quan phối hợp và nhiệm vụ"),
            ("communes:signer-list", "Người ký"),
            ("communes:letter-head-list", "Thể thức văn bản"),
            ("communes:recipient-list", "Nơi nhận"),
        ),
    ),
    (
        "Văn bản và quy định",
        (
            ("regulations:document-list", "Văn bản"),
            ("regulations:citation-list", "Căn cứ của kế hoạch"),
            ("regulations:regime-list", "Chế độ đánh giá"),
            ("regulations:group-list", "Nhóm sản phẩm"),
        ),
    ),
)


def catalogue(request: HttpRequest) -> HttpResponse:
    """Links in two groups."""
    groups = [(title, [(reverse(name), label) for name, label in links]) for title, links in _GROUPS]
    return render(request, "accounts/catalogue.html", {"title": "Danh mục", "groups": groups})
