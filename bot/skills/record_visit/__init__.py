"""After a visit: what the rep says becomes a card, and one tap saves it. Nothing said is ever lost.

`skill` says when; `first_words` make a card, `words_over_card` and `card_buttons` change it, `saving` saves it,
`card_outcomes` show it.
"""

from bot.skills.record_visit.skill import RecordVisit

__all__ = ["RecordVisit"]
