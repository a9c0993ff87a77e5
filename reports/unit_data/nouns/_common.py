"""Keys that several nouns share."""

from reports.unit_data.kinds import Day, Flag, Integer, Ref, Text
from reports.unit_data.noun import Field

UNIT = Field("unit", "unit", Ref("unit"), required=True, from_file=True)
ORDER = Field("order", "sort_order", Integer())
DATED = (Field("valid_from", "valid_from", Day()), Field("valid_to", "valid_to", Day()))
ILLUSTRATIVE = (Field("illustrative", "is_illustrative", Flag()), Field("source_note", "source_note", Text()))
