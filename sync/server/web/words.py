"""How the staff's pages write amounts, days and states."""

from __future__ import annotations

from django import template

register = template.Library()
