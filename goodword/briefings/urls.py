"""Doors of the briefings."""

from django.urls import path

from goodword.briefings import playback_views, views, weighing_views

urlpatterns = [
    path("r/<str:key>/briefing", views.briefing, name="briefing"),
    path("r/<str:key>/briefing/sheet", views.sheet, name="briefing-sheet"),
    path("r/<str:key>/briefing/questions", views.questions, name="briefing-questions"),
    path("r/<str:key>/briefing/questions/<str:item>", views.question, name="briefing-question"),
    path("r/<str:key>/briefing/questions/<str:item>/heard", views.tick_question, name="briefing-question-heard"),
    path("r/<str:key>/briefing/questions/<str:item>/note", views.question_note, name="briefing-question-note"),
    path("r/<str:key>/briefing/asking", views.asking, name="briefing-asking"),
    path("r/<str:key>/briefing/answers", views.answers, name="briefing-answers"),
    path("r/<str:key>/briefing/answers/<str:item>", views.answer, name="briefing-answer"),
    path("r/<str:key>/briefing/answers/<str:item>/mark", views.mark_question, name="briefing-asked-mark"),
    path("r/<str:key>/briefing/telling", views.telling, name="briefing-telling"),
    path("r/<str:key>/briefing/telling/<str:item>", views.telling_note, name="briefing-telling-note"),
    path("r/<str:key>/briefing/order", views.order, name="briefing-order"),
    path("r/<str:key>/briefing/order/<str:item>", views.order_answer, name="briefing-order-answer"),
    path("r/<str:key>/briefing/playback", playback_views.playback, name="playback"),
    path("r/<str:key>/briefing/playback/words", playback_views.saying_back, name="saying-back"),
    path("r/<str:key>/briefing/playback/<str:item>/reply", playback_views.reply, name="playback-reply"),
    path("r/<str:key>/briefings/<str:which>", views.briefing, name="briefing-of"),
    path("r/<str:key>/briefings/<str:which>/sheet", views.sheet, name="briefing-sheet-of"),
    path("r/<str:key>/briefings/<str:which>/answers", views.answers, name="briefing-answers-of"),
    path("r/<str:key>/briefings/<str:which>/playback", playback_views.playback, name="playback-of"),
    path("r/<str:key>/criteria", weighing_views.criteria, name="criteria"),
    path("r/<str:key>/criteria/<str:item>", weighing_views.criterion, name="criterion"),
    path("r/<str:key>/criteria/<str:item>/removal", weighing_views.criterion_away, name="criterion-away"),
    path("r/<str:key>/people-known", weighing_views.people_known, name="people-known"),
    path("r/<str:key>/purpose", weighing_views.purpose, name="purpose"),
    path("r/<str:key>/purpose/showing", weighing_views.purpose_showing, name="purpose-showing"),
    path("r/<str:key>/purpose/request", weighing_views.purpose_request, name="purpose-request"),
]
