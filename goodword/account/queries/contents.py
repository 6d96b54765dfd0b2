"""What goes into one's archive, room by room: the columns that are carried, by name. What is not named here stays behind.

Rows come through `visible_to(seat)` alone: what one's own pages show, and never more.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Rooms in the order of the story; in each, a model and its columns.
CONTENTS: tuple[tuple[Promise, dict[str, tuple[str, ...]]], ...] = (
    (
        _("Meetings"),
        {
            "Encounter": (
                "kind",
                "planned_at",
                "zone",
                "happened_on",
                "minutes",
                "place",
                "who",
                "held_at",
                "called_off_at",
            ),
            "AgendaItem": ("half", "minutes", "text"),
            "OfferedTime": ("starts_at", "zone", "picked_at", "withdrawn_at"),
            "Attendance": ("said", "said_at", "proposes"),
            "Promise": ("what", "due_on", "kept_at", "released_at"),
            "Agreed": ("number", "text"),
            "JointNote": ("text",),
            "Thanks": ("text",),
            "OwnNote": ("what", "text"),
            "SideNote": ("what", "text"),
        },
    ),
    (
        _("Kept alone"),
        {
            "Record": ("sort", "text"),
            "OwnWord": ("gate", "choice", "said_on"),
            "Slip": ("way", "whom", "why", "outcome", "line", "told_at"),
            "Opening": ("sort", "step", "text"),
            "Continuation": ("way", "where"),
        },
    ),
    (
        _("Reservations"),
        {
            "ReservationCheck": ("answer", "step"),
            "CheckAsked": ("text",),
            "PrivateReservation": ("text", "how", "settled_at", "breaker_at"),
            "SideReservation": ("text", "how", "settled_at", "breaker_at"),
            "OwnWorry": ("text",),
            "Draft": ("place", "text", "saved_at"),
            "Pondering": ("item", "answer", "answered_at"),
            "NamingIntention": ("peace_until", "named_at", "let_go_at"),
            "Unease": ("level",),
            "TableReservation": ("text", "turned", "state", "state_at", "ways", "how", "reopens_if", "promised_for"),
            "Remark": ("text",),
            "RevealEntry": ("text", "opened_at"),
            "PreciousLine": ("place", "name", "answer", "answered_at", "reason"),
        },
    ),
    (
        _("Briefings"),
        {
            "AskedQuestion": ("text",),
            "Answer": ("text",),
            "PreparedQuestion": ("text",),
            "AnswerNote": ("text",),
            "ToTell": ("text", "because"),
            "PlaybackRound": ("number", "does", "whom", "why", "when"),
            "PassageReply": ("passage", "text"),
            "Criterion": ("text",),
            "Assessment": ("said", "reason"),
            "PeopleKnown": ("step", "said"),
            "Purpose": ("text",),
            "PurposeShown": ("text",),
        },
    ),
    (
        _("Agreement"),
        {
            "AgreementVersion": ("number", "review_on", "trial_until", "contact_days", "report_days", "words"),
            "VersionClause": ("position", "title", "text", "reason"),
            "Acceptance": (),
            "OfferedClause": ("title", "text"),
        },
    ),
    (
        _("Teaching"),
        {
            "TeachingDraft": ("field", "text"),
            "TeachingVersion": ("number",),
            "TeachingLine": ("position", "label", "text"),
            "Comfort": ("feel", "whom", "what", "words", "route"),
            "ComfortReason": ("text",),
            "SayBack": ("text",),
            "Approach": ("about", "missing", "kind", "text"),
            "ApproachAgreed": (),
        },
    ),
    (_("Profiles"), {"ProfileDraft": ("content",), "ShownProfile": ("content",), "ShownFile": ("title",)}),
    (
        _("Leads"),
        {
            "Lead": ("why", "description", "warmth", "route", "state", "outcome", "contact_by", "word_by", "erased_at"),
            "LeadConsent": ("agreed_on", "how", "purpose"),
            "LeadPerson": ("name", "reach"),
            "LeadContact": ("name", "reach"),
            "LeadIntroduction": ("text", "by"),
            "LeadAnswer": ("said", "reason", "line"),
            "LeadReport": ("outcome", "line", "why_it_worked", "learned", "thanked_at"),
            "LeadWorth": ("amount", "currency"),
            "LeadIdea": ("words",),
            "LeadLetter": ("text",),
            "LeadNote": ("text",),
            "LeadMoney": ("money",),
        },
    ),
    (
        _("Following up"),
        {
            "Rhythm": ("kind", "rule", "zone", "wall", "starts_on"),
            "Update": ("kind", "text", "part"),
            "UpdateRead": ("said_back",),
            "AgendaChange": ("what", "item", "text"),
            "ReviewAnswer": ("question", "text"),
        },
    ),
    (
        _("Decisions"),
        {
            "Decision": ("gate", "round", "choice", "first_leads", "lead_kinds", "opened_at"),
            "Round": ("gate", "number", "outcome"),
            "PartingLine": ("text",),
        },
    ),
)

# Archives of every release name a kind of thing, and a column, as the first one did: where they are called otherwise by now.
MODELS = {
    "Agreed": "Conclusion",
    "ApproachAgreed": "ApproachAcceptance",
    "CheckAsked": "CheckRequest",
    "PeopleKnown": "PeopleEstimate",
    "PurposeShown": "ShownPurpose",
    "SayBack": "TeachingPlayback",
    "ToTell": "BriefingPoint",
    "UpdateRead": "UpdateReceipt",
}
COLUMNS = {"way": "direction"}

# What is not carried, and why.
NOT_CARRIED = {
    "CheckNotice": "that a check was done, which its date in the story tells",
    "ClockMark": "the clock of a meeting that is over",
    "ConclusionConfirmation": "a tap on a note that is carried",
    "Event": "the story, which is told by what is carried",
    "ImportedRecord": "its rooms go along among the others",
    "LeadMark": "a hash, to know somebody again who wants to be left alone",
    "OpeningConfirmation": "a tap on what was opened, which is carried",
    "OrderProposal": "who briefs first",
    "OrderReply": "who briefs first",
    "PendingAct": "half a minute before it takes effect",
    "PendingReservation": "half a minute before it lies on the table",
    "PlaybackConfirmation": "a tap on a playback that is carried",
    "Practice": "the intervals of a memory exercise",
    "PreciousRound": "its lines are carried",
    "PurposeRequest": "that a question was asked",
    "Reveal": "what came of it is carried",
    "RevealReadiness": "a tap",
    "SignedPage": "a file, which goes along as one beside its relationship",
    "SpokenPlayback": "a tap: what was said back at the table has no words here",
}
