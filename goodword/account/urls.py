"""Doors of the account."""

from django.urls import path

from goodword.account import address_views, views

urlpatterns = [
    path("settings/addresses", address_views.own_addresses, name="addresses"),
    path("settings/addresses/new", address_views.address_new, name="address-new"),
    path("settings/addresses/two-accounts", address_views.merge, name="merge"),
    path("settings/addresses/<str:key>", address_views.address_main, name="address-main"),
    path("settings/addresses/<str:key>/removal", address_views.address_away, name="address-away"),
    path("settings/leaving", views.stop_or_leave, name="stop-or-leave"),
    path("settings/leaving/account", views.close_account, name="close-account"),
    path("settings/take-along", views.take_along, name="take-along"),
    path("settings/take-along/how-far", views.how_far, name="how-far"),
    path("settings/bring-along", views.bring_along, name="bring-along"),
    path("r/<str:key>/brought-along/<str:item>", views.record_from_elsewhere, name="brought-along"),
    path("settings/operator", views.operator_acts, name="operator-acts"),
    path("account-closed", views.account_closed, name="account-closed"),
]
