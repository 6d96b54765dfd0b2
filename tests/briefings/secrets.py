"""What the house tests need of this room: every private field filled, and a typical story lived."""

from __future__ import annotations

from goodword.briefings.actions import conversation, playback, weighing
from goodword.briefings.models import PlaybackRound
from goodword.briefings.queries import facts
from goodword.briefings.rules import Passage, PeopleRange, Weight
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from tests.cast import Cast


def plant(seat: Seat, word: str) -> None:
    """Write `word` into every private field of the briefings as this seat. Callable several times, at any step."""
    question = conversation.prepare(seat, text=f"How would you {word}?")
    conversation.tick(seat, question, heard=True)
    conversation.note(seat, question, f"They said {word}")
    conversation.reword(seat, question, f"How would you, really, {word}?")
    conversation.take_away(seat, conversation.prepare(seat, text=f"Never mind {word}"))
    told = conversation.plan_to_tell(seat, text=f"Tell them {word}")
    conversation.retell(seat, told, f"Tell them slowly {word}")
    weighing.find_all_met(seat)
    criterion = weighing.hold_to(seat, text=f"Is {word}")
    weighing.weigh(seat, criterion, Weight.UNKNOWN)
    weighing.weigh_each(seat, {criterion.key: (Weight.UNKNOWN, f"as one of a list, {word}")})
    weighing.weigh(seat, criterion, Weight.HAPPY, f"because {word}")
    weighing.weigh_each(seat, {criterion.key: (Weight.HAPPY, f"still because {word}")})
    weighing.drop(seat, weighing.hold_to(seat, text=f"No longer {word}"))
    weighing.know_people(seat, PeopleRange.NOBODY)
    weighing.write_purpose(seat, f"To help, {word}")


def passages(about: str) -> dict[Passage, str]:
    """Return four passages about somebody's work."""
    return {passage: f"{about}, {passage.value}." for passage in Passage}


def understood(listener: Seat, speaker: Seat) -> PlaybackRound:
    """Play the speaker back and have it confirmed."""
    row = playback.say_back(listener, passages(f"What {speaker.side.first_name} told us"))
    playback.reply(speaker, row, dict.fromkeys(Passage, ""))
    return row


def live(cast: Cast) -> None:
    """Walk a typical story: Ada asks Ben, he answers, she plays him back, he corrects once and confirms.

    The same the other way round once the second briefing is there. Safe at any step: what cannot be done is left out.
    """
    for listener, speaker in ((cast.ada, cast.ben), (cast.ben, cast.ada)):
        conversation.prepare(listener, text="What brings people to you?")
        conversation.plan_to_tell(speaker, text="The job at the mill.")
        weighing.hold_to(listener, text="Rings back the same day")
        if listener.at < conversation.listening(listener):
            continue
        asked = conversation.ask(listener, list(facts.own_questions(listener)))
        conversation.answer(speaker, asked[0], "Mostly a house move.")
        conversation.flag(listener, asked[0], unclear=True)
        step = conversation.listening(listener)
        row = facts.rounds(listener, step).last() or playback.say_back(listener, passages("First words"))
        if not facts.playback_is_confirmed(listener, step):
            playback.reply(speaker, row, {**dict.fromkeys(Passage, ""), Passage.WHEN: "When they move house."})
            second = playback.say_back(listener, {**passages("First words"), Passage.WHEN: "At a house move."})
            playback.reply(speaker, second, {Passage.WHEN: ""})
        weighing.know_people(listener, PeopleRange.FEW)
        weighing.know_people(speaker, PeopleRange.SOME)
    weighing.write_purpose(cast.ada, "To be of use.")
    weighing.ask_purpose(cast.ben)
    weighing.show_purpose(cast.ada, "To be of use.")
    assert cast.ada.at < Step.SECOND_BRIEFING or facts.playback_is_confirmed(cast.ada, Step.SECOND_BRIEFING)
