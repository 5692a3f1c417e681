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
    Later("members", "Danh sách đoàn viên", "account-group-outline", "Đoàn viên", "members", "Members"),
    Later("organisation", "Tổ chức", "sitemap-outline", "Đoàn viên", "organisation", "Organisation"),
    Later("movements", "Biến động", "account-switch-outline", "Đoàn viên", "movements", "Movements"),
    Later("officers", "Cán bộ công đoàn", "account-tie-outline", "Đoàn viên", "officers", "Officers"),
    Later("quality", "Chất lượng dữ liệu", "clipboard-check-outline", "Đoàn viên", "quality", "QualityPage"),
    Later("vouchers", "Chứng từ thu – chi", "receipt-text-outline", "Tài chính", "vouchers", "Vouchers"),
    Later("advances", "Tạm ứng, bù trừ", "account-cash-outline", "Tài chính", "voucher_advances", "Advances"),
    Later("dues", "Thu đoàn phí", "cash-check", "Tài chính", "dues", "DuesPage"),
    Later("books", "Sổ sách", "book-open-variant", "Tài chính", "books", "Books"),
    Later("bank", "Đối chiếu ngân hàng", "bank-check", "Tài chính", "bank", "Bank"),
    Later("paying", "KPCĐ và nộp cấp trên", "bank-transfer-out", "Tài chính", "paying", "Paying"),
    Later("assets", "Tài sản, công cụ", "archive-outline", "Tài chính", "assets", "Assets"),
    Later("budget", "Dự toán", "calculator-variant-outline", "Tài chính", "budget", "BudgetPage"),
    Later("settlement", "Quyết toán", "scale-balance", "Tài chính", "settlement", "Settlement"),
    Later("analysis", "Phân tích", "chart-bar", "Tài chính", "analysis", "Analysis"),
    Later("activity", "Báo cáo định kỳ", "clipboard-text-outline", "Hoạt động", "activity", "Activity"),
    Later("sync", "Đồng bộ", "cloud-sync-outline", FOOT, "sync", "SyncPage"),
    Later("review", "Cần xem lại", "compare", FOOT, "review", "Review"),
    Later("rates", "Quy định và định mức", "gavel", FOOT, "rates", "RatesPage"),
    Later("setup", "Thiết lập", "cog-outline", FOOT, "setup", "Setup"),
)
