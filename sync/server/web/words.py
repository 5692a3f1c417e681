"""How the staff's pages write amounts, days, periods and states."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone

from desktop_app.domain.amounts import format_amount
from desktop_app.domain.dates import Period
from sync.server import figures
from sync.server.models import ACCEPTED, RETURNED, Submission

register = template.Library()


@register.filter
def figure(value: Any) -> str:
    """A cell: numbers as accountants write them, nothing for none."""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, int):
        return format_amount(value)
    return "" if value is None else str(value)


@register.filter
def signed(value: int | None) -> str:
    """A difference with its sign."""
    if value is None:
        return "đã sửa"
    return f"+{format_amount(value)}" if value > 0 else format_amount(value)


@register.filter
def at(table: dict[Any, Any], key: Any) -> Any:
    """What a table holds under a key, nothing if it has none."""
    return table.get(key, "")


@register.filter
def moment(value: datetime | None) -> str:
    """A time of day and date here, or that there is none."""
    return f"{timezone.localtime(value):%H:%M %d/%m/%Y}" if value else "chưa có"


@register.filter
def period(value: str) -> str:
    """A period in words."""
    try:
        return Period.parse(value).label
    except ValueError:
        return value


@register.filter
def form_name(value: str) -> str:
    """A form's code and title."""
    return figures.form_name(value)


@register.filter
def state(submission: Submission) -> str:
    """A submission's state as staff says it."""
    if submission.replaced and submission.state not in (ACCEPTED, RETURNED):
        return "có lần mới hơn"
    return {ACCEPTED: "đã duyệt", RETURNED: "đã trả lại"}.get(submission.state, "chờ duyệt")


@register.filter
def tone(submission: Submission) -> str:
    """The colour of a state."""
    if submission.waits:
        return "warn"
    return {ACCEPTED: "ok", RETURNED: "bad"}.get(submission.state, "quiet")
