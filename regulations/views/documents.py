"""The register of legal documents."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from core.permissions import require
from core.screens import Action, Column, Fact, detail_page, form_page, list_page, marked, way_to
from regulations import rules, services
from regulations.forms import LegalDocumentForm
from regulations.models import LegalDocument
from regulations.views.citations import citations_panel

CRUMBS = [("Văn bản", "/van-ban/")]


def document_list(request: HttpRequest) -> HttpResponse:
    """National documents and those of the person's reach, newest first."""
    documents = LegalDocument.objects.visible_to(request.user).order_by("-issued_on", "pk")
    may = rules.can_create_legal_document(request.user, request.user.unit)
    return list_page(
        request,
        documents,
        title="Văn bản",
        noun="văn bản",
        columns=[
            Column(
                "Số, ký hiệu", marked("number"), link=lambda row: reverse("regulations:document-detail", args=[row.pk])
            ),
            Column("Loại", "document_type"),
            Column("Ngày ban hành", "issued_on"),
            Column("Trích yếu", "title"),
        ],
        search=["number_folded"],
        search_label="Tìm theo số hoặc trích yếu",
        actions=[Action("Thêm văn bản", reverse("regulations:document-create"), "plus")] if may else [],
        empty="Chưa có văn bản nào. Thêm các văn bản mà kế hoạch căn cứ vào.",
    )


def document_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One document and how units cite it."""
    documents = LegalDocument.objects.visible_to(request.user).select_related("unit", "amends")
    document = get_object_or_404(documents, pk=pk)
    actions = []
    if rules.can_edit_legal_document(request.user, document):
        actions = [Action("Sửa", reverse("regulations:document-edit", args=[pk]), "pencil", primary=True)]
    return detail_page(
        request,
        document,
        title=str(document),
        breadcrumb=CRUMBS,
        actions=actions,
        facts=_facts(request, document),
        extra_panels=[citations_panel(request, document)],
    )


def _facts(request: HttpRequest, document: LegalDocument) -> list[Fact]:
    amends_url = way_to(request, document.amends, f"/van-ban/{document.amends_id}/")
    return [
        Fact("Trích yếu", document.title),
        Fact("Ngày ban hành", document.issued_on),
        Fact("Cơ quan ban hành", document.issuer),
        Fact("Sửa đổi, bổ sung cho", document.amends or "Không", amends_url),
        Fact("Hết hiệu lực sau ngày", document.in_force_to or "Còn hiệu lực"),
        Fact("Đơn vị quản lý", document.unit.full_name if document.unit else "Văn bản dùng chung"),
        Fact("Đối chiếu với bản chính", document.checked_by or "Chưa đối chiếu"),
        Fact("Khóa trong tệp dữ liệu", document.key),
    ]


def document_create(request: HttpRequest) -> HttpResponse:
    """Add a document of the person's unit."""
    require(rules.can_create_legal_document, request.user, request.user.unit)
    return form_page(
        request,
        title="Thêm văn bản",
        breadcrumb=CRUMBS,
        form_class=LegalDocumentForm,
        form_kwargs={"user": request.user},
        save=lambda data, _version: services.create_legal_document(
            {**data, "unit": request.user.unit}, by=request.user
        ),
        success_url=lambda row: reverse("regulations:document-detail", args=[row.pk]),
        success_message="Đã thêm văn bản.",
        cancel_url=reverse("regulations:document-list"),
    )


def document_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a document."""
    document = get_object_or_404(LegalDocument.objects.visible_to(request.user), pk=pk)
    require(rules.can_edit_legal_document, request.user, document)
    back = reverse("regulations:document-detail", args=[pk])
    return form_page(
        request,
        title="Sửa văn bản",
        breadcrumb=[*CRUMBS, (str(document), back)],
        form_class=LegalDocumentForm,
        form_kwargs={"user": request.user},
        instance=document,
        save=lambda data, version: services.update_legal_document(document, data, by=request.user, version=version),
        success_url=back,
        success_message="Đã lưu văn bản.",
        cancel_url=back,
    )
