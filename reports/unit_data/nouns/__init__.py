"""Every section of the file, in the order of loading: a row may refer only to what stands above it."""

from reports.unit_data.noun import Noun
from reports.unit_data.nouns.activities import ACTIVITY, SPENDING
from reports.unit_data.nouns.laws import CITATION, LEGAL_DOCUMENT
from reports.unit_data.nouns.offices import LETTER_HEAD, OFFICE, RECIPIENT, SIGNER
from reports.unit_data.nouns.plans import PLAN, TARGET
from reports.unit_data.nouns.producers import PRODUCER
from reports.unit_data.nouns.products import PRODUCT
from reports.unit_data.nouns.rounds import ROUND
from reports.unit_data.nouns.units import SUCCESSION, UNIT

NOUNS: tuple[Noun, ...] = (
    UNIT,
    SUCCESSION,
    LETTER_HEAD,
    OFFICE,
    SIGNER,
    RECIPIENT,
    LEGAL_DOCUMENT,
    CITATION,
    PRODUCER,
    PRODUCT,
    ROUND,
    ACTIVITY,
    PLAN,
    SPENDING,
    TARGET,
)
