"""Figures of the activities that a section reports.

A section selects by its option {"activities": {"kind": …, "organiser": …}}; an activity pinned to a section is
reported there and nowhere else.
"""

from collections.abc import Mapping
from itertools import groupby

from plans.figures.records import ActivityRecord
from plans.figures.registry import FigureContext, Found, RowRef, figure
from plans.figures.shared import distinct, joined


def selected(context: FigureContext) -> list[ActivityRecord]:
    """The activities of the report year that the section reports."""
    wanted: Mapping[str, str] | None = context.options.get("activities")
    return [
        row
        for row in context.records.activities
        if (row.section_key == context.section_key if row.section_key else wanted is not None and _fits(row, wanted))
    ]


def _fits(row: ActivityRecord, wanted: Mapping[str, str]) -> bool:
    return wanted.get("kind", row.kind) == row.kind and wanted.get("organiser", row.organiser) == row.organiser


def _refs(rows: list[ActivityRecord]) -> tuple[RowRef, ...]:
    return tuple(RowRef("activity", row.pk, row.topic) for row in rows)


@figure("activity_count", label="Số hoạt động", how="Số hoạt động của năm báo cáo mà mục này báo cáo.")
def activity_count(context: FigureContext) -> Found:
    rows = selected(context)
    return Found(len(rows), context.count(len(rows)), _refs(rows))


@figure("activity_classes", label="Số lớp", how="Tổng số lớp của các hoạt động mà mục này báo cáo.")
def activity_classes(context: FigureContext) -> Found:
    rows = [row for row in selected(context) if row.classes]
    total = sum(row.classes or 0 for row in rows)
    return Found(total, context.count(total), _refs(rows))


@figure(
    "activity_attendees",
    label="Số người dự",
    how="Tổng số người dự của các hoạt động mà mục này báo cáo; người và lượt người cộng riêng.",
)
def activity_attendees(context: FigureContext) -> Found:
    rows = sorted((row for row in selected(context) if row.attendees), key=lambda row: row.attendee_unit)
    totals = [
        (unit, sum(row.attendees or 0 for row in group)) for unit, group in groupby(rows, lambda row: row.attendee_unit)
    ]
    text = joined([f"{context.count(total)} {unit}" for unit, total in sorted(totals, key=lambda pair: len(pair[0]))])
    return Found(text, text, _refs(rows))


def _texts(context: FigureContext, attribute: str) -> Found:
    rows = [row for row in selected(context) if getattr(row, attribute)]
    text = "; ".join(distinct(getattr(row, attribute) for row in rows))
    return Found(text, text, _refs(rows))


@figure("activity_partner", label="Đơn vị phối hợp", how="Đơn vị phối hợp của các hoạt động mà mục này báo cáo.")
def activity_partner(context: FigureContext) -> Found:
    return _texts(context, "partner")


@figure("activity_organiser", label="Đơn vị tổ chức", how="Đơn vị tổ chức của các hoạt động mà mục này báo cáo.")
def activity_organiser(context: FigureContext) -> Found:
    return _texts(context, "organiser")


@figure("activity_topic", label="Nội dung hoạt động", how="Nội dung của các hoạt động mà mục này báo cáo.")
def activity_topic(context: FigureContext) -> Found:
    return _texts(context, "topic")


@figure("activity_audience", label="Đối tượng", how="Đối tượng của các hoạt động mà mục này báo cáo.")
def activity_audience(context: FigureContext) -> Found:
    return _texts(context, "audience")
