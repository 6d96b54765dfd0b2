"""What waits, in words: one table for the gate, the rooms' pages, the front page, Today, the list, letters and reminders."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from goodword.relationships.waits import Kind
from goodword.ui.languages import in_use

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Words:
    """One kind of thing that waits: what it is, why it matters, the button. `%(name)s` is the other side's first name,
    `%(subject)s` whom or what it is about, in `about` alone (used instead of the title where there is a subject).
    """

    title: Text
    why: Text
    button: Text
    about: Text = ""


WAITS: dict[Kind, Words] = {
    Kind.WRITE_LETTER: Words(
        _("Write to %(name)s"), _("A sentence or two is enough: why them."), _("Write the letter")
    ),
    Kind.SEND_LETTER: Words(
        _("Send your letter to %(name)s"),
        _("It is written. You’ll see it exactly as it will arrive, before it goes."),
        _("See the letter"),
    ),
    Kind.CAME_BACK: Words(
        _("Your letter did not reach %(name)s"),
        _("It could not be delivered to the address you wrote. Show %(name)s a code, or send the link yourself."),
        _("See what you can do"),
    ),
    Kind.WAIT_ANSWER: Words(
        _("%(name)s has your invitation"), _("There is nothing for you to do until they answer."), _("Show the code")
    ),
    Kind.NOT_NOW: Words(
        _("%(name)s said not now"),
        _("That is a good answer too. The link stays open for %(name)s."),
        _("See the letter"),
    ),
    Kind.WAIT_JOIN: Words(
        _("%(name)s said yes"), _("%(name)s takes the seat whenever they like, from your letter."), _("Show the code")
    ),
    Kind.PLAN: Words(
        _("Find a time with %(name)s"),
        _("Each step has as many encounters as it needs: a meeting, a call, a visit, a letter."),
        _("Plan an encounter"),
    ),
    Kind.CHOOSE_TIME: Words(
        _("%(name)s offers you some times"), _("Pick the one that suits you, or offer others."), _("Choose a time")
    ),
    Kind.MOVE_IT: Words(
        _("%(name)s can’t make the time planned"),
        _("It stands until one of you moves it or calls it off."),
        _("Look for another time"),
    ),
    Kind.CONFIRM_CONCLUSION: Words(
        _("Is that what you and %(name)s agreed?"),
        _("%(name)s has written it down. Confirm it, or put it right."),
        _("Read it"),
    ),
    Kind.THINK_OVER: Words(
        _("%(name)s asks you to think it over"),
        _("Is there anything that makes you hesitate? Whatever comes to mind stays yours."),
        _("Think it over"),
    ),
    Kind.MEET: Words(
        _("You meet %(name)s"), _("The plan is there, with the time split between you."), _("See the plan")
    ),
    Kind.RECORD: Words(_("Did you and %(name)s meet?"), _("One tap, and then what came of it."), _("Say so")),
    Kind.WRAP_UP: Words(
        _("What came of it with %(name)s?"),
        _("A few taps, each kept as you make it; then whether you go on."),
        _("Carry on"),
    ),
    Kind.HESITATE: Words(
        _("Does anything make you hesitate about %(name)s?"),
        _("Think it over until you meet. Nothing, something, or something you can’t name: each is a good answer."),
        _("Think it over"),
    ),
    Kind.PROMISE: Words(
        _("You promised %(name)s something"),
        _("Say when it is done; it drops off both lists."),
        _("Done"),
        "%(subject)s",
    ),
    Kind.CHECK: Words(
        _("Does anything make you hesitate about %(name)s?"),
        _("Nothing, something, or something you can’t name: each is a good answer, and yours alone."),
        _("Answer"),
    ),
    Kind.NAME_IT: Words(
        _("%(name)s: you wanted to put a name to it"),
        _("Something bothered you that you couldn’t name. No name is still an answer."),
        _("Think it over"),
    ),
    Kind.DEAL_WITH: Words(
        _("Deal with what stands between you and %(name)s"),
        _("Before you confirm, each reservation of your own is settled, or you have decided to live with it."),
        _("Look at them"),
    ),
    Kind.DEAL_BREAKER: Words(
        _("A deal-breaker is on the table"),
        _("The gate stays shut until whoever put it there takes it back. It is easier said across a table."),
        _("Look at it"),
    ),
    Kind.REVEAL: Words(
        _("%(name)s would like to open envelopes together"),
        _("Each of you seals what makes you hesitate; both open at the same moment."),
        _("Look"),
    ),
    Kind.READ_TABLED: Words(
        _("%(name)s put something on the table"), _("It is said so that it can be dealt with."), _("Read")
    ),
    Kind.READ_REMARK: Words(
        _("%(name)s said something about what is on the table"), _("You can answer there."), _("Read")
    ),
    Kind.QUESTIONS: Words(
        _("Write down what you want to ask %(name)s"),
        _("Three or four open questions will tell you more than any brochure."),
        _("Prepare your questions"),
    ),
    Kind.BRIEFING: Words(
        _("Get ready to tell %(name)s about your work"),
        _("This briefing is yours. What they ask depends on what you make easy to ask."),
        _("Prepare your briefing"),
    ),
    Kind.READ_QUESTIONS: Words(
        _("%(name)s has questions for you"),
        _("Answer in writing where that is easier, or leave them for when you meet."),
        _("Read the questions"),
    ),
    Kind.READ_ANSWER: Words(_("%(name)s has answered what you asked"), _("It helps you to ask on."), _("Read")),
    Kind.ORDER: Words(
        _("%(name)s would like to change who tells first"), _("It changes only if you agree."), _("Look")
    ),
    Kind.PLAY_BACK: Words(
        _("Play back what %(name)s told you"),
        _("In your own words: what they do, for whom, why them, and when to think of them."),
        _("Play it back"),
    ),
    Kind.PLAY_BACK_AGAIN: Words(
        _("%(name)s has put something right"),
        _("Read it, and say that part once more in your own words."),
        _("Say it once more"),
    ),
    Kind.CONFIRM: Words(
        _("Has %(name)s understood you?"),
        _("%(name)s has said your briefing back. Confirm it, or put right what isn’t."),
        _("Read what was said back"),
    ),
    Kind.CRITERIA: Words(
        _("Is %(name)s what you look for in an advocate?"),
        _("Each point is met, or it isn’t and you know why you are happy anyway."),
        _("Answer"),
    ),
    Kind.PEOPLE_KNOWN: Words(
        _("Do you know people %(name)s would want to meet?"),
        _("If not, this is the moment to say so, rather than after the agreement."),
        _("Answer"),
    ),
    Kind.PURPOSE: Words(
        _("Why do you want this?"),
        _("Write it down before the second briefing. To be useful to %(name)s is the best beginning."),
        _("Write your purpose"),
    ),
    Kind.SHOW_PURPOSE: Words(
        _("%(name)s asks why you want this"), _("You can show what you wrote, or answer when you meet."), _("Look")
    ),
    Kind.READ_PURPOSE: Words(_("%(name)s shows you why they want this"), _("In their own words."), _("Read")),
    Kind.AGREEMENT: Words(
        _("Write down how it is going to work with %(name)s"),
        _("Plain clauses to start from; either of you can change them."),
        _("Begin the agreement"),
    ),
    Kind.ACCEPT: Words(
        _("Read the agreement with %(name)s"),
        _("It counts once you have both accepted the same words."),
        _("Read and answer"),
    ),
    Kind.TEACH: Words(
        _("Teach %(name)s what to say"), _("To whom, about what, and in which words."), _("Write it down")
    ),
    Kind.HEAR: Words(
        _("How would it feel to say this for %(name)s?"),
        _("%(name)s has told you what to say. Say how it sits with you."),
        _("Read and answer"),
    ),
    Kind.WORK_OUT: Words(
        _("Work out with %(name)s what is hard to say"),
        _("There is nearly always a way that needs less: a story, one question, a bare introduction."),
        _("Work it out"),
    ),
    Kind.HELP_SAY: Words(
        _("Something is hard for %(name)s to say"),
        _("Find an approach together that takes the nerves away."),
        _("Work it out"),
    ),
    Kind.DECIDE: Words(
        _("Do you go on with %(name)s?"),
        _("What your side needs is in place. Your decision is sealed until theirs is in."),
        _("Decide"),
    ),
    Kind.DECIDE_NOW: Words(
        _("Do you go on with %(name)s?"), _("The other decision is in and sealed. Yours opens both."), _("Decide")
    ),
    Kind.READ_RESULT: Words(
        _("You and %(name)s have both decided"),
        _("Both decisions are open, and with them what comes next."),
        _("See both decisions"),
    ),
    Kind.WAIT_DECISION: Words(
        _("%(name)s has not decided yet"),
        _("Your decision is sealed. When theirs is in as well, both open at the same moment."),
        _("See your decision"),
    ),
    Kind.WAIT_THEM: Words(
        _("Next is for %(name)s"), _("There’s nothing for you to do until then."), _("See what is missing")
    ),
    Kind.LEAD_REPORT: Words(
        _("Tell %(name)s how it went"),
        _("%(name)s put in a word for you and will be wondering. Ten seconds is enough."),
        _("Report"),
        _("%(subject)s: how did it go?"),
    ),
    Kind.LEAD_SPEAK: Words(
        _("Speak to somebody whom %(name)s sent you"),
        _("When you have, a word to %(name)s takes ten seconds."),
        _("Report"),
        _("%(subject)s: speak to them"),
    ),
    Kind.LEAD_ANSWER: Words(
        _("%(name)s has somebody for you"), _("Say whether you look after it."), _("Answer"), "%(subject)s"
    ),
    Kind.LEAD_CALL: Words(
        _("You were going to ring somebody for %(name)s"),
        _("It would be good now. Ring them, and name them once they agree."),
        _("Ring"),
        _("You were going to ring %(subject)s"),
    ),
    Kind.LEAD_ASK: Words(
        _("You were going to ask somebody for %(name)s"),
        _("Once they agree, their name goes across with it."),
        _("They agreed"),
        _("You were going to ask %(subject)s"),
    ),
    Kind.LEAD_NEWS: Words(
        _("News of a lead you gave %(name)s"), _("What came of it, whatever that was."), _("Read"), "%(subject)s"
    ),
    Kind.READ_UPDATE: Words(_("%(name)s has news"), _("It may touch what you say for %(name)s."), _("Read")),
    Kind.READ_THANKS: Words(_("%(name)s thanked you"), _("A line after you met."), _("Read")),
    Kind.READ_PROFILE: Words(
        _("%(name)s shows you a profile"), _("What %(name)s does, in %(name)s’s own words."), _("Read")
    ),
    Kind.READ_RHYTHM: Words(_("%(name)s set how often you talk"), _("Either of you can change it."), _("Look")),
    Kind.READ_REVIEW: Words(
        _("%(name)s has looked at the whole"), _("How it is going, in both directions."), _("Read")
    ),
    Kind.READ_STAYED: Words(
        _("Something you said to %(name)s did not leave"),
        _("It could not any more when its half minute was over. Nobody was told anything."),
        _("Look"),
    ),
    Kind.READ_GIVEN_UP: Words(
        _("%(name)s no longer sits here"),
        _("They gave up their seat. If the two of you go on all the same, you can keep it by yourself."),
        _("See what that means"),
    ),
    Kind.READ_ENDED: Words(
        _("You and %(name)s are not going on"), _("It ended, and nobody is asked why."), _("See what that means")
    ),
    Kind.FOLLOW_UP: Words(
        _("Find a time to follow up with %(name)s"),
        _("For rapport as much as anything. The agenda writes itself."),
        _("See the agenda"),
    ),
    Kind.STILL_GLAD: Words(
        _("Still glad, with %(name)s?"),
        _("Asked as often as you mean to talk, sealed until both have answered."),
        _("Answer"),
    ),
    Kind.PAUSED: Words(
        _("A pause with %(name)s"),
        _("Nothing is asked of either of you. Either of you can go on again at any time."),
        _("Go on again"),
    ),
    Kind.SAY_FOR_BOTH: Words(_("Do you and %(name)s go on?"), _("You answer for both, on your own word."), _("Answer")),
    Kind.KEEP_AGREEMENT: Words(
        _("Write down how you and %(name)s do it"),
        _("Plain clauses to start from; what you changed in talk, you change here."),
        _("Write it down"),
    ),
    Kind.SLIP: Words(
        _("A lead between you and %(name)s: what came of it?"), _("Two taps, on your own word."), _("What came of it?")
    ),
    Kind.IS_IT_SO: Words(
        _("%(name)s opened what you two had before"),
        _("Is that what you agreed? Say so, put it right, or take it away."),
        _("Read it"),
    ),
    Kind.OPEN_KEPT: Words(
        _("%(name)s has joined"),
        _("%(name)s finds nothing of what you kept. Choose what to open, line by line; or nothing."),
        _("Choose what to open"),
    ),
    Kind.READ_CONFIRMED: Words(
        _("%(name)s confirmed something from before"), _("From now on it holds for both of you."), _("Read")
    ),
    Kind.GIVE: Words(
        _("Whom could you introduce to %(name)s?"),
        _("Nothing needs you here. If somebody comes to mind, it takes a minute."),
        _("Give a lead"),
    ),
}


def words_for(kind: str, name: str, subject: str = "") -> Words | None:
    """Return what waits in words, the other side's first name and the subject filled in; None for no kind at all."""
    found = _in_language(kind, in_use())
    if found is None:
        return None
    title = str(found.about if subject and found.about else found.title)
    known = {"name": name, "subject": subject}
    return replace(found, title=title % known, why=found.why % known)


@lru_cache(maxsize=256)
def _in_language(kind: str, language: str) -> Words | None:
    found = WAITS.get(Kind(kind)) if kind else None
    return Words(*(str(text) for text in (found.title, found.why, found.button, found.about))) if found else None
