"""Doors of the briefings."""

from django.urls import path

from goodword.briefings.views import conversation, playback, weighing

urlpatterns = [
    path("r/<str:key>/briefing", conversation.briefing, name="briefing"),
    path("r/<str:key>/briefing/sheet", conversation.sheet, name="briefing-sheet"),
    path("r/<str:key>/briefing/questions", conversation.questions, name="briefing-questions"),
    path("r/<str:key>/briefing/questions/<str:item>", conversation.question, name="briefing-question"),
    path("r/<str:key>/briefing/questions/<str:item>/heard", conversation.tick_question, name="briefing-question-heard"),
    path("r/<str:key>/briefing/questions/<str:item>/note", conversation.question_note, name="briefing-question-note"),
    path("r/<str:key>/briefing/asking", conversation.asking, name="briefing-asking"),
    path("r/<str:key>/briefing/answers", conversation.answers, name="briefing-answers"),
    path("r/<str:key>/briefing/answers/<str:item>", conversation.answer, name="briefing-answer"),
    path("r/<str:key>/briefing/answers/<str:item>/mark", conversation.mark_question, name="briefing-asked-mark"),
    path("r/<str:key>/briefing/telling", conversation.telling, name="briefing-telling"),
    path("r/<str:key>/briefing/telling/<str:item>", conversation.telling_note, name="briefing-telling-note"),
    path("r/<str:key>/briefing/order", conversation.order, name="briefing-order"),
    path("r/<str:key>/briefing/order/<str:item>", conversation.order_answer, name="briefing-order-answer"),
    path("r/<str:key>/briefing/playback", playback.playback, name="playback"),
    path("r/<str:key>/briefing/playback/words", playback.saying_back, name="saying-back"),
    path("r/<str:key>/briefing/playback/<str:item>/reply", playback.reply, name="playback-reply"),
    path("r/<str:key>/briefings/<str:which>", conversation.briefing, name="briefing-of"),
    path("r/<str:key>/briefings/<str:which>/sheet", conversation.sheet, name="briefing-sheet-of"),
    path("r/<str:key>/briefings/<str:which>/answers", conversation.answers, name="briefing-answers-of"),
    path("r/<str:key>/briefings/<str:which>/playback", playback.playback, name="playback-of"),
    path("r/<str:key>/criteria", weighing.criteria, name="criteria"),
    path("r/<str:key>/criteria/<str:item>", weighing.criterion, name="criterion"),
    path("r/<str:key>/criteria/<str:item>/removal", weighing.criterion_away, name="criterion-away"),
    path("r/<str:key>/people-known", weighing.estimate_people, name="people-known"),
    path("r/<str:key>/purpose", weighing.purpose, name="purpose"),
    path("r/<str:key>/purpose/showing", weighing.purpose_showing, name="purpose-showing"),
    path("r/<str:key>/purpose/request", weighing.purpose_request, name="purpose-request"),
]
