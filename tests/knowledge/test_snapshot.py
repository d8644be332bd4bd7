import numpy as np

from knowledge.keyword_index import KeywordIndex
from knowledge.snapshot import keep, kept

TEXTS = ["客户嫌贵", "预算没批", "discount or not"]


def index() -> KeywordIndex:
    built = KeywordIndex()
    for text in TEXTS:
        built.add([text])
    return built


def test_an_index_comes_back_as_it_was(tmp_path):
    keep(tmp_path / "words.npz", index().arrays(), TEXTS)
    found = kept(tmp_path / "words.npz", [*TEXTS, "新的一行"])
    assert found is not None
    rows, arrays = found
    again = KeywordIndex.of_arrays(arrays)
    assert rows == len(again) == 3
    np.testing.assert_allclose(again.scores("客户的预算"), index().scores("客户的预算"))
    again.add(["新的一行"])
    assert int(np.argmax(again.scores("新的一行"))) == 3


def test_a_snapshot_of_other_texts_or_a_damaged_one_counts_as_none(tmp_path):
    path = tmp_path / "words.npz"
    assert kept(path, TEXTS) is None
    keep(path, index().arrays(), TEXTS)
    assert kept(path, ["客户不嫌贵", *TEXTS[1:]]) is None
    assert kept(path, TEXTS[:2]) is None
    path.write_bytes(path.read_bytes()[:100])
    assert kept(path, TEXTS) is None


def test_an_empty_index_has_arrays_too():
    assert len(KeywordIndex.of_arrays(KeywordIndex().arrays())) == 0
