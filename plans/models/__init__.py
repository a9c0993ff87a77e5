"""The yearly plan: what it reports (records), what it promises (targets, budget), and its text (sections, annexes)."""

from plans.models.plan import AnnexLayout, Plan, PlanSection
from plans.models.promises import (
    AMOUNT_PREFIX,
    BudgetAmount,
    BudgetLine,
    PotentialProduct,
    Target,
    amount_label,
    amount_name,
)
from plans.models.records import Activity, FundingSource, Spending

__all__ = [
    "AMOUNT_PREFIX",
    "Activity",
    "AnnexLayout",
    "BudgetAmount",
    "BudgetLine",
    "FundingSource",
    "Plan",
    "PlanSection",
    "PotentialProduct",
    "Spending",
    "Target",
    "amount_label",
    "amount_name",
]
