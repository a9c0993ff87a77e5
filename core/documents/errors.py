"""What can go wrong between blocks and a file."""

from core.errors import Refused


class RenderFailed(Refused):
    """The document itself cannot be printed; trying again changes nothing. The message says what to change."""


class RenderInterrupted(Exception):
    """The process that lays out pages was killed or hung; the same document may be tried again."""
