"""Doors of the account."""

from django.urls import path

from goodword.account.views import account, addresses

urlpatterns = [
    path("settings/addresses", addresses.own_addresses, name="addresses"),
    path("settings/addresses/new", addresses.address_new, name="address-new"),
    path("settings/addresses/two-accounts", addresses.merge, name="merge"),
    path("settings/addresses/<str:key>", addresses.address_main, name="address-main"),
    path("settings/addresses/<str:key>/removal", addresses.address_away, name="address-away"),
    path("settings/leaving", account.stop_or_leave, name="stop-or-leave"),
    path("settings/leaving/account", account.close_account, name="close-account"),
    path("settings/take-along", account.take_along, name="take-along"),
    path("settings/take-along/how-far", account.how_far, name="how-far"),
    path("settings/bring-along", account.bring_along, name="bring-along"),
    path("r/<str:key>/brought-along/<str:item>", account.record_from_elsewhere, name="brought-along"),
    path("settings/operator", account.operator_acts, name="operator-acts"),
    path("account-closed", account.account_closed, name="account-closed"),
]
