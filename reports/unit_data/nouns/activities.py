"""What a unit did and spent in a year."""

from plans.models import Activity, FundingSource, Spending
from reports.unit_data.kinds import Choice, Day, Integer, Money, Ref, Text, Year
from reports.unit_data.noun import Field, Noun
from reports.unit_data.nouns._common import ILLUSTRATIVE, ORDER, UNIT

ACTIVITY = Noun(
    name="activity", section="activities", label="hoạt động", model=Activity,
    fields=(
        UNIT,
        Field("year", "year", Year(), required=True),
        Field("kind", "kind", Choice.of(Activity.Kind), required=True),
        Field("topic", "topic", Text(), required=True),
        Field("held_on", "held_on", Day()),
        Field("organiser", "organiser", Text()),
        Field("partner", "partner", Text()),
        Field("audience", "audience", Text()),
        Field("classes", "classes", Integer()),
        Field("attendees", "attendees", Integer()),
        Field("attendee_unit", "attendee_unit", Choice.of(Activity.AttendeeUnit)),
        Field("section", "section_key", Text()),
        ORDER, *ILLUSTRATIVE,
    ),
    identity=("unit", "year", "kind", "topic", "held_on"), position="sort_order",
)  # fmt: skip

SPENDING = Noun(
    name="spending", section="spending", label="kinh phí đã chi", model=Spending,
    fields=(
        UNIT,
        Field("year", "year", Year(), required=True),
        Field("amount", "amount", Money(), required=True),
        Field("source_name", "source_name", Text(), required=True),
        Field("funding_source", "funding_source", Choice.of(FundingSource)),
        Field("activity", "activity", Ref("activity")),
        Field("budget_line", "budget_line", Ref("budget_line")),
        Field("note", "note", Text()),
        ORDER, *ILLUSTRATIVE,
    ),
    identity=("unit", "year", "source_name", "note"), position="sort_order",
)  # fmt: skip
