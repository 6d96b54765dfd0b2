"""Doors of the reservations room."""

from django.urls import path

from goodword.reservations.views import checking, drawers, finding, sharing, table, ten, together

urlpatterns = [
    path("r/<str:key>/reservations", drawers.reservations, name="reservations"),
    path("r/<str:key>/reservations/promise", drawers.promise, name="reservations-promise"),
    path("r/<str:key>/reservations/<str:item>/words", drawers.reword, name="reservation-words"),
    path("r/<str:key>/reservations/<str:item>/settlement", drawers.settle, name="reservation-settlement"),
    path("r/<str:key>/reservations/<str:item>/deal-breaker", drawers.breaker, name="reservation-breaker"),
    path("r/<str:key>/reservations/<str:item>/deletion", drawers.delete, name="reservation-deletion"),
    path("r/<str:key>/drafts", drawers.draft, name="draft"),
    path("r/<str:key>/reservations/<str:item>/sharing", sharing.to_table, name="reservation-sharing"),
    path("r/<str:key>/reservations/<str:item>/our-side", sharing.to_side, name="reservation-to-side"),
    path("r/<str:key>/leaving", sharing.leaving, name="leaving"),
    path("r/<str:key>/leaving/<str:item>/back", sharing.take_back, name="leaving-back"),
    path("r/<str:key>/tabled/<str:item>", table.one, name="tabled"),
    path("r/<str:key>/tabled/<str:item>/settlement", table.settle, name="tabled-settlement"),
    path("r/<str:key>/tabled/<str:item>/reopening", table.reopen, name="tabled-reopening"),
    path("r/<str:key>/tabled/<str:item>/deal-breaker", table.breaker, name="tabled-breaker"),
    path("r/<str:key>/check", checking.check, name="reservation-check"),
    path("r/<str:key>/unease", checking.unease, name="unease"),
    path("r/<str:key>/naming", checking.naming, name="naming"),
    path("r/<str:key>/queasiness", checking.queasiness, name="queasiness"),
    path("r/<str:key>/asking", checking.asking, name="asking"),
    path("r/<str:key>/words", finding.threads, name="finding-words"),
    path("r/<str:key>/words/<str:thread>/<str:item>", finding.question, name="finding-question"),
    path("r/<str:key>/worries", finding.worries, name="worries"),
    path("r/<str:key>/ten", ten.ten, name="ten"),
    path("r/<str:key>/ten/names", ten.names, name="ten-names"),
    path("r/<str:key>/ten/burning", ten.burn, name="ten-burning"),
    path("r/<str:key>/ten/<str:item>", ten.line, name="ten-line"),
    path("r/<str:key>/ten/<str:item>/reason", ten.reason, name="ten-reason"),
    path("r/<str:key>/together", together.together, name="together"),
    path("r/<str:key>/together/<str:item>/envelope", together.envelope, name="together-envelope"),
    path("r/<str:key>/together/<str:item>/back", together.take_back, name="together-back"),
    path("r/<str:key>/together/<str:item>/calling-off", together.call_off, name="together-calling-off"),
]
