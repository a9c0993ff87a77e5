"""The register of legal documents, and how a unit cites them."""

from regulations.models import Citation, LegalDocument
from reports.unit_data.kinds import Choice, Day, Flag, Ref, Text, Year
from reports.unit_data.noun import Field, Noun
from reports.unit_data.nouns._common import ILLUSTRATIVE, ORDER, UNIT

LEGAL_DOCUMENT = Noun(
    name="legal_document", section="legal_documents", label="văn bản pháp lý", model=LegalDocument,
    fields=(
        Field("key", "key", Text(), required=True),
        Field("unit", "unit", Ref("unit")),
        Field("type", "document_type", Text(), required=True),
        Field("number", "number", Text(), required=True),
        Field("issued_on", "issued_on", Day(), required=True),
        Field("issuer", "issuer", Text(), required=True),
        Field("title", "title", Text(), required=True),
        Field("amends", "amends", Ref("legal_document")),
        Field("in_force_to", "in_force_to", Day()),
        Field("checked_by", "checked_by", Text()),
        *ILLUSTRATIVE,
    ),
    identity=("key",),
)  # fmt: skip

CITATION = Noun(
    name="citation", section="citations", label="viện dẫn", model=Citation,
    fields=(
        UNIT,
        Field("document", "document", Ref("legal_document"), required=True),
        Field("year", "year", Year()),
        Field("link_word", "link_word", Text()),
        Field("date_style", "date_style", Choice.of(Citation.DateStyle)),
        Field("printed_number", "printed_number", Text()),
        Field("printed_date", "printed_date", Day()),
        Field("printed_issuer", "printed_issuer", Text()),
        Field("title", "title", Text()),
        Field("separator", "separator", Choice(((";", "dấu chấm phẩy"), (",", "dấu phẩy")))),
        Field("in_legal_basis", "in_legal_basis", Flag()),
        ORDER,
    ),
    identity=("unit", "document", "year"), position="sort_order",
)  # fmt: skip
