"""The pages of the window in the order of the navigation. A new screen is its module and one line here."""

from __future__ import annotations

from desktop_app.ui.page import Page
from desktop_app.ui.pages.activity import Activity
from desktop_app.ui.pages.dues import DuesPage
from desktop_app.ui.pages.members import Members
from desktop_app.ui.pages.overview import Overview
from desktop_app.ui.pages.settlement import Settlement
from desktop_app.ui.pages.setup import Setup
from desktop_app.ui.pages.sync import SyncPage
from desktop_app.ui.pages.vouchers import Vouchers

PAGES: tuple[type[Page], ...] = (
    Overview,
    Members,
    Vouchers,
    DuesPage,
    Settlement,
    Activity,
    SyncPage,
    Setup,
)  # fmt: skip
