"""Regimes and product groups: read only, they come with the data files."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from core.panels import Panel
from core.screens import Column, Fact, Filter, choice, detail_page, list_page
from regulations.models import ProductGroup, Regime


def regime_list(request: HttpRequest) -> HttpResponse:
    """The regimes, newest first."""
    return list_page(
        request,
        Regime.objects.visible_to(request.user).order_by("-valid_from", "pk"),
        title="Chế độ đánh giá",
        lead="Hồ sơ giữ mãi chế độ của ngày nộp. Chế độ mới được nạp cùng bản cập nhật của phần mềm.",
        noun="chế độ",
        columns=[
            Column("Tên", "name", link=lambda row: reverse("regulations:regime-detail", args=[row.pk])),
            Column("Từ ngày", "valid_from"),
            Column("Đến hết ngày", lambda row: row.valid_to or "Đang áp dụng"),
            Column("Thời hạn công nhận", lambda row: f"{row.certificate_months} tháng", "end"),
        ],
        empty="Chưa nạp chế độ đánh giá. Chạy lệnh nạp dữ liệu chung rồi mở lại trang.",
    )


def regime_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One regime with who certifies which star."""
    regime = get_object_or_404(Regime.objects.visible_to(request.user), pk=pk)
    return detail_page(
        request,
        regime,
        title=regime.name,
        breadcrumb=[("Chế độ đánh giá", reverse("regulations:regime-list"))],
        facts=[
            Fact("Từ ngày", regime.valid_from),
            Fact("Đến hết ngày", regime.valid_to or "Đang áp dụng"),
            Fact("Thời hạn công nhận", f"{regime.certificate_months} tháng"),
            Fact("Nguồn", regime.source),
            Fact("Đối chiếu với bản chính", regime.checked_by or "Chưa đối chiếu"),
        ],
        extra_panels=[_levels(regime)],
        history=False,
    )


def _levels(regime: Regime) -> Panel:
    return Panel(
        "Cấp công nhận",
        columns=[
            Column("Hạng sao", lambda row: f"{row.stars} sao"),
            Column("Cấp công nhận", choice("level")),
        ],
        rows=regime.certifying_levels.order_by("stars"),
        empty="Chưa nhập cấp công nhận.",
    )


def group_list(request: HttpRequest) -> HttpResponse:
    """The product groups of all decisions."""
    decisions = ProductGroup.objects.order_by("decision").values_list("decision", flat=True).distinct()
    return list_page(
        request,
        ProductGroup.objects.visible_to(request.user).order_by("decision", "number", "pk"),
        title="Nhóm sản phẩm",
        noun="nhóm",
        columns=[
            Column("Tên nhóm", "name", link=lambda row: reverse("regulations:group-detail", args=[row.pk])),
            Column("Ngành", "sector"),
            Column("Bộ tiêu chí số", "number", "end"),
            Column("Quyết định", "decision"),
        ],
        filters=[
            Filter(
                "quyet-dinh", "Quyết định", [(key, key) for key in decisions],
                lambda rows, value: rows.filter(decision=value),
            )
        ],
        empty="Chưa nạp nhóm sản phẩm. Chạy lệnh nạp dữ liệu chung rồi mở lại trang.",
    )  # fmt: skip


def group_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One group."""
    group = get_object_or_404(ProductGroup.objects.visible_to(request.user), pk=pk)
    return detail_page(
        request,
        group,
        title=group.name,
        breadcrumb=[("Nhóm sản phẩm", reverse("regulations:group-list"))],
        facts=[
            Fact("Ngành", group.sector),
            Fact("Nhóm", group.group),
            Fact("Bộ tiêu chí số", group.number),
            Fact("Quyết định", group.decision),
        ],
        history=False,
    )
