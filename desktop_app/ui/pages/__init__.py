"""The pages of the window in the order of the navigation. A new screen is its module and one line here.

A page's module is loaded when the page is first opened: on a slow PC the window must not wait for all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from desktop_app.ui.page import FOOT, Desk, Page


@dataclass(frozen=True)
class Later:
    """What the navigation needs to know of a page, and where its class is; calling it makes the page."""

    key: str
    title: str
    icon: str
    group: str
    module: str
    name: str

    def kind(self) -> type[Page]:
        """The page's class; its own facts are the same as these."""
        found: type[Page] = getattr(import_module(f"desktop_app.ui.pages.{self.module}"), self.name)
        return found

    def __call__(self, desk: Desk) -> Page:
        return self.kind()(desk)


PAGES: tuple[Later, ...] = (
    Later("overview", "Tổng quan", "view-dashboard-outline", "", "overview", "Overview"),
    Later("members", "Danh sách đoàn viên", "account-group-outline", "Đoàn viên", "members.page", "Members"),
    Later("organisation", "Tổ chức", "sitemap-outline", "Đoàn viên", "organisation.page", "Organisation"),
    Later("movements", "Biến động", "account-switch-outline", "Đoàn viên", "movements.page", "Movements"),
    Later("officers", "Cán bộ công đoàn", "account-tie-outline", "Đoàn viên", "officers.page", "Officers"),
    Later("quality", "Chất lượng dữ liệu", "clipboard-check-outline", "Đoàn viên", "members.quality", "QualityPage"),
    Later("vouchers", "Chứng từ thu – chi", "receipt-text-outline", "Tài chính", "vouchers.page", "Vouchers"),
    Later("advances", "Tạm ứng, bù trừ", "account-cash-outline", "Tài chính", "vouchers.advances", "Advances"),
    Later("dues", "Thu đoàn phí", "cash-check", "Tài chính", "dues.page", "DuesPage"),
    Later("books", "Sổ sách", "book-open-variant", "Tài chính", "books.page", "Books"),
    Later("bank", "Đối chiếu ngân hàng", "bank-check", "Tài chính", "bank.page", "Bank"),
    Later("paying", "KPCĐ và nộp cấp trên", "bank-transfer-out", "Tài chính", "paying.page", "Paying"),
    Later("assets", "Tài sản, công cụ", "archive-outline", "Tài chính", "books.assets", "Assets"),
    Later("budget", "Dự toán", "calculator-variant-outline", "Tài chính", "filing.budget", "BudgetPage"),
    Later("settlement", "Quyết toán", "scale-balance", "Tài chính", "filing.settlement", "Settlement"),
    Later("analysis", "Phân tích", "chart-bar", "Tài chính", "analysis", "Analysis"),
    Later("activity", "Báo cáo định kỳ", "clipboard-text-outline", "Hoạt động", "filing.activity", "Activity"),
    Later("sync", "Đồng bộ", "cloud-sync-outline", FOOT, "sharing.page", "SyncPage"),
    Later("review", "Cần xem lại", "compare", FOOT, "sharing.review", "Review"),
    Later("rates", "Quy định và định mức", "gavel", FOOT, "setup.rates", "RatesPage"),
    Later("setup", "Thiết lập", "cog-outline", FOOT, "setup.page", "Setup"),
)
