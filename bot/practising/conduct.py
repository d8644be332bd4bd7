"""What a rep turn does for trust and value: respect, permission, proof, honesty, benefits tied to the customer."""

from collections.abc import Mapping

from bot.domain.practice import Sign, Spin
from bot.practising.cues import has, heard, sentences
from bot.practising.questions import is_question, spin_of

_TRUST = (Sign.RECOGNITION, Sign.APOLOGY, Sign.HONEST_LIMIT, Sign.PROOF)


def signs_in(turn: str) -> Mapping[Sign, str]:
    """The signs of a turn, each with the sentence that shows it."""
    found = {
        Sign.RESPECT: heard("polite.greeting", turn),
        Sign.PERMISSION: heard("permission.asked", turn),
        Sign.RECOGNITION: _recognition(turn),
        Sign.APOLOGY: heard("trust.apology", turn),
        Sign.HONEST_LIMIT: heard("trust.limit", turn),
        Sign.PROOF: _told("proof.hard", turn),
        Sign.BENEFIT_TIED: _benefit(turn),
        Sign.OFFER: _offer(turn),
    }
    return {sign: sentence for sign, sentence in found.items() if sentence}


def builds_trust(turn: str, signs: Mapping[Sign, str]) -> bool:
    """Recognition, apology, an honest limit, proof, protecting the other person, a promise kept or honestly refused."""
    return any(sign in signs for sign in _TRUST) or has("trust.protect", turn) or has("trust.kept", turn)


def _recognition(turn: str) -> str | None:
    """Specific praise: it names what was seen, not only that it is good."""
    for sentence in sentences(turn):
        if (
            has("trust.recognition", sentence)
            and has("trust.recognition_specific", sentence)
            and not is_question(sentence)
        ):
            return sentence
    return None


def _told(name: str, turn: str) -> str | None:
    """The sentence that tells it; a question about the customer's own affairs proves nothing."""
    return next((s for s in sentences(turn) if has(name, s) and not _explores(s)), None)


def _explores(sentence: str) -> bool:
    return is_question(sentence) and spin_of(sentence) is not Spin.NONE


def _benefit(turn: str) -> str | None:
    parts = sentences(turn)
    for position, sentence in enumerate(parts):
        near = sentence if position == 0 else f"{parts[position - 1]} {sentence}"
        if has("customer_link.benefit", sentence) and has("customer_link.back", near) and not is_question(sentence):
            return sentence
    return None


def _offer(turn: str) -> str | None:
    """The first sentence that presents what we sell: features, benefits or a price."""
    for sentence in sentences(turn):
        presents = has("violation.price_said", sentence) or (has("violation.features", sentence) and _is_ours(sentence))
        if presents and not is_question(sentence):
            return sentence
    return None


def _is_ours(sentence: str) -> bool:
    return any(
        word in sentence.lower()
        for word in ("我们", "我司", "这款", "这套", "这台", "产品", "our ", "we ", "it ", "this ")
    )
