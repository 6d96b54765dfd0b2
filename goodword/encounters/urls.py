"""Doors of the encounters room."""

from django.urls import path

from goodword.encounters import calendar_views, table_views, views, writing_views

ONE = "r/<str:key>/encounters/<str:item>"

urlpatterns = [
    path("r/<str:key>/encounters", views.encounters, name="encounters"),
    path("r/<str:key>/encounters/new", views.new, name="encounter-new"),
    path("r/<str:key>/encounters/record", views.record, name="encounter-record"),
    path("r/<str:key>/encounters/first", views.record_first, name="encounter-first"),
    path("r/<str:key>/encounters/times", views.offer, name="encounter-offer"),
    path(ONE, views.encounter, name="encounter"),
    path(f"{ONE}/change", views.change, name="encounter-change"),
    path(f"{ONE}/off", views.call_off, name="encounter-off"),
    path(f"{ONE}/attendance", views.attendance, name="encounter-attendance"),
    path(f"{ONE}/held", views.mark_held, name="encounter-held"),
    path(f"{ONE}/tabling", views.tabling, name="encounter-tabling"),
    path(f"{ONE}/times", views.offer_others, name="encounter-times"),
    path(f"{ONE}/pick", views.pick, name="encounter-pick"),
    path(f"{ONE}/agenda", writing_views.agenda_page, name="encounter-agenda"),
    path(f"{ONE}/agenda/new", writing_views.agenda_add, name="agenda-new"),
    path(f"{ONE}/agenda/<str:row>", writing_views.agenda_item, name="agenda-item"),
    path(f"{ONE}/agenda/<str:row>/place", writing_views.agenda_move, name="agenda-place"),
    path(f"{ONE}/agreed", writing_views.conclusion, name="encounter-conclusion"),
    path(f"{ONE}/agreed/confirmation", writing_views.confirm_conclusion, name="conclusion-confirmation"),
    path(f"{ONE}/own", writing_views.own_note, name="encounter-own"),
    path(f"{ONE}/own/<str:row>/away", writing_views.note_away, name="own-note-away"),
    path(f"{ONE}/rapport", writing_views.rapport, name="encounter-rapport"),
    path(f"{ONE}/thanks", writing_views.thanks, name="encounter-thanks"),
    path(f"{ONE}/promises", writing_views.promises, name="encounter-promises"),
    path("r/<str:key>/promises/<str:item>", writing_views.promise, name="promise"),
    path(f"{ONE}/table", table_views.at_table, name="table"),
    path(f"{ONE}/table/state", table_views.state, name="table-state"),
    path(f"{ONE}/table/marks", table_views.mark, name="table-mark"),
    path(f"{ONE}/table/notes", table_views.note, name="table-note"),
    path(f"{ONE}/table/finish", table_views.finish, name="table-finish"),
    path(f"{ONE}/meeting.ics", calendar_views.file, name="encounter-file"),
    path("calendar", calendar_views.own_calendar, name="own-calendar"),
    path("calendar/<str:token>.ics", calendar_views.feed, name="calendar-feed"),
    path("calendar/times:<str:signed>", calendar_views.pick_by_link, name="pick-by-link"),
]
