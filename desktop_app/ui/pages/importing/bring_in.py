"""Open *Nhập từ Excel* over a page; what reads Excel is loaded only then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.ui.page import Page

if TYPE_CHECKING:
    from desktop_app.ui.pages.importing.wizard import ImportWizard


def bring_in(page: Page, subject: str) -> ImportWizard:
    """The wizard for a kind of file ("people", "cash", "dues"); the user may choose another there."""
    from desktop_app.ui.pages.importing.wizard import ImportWizard

    wizard = ImportWizard(page.desk, page.window(), subject)
    wizard.open()
    return wizard
