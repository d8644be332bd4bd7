"""What every prompt looks like when rendered, one file each; `python -m tests.prompts.golden_renderings` writes them.

Each slot gets its own name in brackets with characters that other template languages stumble over.
"""

from collections.abc import Iterator
from pathlib import Path

from prompts.prompt_library import PromptLibrary, filled, shipped_prompts

FOLDER = Path(__file__).parent / "golden"


def golden_file(language: str, name: str) -> Path:
    return FOLDER / language / f"{name}.txt"


def renderings(library: PromptLibrary) -> Iterator[tuple[str, str, str]]:
    """Language, name and rendered text of every prompt."""
    for language in library.languages():
        for name in library.names(language):
            prompt = library.prompt(name, language)
            values = {one: f"[{one}: $5 & <b> {{{{{one}}}}} {{x}}]" for one in prompt.inputs}
            yield language, name, filled(prompt, values).text + "\n"


def main() -> None:
    wanted = {golden_file(language, name): text for language, name, text in renderings(shipped_prompts())}
    for file in set(FOLDER.rglob("*.txt")) - set(wanted):
        file.unlink()
    for file, text in wanted.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    print(f"{len(wanted)} renderings written to {FOLDER}")


if __name__ == "__main__":
    main()
