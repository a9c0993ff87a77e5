"""What a unit prints: letterhead, offices with their duties, signers, recipients."""

from communes.models import LetterHead, Office, OfficeDuty, Recipient, Signer
from reports.unit_data.kinds import Choice, Flag, Lines, Text
from reports.unit_data.noun import Field, Noun
from reports.unit_data.nouns._common import DATED, ORDER, UNIT

LETTER_HEAD = Noun(
    name="letter_head", section="letter_heads", label="thể thức văn bản", model=LetterHead,
    fields=(
        UNIT,
        Field("parent_body", "parent_body", Text()),
        Field("issuer_lines", "issuer_lines", Lines(), required=True),
        Field("issuer_name", "issuer_name", Text(), required=True),
        Field("place", "place", Text(), required=True),
        Field("plan_symbol", "plan_symbol", Text()),
        Field("pad_counts", "pad_counts", Flag()),
        Field("pad_stars", "pad_stars", Flag()),
        *DATED,
    ),
    identity=("unit", "valid_from"),
)  # fmt: skip

DUTY = Noun(
    name="duty", section="duties", label="nhiệm vụ", model=OfficeDuty,
    fields=(
        Field("text", "text", Text(), required=True),
        Field("style", "style", Choice.of(OfficeDuty.Style)),
        ORDER, *DATED,
    ),
    identity=("office", "sort_order"), position="sort_order", parent_attr="office", shorthand="text",
)  # fmt: skip

OFFICE = Noun(
    name="office", section="offices", label="cơ quan, đơn vị phối hợp", model=Office,
    fields=(
        UNIT,
        Field("name", "name", Text(), required=True),
        Field("short_name", "short_name", Text()),
        Field("heading", "heading", Text()),
        Field("standing_agency", "is_standing_agency", Flag()),
        ORDER, *DATED,
    ),
    identity=("unit", "name"), position="sort_order", children=(DUTY,),
)  # fmt: skip

SIGNER = Noun(
    name="signer", section="signers", label="người ký", model=Signer,
    fields=(
        UNIT,
        Field("name", "name", Text(), required=True),
        Field("position", "position", Text(), required=True),
        Field("authority_lines", "authority_lines", Lines(), required=True),
        ORDER, *DATED,
    ),
    identity=("unit", "name", "valid_from"), position="sort_order",
)  # fmt: skip

RECIPIENT = Noun(
    name="recipient", section="recipients", label="nơi nhận", model=Recipient,
    fields=(
        UNIT,
        Field("text", "text", Text(), required=True),
        Field("archive", "is_archive", Flag()),
        ORDER, *DATED,
    ),
    identity=("unit", "text"), position="sort_order",
)  # fmt: skip
