"""Every kind of record a book holds, declared: one module a part of the union's work. A new kind is its class there,
its name here, and its table in `storage/schema`."""

from desktop_app.domain.records.assets import ASSET_KINDS, Asset, AssetOut
from desktop_app.domain.records.attachments import Attachment
from desktop_app.domain.records.bank import BankLine, BankRule, BankStatement, Invoice, LinePaper
from desktop_app.domain.records.dues_terms import DuesTerm
from desktop_app.domain.records.extras import Extra, ExtraField
from desktop_app.domain.records.fee_relief import FeeRelief
from desktop_app.domain.records.lease import LateEntry, LeaseMove
from desktop_app.domain.records.money import (
    BALANCE_KINDS,
    FUND_KINDS,
    VOUCHER_KINDS,
    Balance,
    CashCount,
    Dues,
    Fund,
    Line,
    Notes,
    Payroll,
    Receiver,
    Voucher,
)
from desktop_app.domain.records.officers import Career, Dossier, DossierPaper, Office, Term
from desktop_app.domain.records.one_person import PersonPair, PersonSplit
from desktop_app.domain.records.organisation import UPPER_KINDS, Unit, UpperUnion
from desktop_app.domain.records.past import PastYear
from desktop_app.domain.records.people import DataRequest, Exemption, Movement, Person, Wage
from desktop_app.domain.records.person_more import Child, Language, PersonDetail, PersonNumber
from desktop_app.domain.records.privacy import READER, USER_ROLES, Access, Consent, Sensitive, User
from desktop_app.domain.records.profiles import ListProfile, ProfileColumn
from desktop_app.domain.records.rates import OwnRate, Rate
from desktop_app.domain.records.signing import SIGNERS, SealedKey, SigningKey, SignOff
from desktop_app.domain.records.transfers import Reception, Transfer
from desktop_app.domain.records.union import Union
from desktop_app.domain.records.voucher_more import Numbering, VoucherTemplate
from desktop_app.domain.records.year import Budget, Closing, FiledReport, Submission, Verdict

__all__ = [
    "ASSET_KINDS",
    "BALANCE_KINDS",
    "FUND_KINDS",
    "READER",
    "SIGNERS",
    "UPPER_KINDS",
    "USER_ROLES",
    "VOUCHER_KINDS",
    "Access",
    "Asset",
    "AssetOut",
    "Attachment",
    "Balance",
    "BankLine",
    "BankRule",
    "BankStatement",
    "Budget",
    "Career",
    "CashCount",
    "Child",
    "Closing",
    "Consent",
    "DataRequest",
    "Dossier",
    "DossierPaper",
    "Dues",
    "DuesTerm",
    "Exemption",
    "Extra",
    "ExtraField",
    "FeeRelief",
    "FiledReport",
    "Fund",
    "Invoice",
    "Language",
    "LateEntry",
    "LeaseMove",
    "Line",
    "LinePaper",
    "ListProfile",
    "Movement",
    "Notes",
    "Numbering",
    "Office",
    "OwnRate",
    "PastYear",
    "Payroll",
    "Person",
    "PersonDetail",
    "PersonNumber",
    "PersonPair",
    "PersonSplit",
    "ProfileColumn",
    "Rate",
    "Receiver",
    "Reception",
    "SealedKey",
    "Sensitive",
    "SignOff",
    "SigningKey",
    "Submission",
    "Term",
    "Transfer",
    "Union",
    "Unit",
    "UpperUnion",
    "User",
    "Verdict",
    "Voucher",
    "VoucherTemplate",
    "Wage",
]
