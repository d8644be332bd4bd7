from pathlib import Path

import pytest

from knowledge.errors import LibraryError
from knowledge.library_entries import load_library, read_library
from knowledge.library_passages import passages_of_library
from knowledge.passages import LONGEST_PASSAGE, SHORTEST_PASSAGE
from tests.knowledge.small_library import FOLDER, small_library

METHOD = (FOLDER / "method" / "budget-first.md").read_text("utf-8")


def library_with(folder: Path, name: str, text: str) -> Path:
    (folder / "method").mkdir()
    (folder / "method" / name).write_text(text, "utf-8")
    return folder


def mistakes(folder: Path) -> str:
    return "\n".join(str(mistake) for mistake in read_library(folder)[1])


def test_the_shipped_library_has_no_mistakes():
    assert [str(mistake) for mistake in read_library()[1]] == []


def test_an_entry_gives_its_text_in_both_languages():
    entry = small_library().entry("budget-first")
    assert entry is not None
    assert entry.text("zh").name == "先问预算"
    assert entry.text("en").phrases[2] == "Who signs in the end?"
    assert entry.text("zh").fields["approver"].question == "最后由哪位领导签字？"
    assert entry.words("stages") == ("budget",)
    assert entry.english_summary.startswith("A wish without a budget")
    assert "English summary" not in entry.body


def test_every_mistake_is_named_with_file_and_line_all_together(tmp_path):
    wrong = (
        METHOD.replace('stages = ["budget"]', 'stages = ["budgeting"]')
        .replace('id = "budget-first"', 'id = "other"')
        .replace('example = "Example', 'exampel = "Example')
        .replace('"钱谁说了算"', '"不知道谁批钱"')
    )
    found = mistakes(library_with(tmp_path, "budget-first.md", wrong))
    assert "method/budget-first.md:2: id is 'other'" in found
    assert "method/budget-first.md:5: stages says 'budgeting'" in found
    assert "[en] example is missing" in found
    assert "[en] exampel is not a key of this kind" in found
    assert "[zh] asks must be: lines" in found
    line = next(line for line in found.splitlines() if "exampel is not" in line)
    assert wrong.splitlines()[int(line.split(":")[1]) - 1].startswith("exampel")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ('"钱谁说了算"]', "]", "asks has 9, at least 10"),
        ('[zh.fields]\namount = { name = "金额"', '[zh.fields]\nprice = { name = "金额"', "fields differ in 'amount'"),
        ("+++\nid", "id", "must begin with a TOML header"),
        ('origin = "field practice"', "origin = field practice", ":7: the header is not TOML"),
        ("[en]\n", "[de]\n", "[en] name is missing"),
    ],
)
def test_a_wrong_entry_is_refused(tmp_path, before, after, expected):
    assert before in METHOD
    folder = library_with(tmp_path, "budget-first.md", METHOD.replace(before, after, 1))
    assert expected in mistakes(folder)
    with pytest.raises(LibraryError):
        load_library(folder)


def test_a_reference_to_no_method_is_a_mistake(tmp_path):
    objection = (FOLDER / "objection" / "too-expensive.md").read_text("utf-8")
    (tmp_path / "objection").mkdir()
    (tmp_path / "objection" / "too-expensive.md").write_text(objection, "utf-8")
    assert "names 'budget-first', but there is no method" in mistakes(tmp_path)


def test_entries_become_passages_that_fit_a_phone_in_both_languages():
    passages = passages_of_library(small_library())
    assert {(passage.owner, passage.language) for passage in passages} >= {
        ("budget-first", "zh"),
        ("budget-first", "en"),
    }
    for passage in passages:
        assert SHORTEST_PASSAGE <= len(passage.text) <= LONGEST_PASSAGE, passage
        assert "#" not in passage.text
        assert passage.shown_id == passage.owner
    texts = "\n".join(passage.text for passage in passages if passage.language == "zh")
    for entry in small_library().entries:
        for phrase in entry.text("zh").phrases:
            assert phrase in texts, phrase


def test_asks_lead_to_an_entry_but_are_not_shown():
    texts = "\n".join(passage.text for passage in passages_of_library(small_library()))
    assert "消息发过去石沉大海" not in texts
