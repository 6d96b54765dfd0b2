"""How a rule says no: with a sentence for the person, never with a stack trace."""


class Refusal(Exception):
    """An act that a rule of the method does not allow now. Carries the sentence to show and the field it belongs to."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
