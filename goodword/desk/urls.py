"""Doors of the desk."""

from django.urls import path

from goodword.desk.views import home_screen, pages, table

urlpatterns = [
    path("", pages.welcome, name="welcome"),
    path("how-it-works", pages.how_it_works, name="how-it-works"),
    path("who-sees-what", pages.who_sees_what, name="who-sees-what"),
    path("offline", home_screen.offline, name="offline"),
    path("service-worker.js", home_screen.service_worker, name="service-worker"),
    path("app.webmanifest", home_screen.manifest, name="manifest"),
    path("today", pages.today, name="today"),
    path("today/seen", pages.mark_news_seen, name="news-seen"),
    path("relationships", pages.relationships, name="relationships"),
    path("more", pages.everything_else, name="more"),
    path("r/<str:key>", pages.relationship, name="relationship"),
    path("r/<str:key>/encounters/<str:item>/came-of-it", pages.wrap_up_sheet, name="came-of-it"),
    path("r/<str:key>/story", pages.story, name="story"),
    path("r/<str:key>/what-they-see", pages.what_they_see, name="what-they-see"),
    path("r/<str:key>/what-they-see/<slug:room>", pages.what_they_see_in, name="what-they-see-in"),
    path("r/<str:key>/encounters/<str:item>/prepare", pages.prepare, name="encounter-prepare"),
    path("r/<str:key>/show-them", table.show_them, name="show-them"),
    path("table", table.table, name="at-the-table"),
    path("table/leave", table.leave_table, name="leave-the-table"),
]
