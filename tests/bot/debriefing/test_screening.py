from datetime import date

import pytest

from bot.debriefing.proposals import NO_FIELD, Field, Proposal
from bot.debriefing.reading_sense import Sensed
from bot.debriefing.screening import screened

DAY = date(2026, 6, 10)
MESSAGE = "去了远山阀门，邱总说换一次模要停半天"
CLAUSE = MESSAGE.index("邱总")
CLAIM = Proposal(Field.PAIN, "换一次模要停半天", "换一次模要停半天")


@pytest.mark.parametrize(
    ("likely", "stands"),
    [
        ({NO_FIELD: 0.9, Field.PAIN: 0.1}, False),
        ({NO_FIELD: 0.6, Field.PAIN: 0.4}, True),
        ({Field.NEED: 0.8, Field.PAIN: 0.2}, False),
    ],
)
def test_a_models_claim_counts_as_much_beside_the_reading_as_single_words(likely, stands):
    senses = {0: Sensed({NO_FIELD: 1.0}), CLAUSE: Sensed(likely)}
    assert list(screened([CLAIM], (), MESSAGE, DAY, senses)) == ([CLAIM] if stands else [])


def test_without_a_reading_the_words_of_the_claim_decide():
    assert list(screened([CLAIM], (), MESSAGE, DAY)) == [CLAIM]
