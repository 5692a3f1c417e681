"""The first form of the book, as it was released: literal SQL by part, never edited afterwards."""

from desktop_app.storage.schema.assets import ASSETS
from desktop_app.storage.schema.attachments import ATTACHMENTS
from desktop_app.storage.schema.bank import BANK
from desktop_app.storage.schema.dues_terms import DUES_TERMS
from desktop_app.storage.schema.extras import EXTRAS
from desktop_app.storage.schema.fee_relief import FEE_RELIEF
from desktop_app.storage.schema.journal import JOURNAL
from desktop_app.storage.schema.lease import LEASE
from desktop_app.storage.schema.money import MONEY
from desktop_app.storage.schema.officers import OFFICERS
from desktop_app.storage.schema.one_person import ONE_PERSON
from desktop_app.storage.schema.organisation import ORGANISATION
from desktop_app.storage.schema.past import PAST
from desktop_app.storage.schema.people import PEOPLE
from desktop_app.storage.schema.person_more import PERSON_MORE
from desktop_app.storage.schema.privacy import PRIVACY
from desktop_app.storage.schema.profiles import PROFILES
from desktop_app.storage.schema.rates import RATES
from desktop_app.storage.schema.signing import SIGNING
from desktop_app.storage.schema.transfers import TRANSFERS
from desktop_app.storage.schema.voucher_more import VOUCHER_MORE
from desktop_app.storage.schema.year import YEAR

FIRST_BOOK = "".join(
    (
        JOURNAL,
        PEOPLE,
        PERSON_MORE,
        ONE_PERSON,
        PRIVACY,
        PROFILES,
        EXTRAS,
        OFFICERS,
        ORGANISATION,
        MONEY,
        ASSETS,
        DUES_TERMS,
        FEE_RELIEF,
        VOUCHER_MORE,
        BANK,
        YEAR,
        LEASE,
        PAST,
        SIGNING,
        RATES,
        TRANSFERS,
        ATTACHMENTS,
    )
)
