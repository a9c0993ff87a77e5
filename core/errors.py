"""The base of every refusal that a person reads."""


class Refused(Exception):
    """An act that the domain refuses. The message is a Vietnamese sentence that says what to do.

    Services raise subclasses named in the domain's words; views show the message and keep what was typed.
    """

    @property
    def sentence(self) -> str:
        return str(self)
