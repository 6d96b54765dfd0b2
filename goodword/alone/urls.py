"""Doors of keeping a relationship by oneself, and of opening it later."""

from django.urls import path

from goodword.alone.views import onward, opening, records, signatures

urlpatterns = [
    path("start/several", records.several, name="start-several"),
    path("r/<str:key>/alone", records.begin, name="keep-alone"),
    path("r/<str:key>/alone/from-here", onward.from_here, name="from-here"),
    path("r/<str:key>/alone/word", records.word, name="alone-word"),
    path("r/<str:key>/alone/word/back", records.word_back, name="alone-word-back"),
    path("r/<str:key>/alone/leads/new", records.slip_new, name="slip-new"),
    path("r/<str:key>/alone/leads/<str:item>", records.slip, name="slip"),
    path("r/<str:key>/alone/leads/<str:item>/gone", records.delete_slip, name="slip-gone"),
    path("r/<str:key>/alone/paper/<str:sheet>", records.paper_sheet, name="paper"),
    path("r/<str:key>/alone/opening", opening.opening_choice, name="opening"),
    path("r/<str:key>/alone/opened", opening.openings, name="opened"),
    path("r/<str:key>/alone/opened/<str:item>", opening.one_opening, name="opened-item"),
    path("r/<str:key>/alone/signed", signatures.signed_pages, name="signed-pages"),
    path("r/<str:key>/alone/signed/<str:item>", signatures.signed_page, name="signed-page"),
    path("r/<str:key>/alone/signed/<str:item>/gone", signatures.delete_signed_page, name="signed-page-gone"),
    path("r/<str:key>/alone/<str:sort>", records.record, name="kept-alone"),
    path("r/<str:key>/alone/<str:sort>/<str:item>/gone", records.delete_record, name="record-gone"),
]
