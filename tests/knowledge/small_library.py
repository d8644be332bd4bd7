"""A library of four entries for tests, so that no test waits for the real one."""

from pathlib import Path

from knowledge.library_entries import Library, load_library

FOLDER = Path(__file__).parent / "library"


def small_library() -> Library:
    return load_library(FOLDER)
