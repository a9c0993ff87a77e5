"""The yearly plan: what it reports (records), what it promises (targets, budget), and its text (sections, annexes)."""

from plans.models.plan import AnnexLayout, Plan, PlanSection
from plans.models.promises import BudgetAmount, BudgetLine, PotentialProduct, Target
from plans.models.records import Activity, FundingSource, Spending

__all__ = [
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
]
