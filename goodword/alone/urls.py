"""Doors of keeping a relationship by oneself, and of opening it later."""

from django.urls import path

from goodword.alone import onward_views, opening_views, signed_views, views

urlpatterns = [
    path("start/several", views.several, name="start-several"),
    path("r/<str:key>/alone", views.begin, name="keep-alone"),
    path("r/<str:key>/alone/from-here", onward_views.from_here, name="from-here"),
    path("r/<str:key>/alone/word", views.word, name="alone-word"),
    path("r/<str:key>/alone/word/back", views.word_back, name="alone-word-back"),
    path("r/<str:key>/alone/leads/new", views.slip_new, name="slip-new"),
    path("r/<str:key>/alone/leads/<str:item>", views.slip, name="slip"),
    path("r/<str:key>/alone/leads/<str:item>/gone", views.delete_slip, name="slip-gone"),
    path("r/<str:key>/alone/paper/<str:sheet>", views.paper_sheet, name="paper"),
    path("r/<str:key>/alone/opening", opening_views.opening_choice, name="opening"),
    path("r/<str:key>/alone/opened", opening_views.openings, name="opened"),
    path("r/<str:key>/alone/opened/<str:item>", opening_views.one_opening, name="opened-item"),
    path("r/<str:key>/alone/signed", signed_views.signed_pages, name="signed-pages"),
    path("r/<str:key>/alone/signed/<str:item>", signed_views.signed_page, name="signed-page"),
    path("r/<str:key>/alone/signed/<str:item>/gone", signed_views.delete_signed_page, name="signed-page-gone"),
    path("r/<str:key>/alone/<str:sort>", views.record, name="kept-alone"),
    path("r/<str:key>/alone/<str:sort>/<str:item>/gone", views.delete_record, name="record-gone"),
]
