"""How units cite documents: the list of legal bases in the order of the plan."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from core.panels import Panel
from core.permissions import require
from core.screens import Action, Column, Fact, choice, detail_page, form_page, list_page
from regulations import rules, services
from regulations.forms import CitationForm
from regulations.models import Citation, LegalDocument

CRUMBS = [("Căn cứ của kế hoạch", "/vien-dan/")]
YEAR = Column("Kế hoạch năm", lambda row: row.year or "Mọi năm")


def citation_list(request: HttpRequest) -> HttpResponse:
    """The citations of the person's reach in the order in which they print."""
    citations = Citation.objects.visible_to(request.user).select_related("unit", "document")
    return list_page(
        request,
        citations.order_by("unit_id", "sort_order", "pk"),
        title="Căn cứ của kế hoạch",
        lead="Cách đơn vị viện dẫn văn bản trong phần căn cứ. Thêm căn cứ từ trang của văn bản.",
        noun="viện dẫn",
        columns=[
            Column("Văn bản", "document", link=lambda row: reverse("regulations:citation-detail", args=[row.pk])),
            Column("Trích yếu khi viện dẫn", lambda row: row.title or row.document.title),
            YEAR,
            Column("Đơn vị", "unit.full_name"),
            Column("Thứ tự", "sort_order", "end"),
        ],
        search=["document__number_folded"],
        search_label="Tìm theo số hoặc trích yếu",
        empty="Chưa có viện dẫn nào. Mở một văn bản rồi chọn Thêm cách viện dẫn.",
    )


def citations_panel(request: HttpRequest, document: LegalDocument) -> Panel:
    """The citations of a document that the person sees."""
    rows = Citation.objects.visible_to(request.user).filter(document=document).select_related("unit")
    may = rules.can_edit_citation(request.user, request.user.unit)
    add = Action("Thêm cách viện dẫn", reverse("regulations:citation-create", args=[document.pk]), "plus")
    return Panel(
        "Viện dẫn trong kế hoạch",
        columns=[
            Column("Đơn vị", "unit.full_name", link=lambda row: reverse("regulations:citation-detail", args=[row.pk])),
            YEAR,
            Column("Từ nối", "link_word"),
            Column("Nằm trong căn cứ", "in_legal_basis"),
        ],
        rows=rows.order_by("unit_id", "pk"),
        empty="Chưa có đơn vị nào viện dẫn văn bản này.",
        actions=[add] if may else [],
    )


def citation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One citation."""
    citation = get_object_or_404(Citation.objects.visible_to(request.user).select_related("unit", "document"), pk=pk)
    actions = []
    if rules.can_edit_citation(request.user, citation.unit):
        actions = [Action("Sửa", reverse("regulations:citation-edit", args=[pk]), "pencil", primary=True)]
    return detail_page(
        request,
        citation,
        title=f"Viện dẫn {citation.document}",
        breadcrumb=CRUMBS,
        actions=actions,
        facts=_facts(citation),
    )


def _facts(citation: Citation) -> list[Fact]:
    return [
        Fact("Văn bản", citation.document, reverse("regulations:document-detail", args=[citation.document_id])),
        Fact("Đơn vị", citation.unit.full_name),
        Fact("Kế hoạch năm", citation.year or "Mọi năm"),
        Fact("Từ nối", citation.link_word),
        Fact("Cách ghi ngày", choice("date_style")(citation)),
        Fact("Trích yếu khi viện dẫn", citation.title or citation.document.title),
        Fact("Số in khác sổ", citation.printed_number or "Không"),
        Fact("Ngày in khác sổ", citation.printed_date or "Không"),
        Fact("Cơ quan in khác sổ", citation.printed_issuer or "Không"),
        Fact("Nằm trong danh sách căn cứ", citation.in_legal_basis),
        Fact("Thứ tự", citation.sort_order),
    ]


def citation_create(request: HttpRequest, document_pk: int) -> HttpResponse:
    """Cite a document for the person's unit."""
    document = get_object_or_404(LegalDocument.objects.visible_to(request.user), pk=document_pk)
    unit = request.user.unit
    require(rules.can_edit_citation, request.user, unit)
    back = reverse("regulations:document-detail", args=[document_pk])
    return form_page(
        request,
        title="Thêm cách viện dẫn",
        lead=f"{document} trong kế hoạch của {unit.full_name}.",
        breadcrumb=[("Văn bản", reverse("regulations:document-list")), (str(document), back)],
        form_class=CitationForm,
        form_kwargs={"user": request.user},
        save=lambda data, _version: services.create_citation(
            {**data, "unit": unit, "document": document}, by=request.user
        ),
        success_url=back,
        success_message="Đã thêm cách viện dẫn.",
        cancel_url=back,
    )


def citation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a citation."""
    citation = get_object_or_404(Citation.objects.visible_to(request.user).select_related("unit", "document"), pk=pk)
    require(rules.can_edit_citation, request.user, citation.unit)
    back = reverse("regulations:citation-detail", args=[pk])
    return form_page(
        request,
        title="Sửa cách viện dẫn",
        lead=str(citation.document),
        breadcrumb=[*CRUMBS, (str(citation.document), back)],
        form_class=CitationForm,
        form_kwargs={"user": request.user},
        instance=citation,
        save=lambda data, version: services.update_citation(citation, data, by=request.user, version=version),
        success_url=back,
        success_message="Đã lưu cách viện dẫn.",
        cancel_url=back,
    )
