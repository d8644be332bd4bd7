import numpy as np

from knowledge.chroma_index import ChromaIndex

VECTORS = {f"p{at}": row for at, row in enumerate(np.eye(12, dtype=np.float32))}
ALL = dict.fromkeys(VECTORS)


class Asked:
    """Gives vectors and remembers for whom."""

    def __init__(self) -> None:
        self.ids: list[str] = []

    def __call__(self, ids):
        self.ids += ids
        return np.stack([VECTORS[one] for one in ids])


def kept(folder, teams) -> tuple[ChromaIndex, Asked]:
    index, asked = ChromaIndex("passages", folder), Asked()
    index.keep(teams, asked)
    return index, asked


def test_a_restart_asks_for_no_vector_but_one_to_try(tmp_path):
    kept(tmp_path, ALL)
    index, asked = kept(tmp_path, ALL)
    assert len(asked.ids) == 1
    assert index.nearest(VECTORS["p7"], team=None, k=1) == ["p7"]


def test_after_a_restart_only_what_is_new_is_added_and_what_is_gone_goes(tmp_path):
    kept(tmp_path, dict.fromkeys([*VECTORS][:10]))
    index, asked = kept(tmp_path, dict.fromkeys([*VECTORS][1:]))
    assert {"p10", "p11"} <= set(asked.ids)
    assert len(asked.ids) == 3
    assert set(index.nearest(VECTORS["p0"], team=None, k=12)) == set(VECTORS) - {"p0"}


def test_as_many_but_others_are_noticed(tmp_path):
    kept(tmp_path, dict.fromkeys([*VECTORS][:6]))
    index, _ = kept(tmp_path, dict.fromkeys([*VECTORS][6:]))
    assert set(index.nearest(VECTORS["p0"], team=None, k=12)) == set([*VECTORS][6:])


def test_a_team_finds_its_own_and_the_shared(tmp_path):
    index, _ = kept(tmp_path, {"p0": None, "p1": "north", "p2": "south"})
    assert set(index.nearest(VECTORS["p1"], team="north", k=12)) == {"p0", "p1"}
    assert set(index.nearest(VECTORS["p1"], team=None, k=12)) == {"p0"}
