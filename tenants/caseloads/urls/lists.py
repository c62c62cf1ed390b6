"""Addresses of the lists of clients."""

from django.urls import path

from tenants.caseloads.views import exports, imports, lists

urlpatterns = [
    path("clients/", lists.clients, name="clients"),
    path("clients/mine/", lists.clients_mine, name="clients-mine"),
    path("clients/search/", lists.client_search, name="client-search"),
    path("clients/share-out/", lists.clients_share_out, name="clients-share-out"),
    path("clients/export/", exports.client_export, name="client-export"),
    path("clients/import/", imports.client_import, name="client-import"),
    path("clients/import/<uuid:pk>/", imports.client_import_columns, name="client-import-columns"),
    path("clients/import/<uuid:pk>/check/", imports.client_import_check, name="client-import-check"),
    path("clients/lists/", lists.list_save, name="client-list-save"),
    path("clients/lists/<uuid:pk>/", lists.list_rename, name="client-list-rename"),
    path("clients/lists/<uuid:pk>/remove/", lists.list_remove, name="client-list-remove"),
]
