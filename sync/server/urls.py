"""Every address of the server: the desktops', the scripts', the staff's."""

from __future__ import annotations

from django.urls import path
from django.views.decorators.gzip import gzip_page

from sync.server.web import (
    api,
    blobs,
    extra_fields,
    packets,
    pages,
    parts,
    rates,
    receptions,
    sign_in,
    style,
    submission,
    units,
    wire,
)

urlpatterns = [
    path("enrol/v1", wire.enrol),
    path("sync/v1", wire.sync),
    path("refill/v1", wire.refill),
    path("part/v1", parts.part),
    path("rekey/v1", wire.rekey),
    path("blob/v1/ask", blobs.ask),
    path("blob/v1/put", blobs.put),
    path("blob/v1/get", blobs.get),
    path("api/v1/sign-in", api.sign_in),
    path("api/v1/inbox", api.list_inbox),
    path("api/v1/submissions/<str:id_>", api.show),
    path("api/v1/submissions/<str:id_>/accept", api.accept),
    path("api/v1/submissions/<str:id_>/return", api.send_back),
    path("api/v1/extra-fields", api.define_field),
    path("api/v1/rates/<path:name>", api.send_rate),
    path("api/v1/packets", api.bring_packet),
    path("api/v1/packets/<int:id_>/reply", packets.fetch_reply),
    path("style.css", gzip_page(style.style)),
    path("vao/", sign_in.door),
    path("ra/", sign_in.leave),
    path("doi-mat-khau/", gzip_page(sign_in.password)),
    path("", gzip_page(pages.inbox)),
    path("ho-so/<uuid:id_>/", gzip_page(submission.page)),
    path("bang-dieu-hanh/", gzip_page(pages.dashboard)),
    path("don-vi/", gzip_page(units.list_units)),
    path("don-vi/<path:code>/ma/", units.give_code),
    path("don-vi/<path:code>/may/<str:device>/thu-hoi/", units.revoke),
    path("don-vi/<path:code>/may/<str:device>/nhan/", units.take_held),
    path("don-vi/<path:code>/may/<str:device>/loai/", units.drop_held),
    path("don-vi/<path:code>/may/<str:device>/quyen-ghi-so/", units.move_lease),
    path("don-vi/<path:code>/", gzip_page(units.show_unit), name="unit"),
    path("muc-ho-so/", gzip_page(extra_fields.page)),
    path("danh-muc/", gzip_page(rates.catalogue)),
    path("danh-muc/<path:name>/", gzip_page(rates.table)),
    path("chuyen-sinh-hoat/", gzip_page(receptions.page)),
    path("chuyen-sinh-hoat/<uuid:leaving>/xong/", receptions.settle),
    path("goi/", gzip_page(packets.page)),
    path("goi/<int:id_>/tra-loi/", packets.fetch_reply),
    path("nhat-ky/", gzip_page(pages.log)),
]
