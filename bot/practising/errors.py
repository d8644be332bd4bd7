"""What can go wrong with a talk that is given to be practised or scored."""

from bot.errors import RidealongError


class PractisingError(RidealongError):
    """Base of the errors of practising."""


class UnreadableTalk(PractisingError):
    """A talk to be scored is not what the contract says; the message names the part."""


class UnfitEntry(PractisingError):
    """A persona, scenario or rubric of the library lacks something; the message names entry and key."""


class PracticeIsOver(PractisingError):
    """The customer has left or the rep has ended the talk; finish it and look at the card."""
