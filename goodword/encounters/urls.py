"""Doors of the encounters room."""

from django.urls import path

from goodword.encounters.views import at_table, calendars, plans, record

ONE = "r/<str:key>/encounters/<str:item>"

urlpatterns = [
    path("r/<str:key>/encounters", plans.encounters, name="encounters"),
    path("r/<str:key>/encounters/new", plans.new, name="encounter-new"),
    path("r/<str:key>/encounters/record", plans.record, name="encounter-record"),
    path("r/<str:key>/encounters/first", plans.record_first, name="encounter-first"),
    path("r/<str:key>/encounters/times", plans.offer, name="encounter-offer"),
    path(ONE, plans.encounter, name="encounter"),
    path(f"{ONE}/change", plans.change, name="encounter-change"),
    path(f"{ONE}/off", plans.call_off, name="encounter-off"),
    path(f"{ONE}/attendance", plans.attendance, name="encounter-attendance"),
    path(f"{ONE}/held", plans.mark_held, name="encounter-held"),
    path(f"{ONE}/tabling", plans.tabling, name="encounter-tabling"),
    path(f"{ONE}/times", plans.offer_others, name="encounter-times"),
    path(f"{ONE}/pick", plans.pick, name="encounter-pick"),
    path(f"{ONE}/agenda", record.agenda_page, name="encounter-agenda"),
    path(f"{ONE}/agenda/new", record.agenda_add, name="agenda-new"),
    path(f"{ONE}/agenda/<str:row>", record.agenda_item, name="agenda-item"),
    path(f"{ONE}/agenda/<str:row>/place", record.agenda_move, name="agenda-place"),
    path(f"{ONE}/agreed", record.conclusion, name="encounter-conclusion"),
    path(f"{ONE}/agreed/confirmation", record.confirm_conclusion, name="conclusion-confirmation"),
    path(f"{ONE}/own", record.own_note, name="encounter-own"),
    path(f"{ONE}/own/<str:row>/away", record.note_away, name="own-note-away"),
    path(f"{ONE}/rapport", record.rapport, name="encounter-rapport"),
    path(f"{ONE}/thanks", record.thanks, name="encounter-thanks"),
    path(f"{ONE}/promises", record.promises, name="encounter-promises"),
    path("r/<str:key>/promises/<str:item>", record.promise, name="promise"),
    path(f"{ONE}/table", at_table.at_table, name="table"),
    path(f"{ONE}/table/state", at_table.state, name="table-state"),
    path(f"{ONE}/table/marks", at_table.mark, name="table-mark"),
    path(f"{ONE}/table/notes", at_table.note, name="table-note"),
    path(f"{ONE}/table/finish", at_table.finish, name="table-finish"),
    path(f"{ONE}/meeting.ics", calendars.file, name="encounter-file"),
    path("calendar", calendars.own_calendar, name="own-calendar"),
    path("calendar/<str:token>.ics", calendars.feed, name="calendar-feed"),
    path("calendar/times:<str:signed>", calendars.pick_by_link, name="pick-by-link"),
]
