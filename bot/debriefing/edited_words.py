"""Which of a draft's words an edited message was, and the draft's words with the edit in their place."""

_ALIKE = 55.0
"""From which likeness on an edited message is taken for the same message before."""


def with_edit(words: str, edited: str) -> tuple[str, ...] | None:
    """The first message and what was said over the card after it, one of them edited; None where none is like it.

    A draft's words are its messages, a line break between them; the first one may have lines of its own.
    """
    from rapidfuzz import fuzz

    lines, size = words.split("\n"), edited.count("\n") + 1
    scored = [
        (fuzz.ratio("\n".join(lines[start : start + size]), edited), -start) for start in range(len(lines) - size + 1)
    ]
    if not scored or max(scored)[0] < _ALIKE:
        return None
    start = -max(scored)[1]
    if start == 0:
        return edited, *lines[size:]
    return *lines[:start], edited, *lines[start + size :]
