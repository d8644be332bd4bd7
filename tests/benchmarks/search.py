"""What a search costs as the documents grow: `python -m tests.benchmarks.search [--passages N]`.

The documents are the dirty ones of the search questions, over and over with their sentences in another order; the
vectors of those copies are real ones, disturbed, so that no time goes into the model. Everything else is the product as
it serves: SQLite, Chroma's index, the windows, the fitted weights, and real questions put to the real model. Each size
is measured in a process of its own that finds the folder as a restart would, beside brute force over the same vectors.
The time to the first answer begins with that process. Questions are timed from then on, at first without the index
(every passage is compared while it is opened in the background), then with it.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from bot.storage.database import Database, address_of
from bot.storage.migrate import migrate
from bot.storage.passage_store import SqlPassageStore
from knowledge.evaluation import read_cases
from knowledge.folding import folded
from knowledge.hybrid_knowledge_base import HybridKnowledgeBase
from knowledge.ingestion import Ingestion
from knowledge.library_entries import load_library
from knowledge.one_thread import one_thread
from knowledge.passages import Article, Document, Passage, Scope
from knowledge.passages_in_memory import PassagesInMemory
from knowledge.sentence_embedder import SentenceEmbedder
from knowledge.splitting.windows import windows_of

CASES = Path(__file__).parents[1] / "evals" / "search"
SIZES = (1_000, 10_000, 100_000)
QUESTIONS = 60
MORE = 9
"""So many documents are taken in one by one when all others are there: the first of a process, and those after it."""
AT_ONCE = 1_000
NEIGHBOURS = 100
"""As many as a search takes from the index."""
DISTURBANCE = 0.35
_ASK, _GROW = "--ask", "--grow"
_LINE = "{:>8} {:>7} {:>7} {:>8} {:>8} {:>9} {:>6} {:>7} {:>6} {:>8} {:>9} {:>8} {:>8} {:>9} {:>8} {:>7} {:>8}"
_HEAD = (
    "passages", "p50 ms", "p95 ms", "CPU p50", "CPU p95", "brute CPU", "ratio", "recall", "MB", "first s", "first CPU",
    "before", "index s", "added /s", "model /s",
    "1st doc", "next doc",
)  # fmt: skip


@dataclass(slots=True)
class DisturbedVectors:
    """Fulfils Embedder: real vectors for what is in `asked`, for anything else one of `pool`, disturbed by its text."""

    pool: NDArray[np.float32]
    asked: frozenset[str] = frozenset()
    name: str = "disturbed"
    dimensions: int = 512
    real: SentenceEmbedder = field(default_factory=SentenceEmbedder)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One unit row per text, the same for the same text."""
        if len(texts) == 1 and texts[0] in self.asked:
            return self.real.embed(texts)
        seeds = [zlib.crc32(text.encode()) for text in texts]
        rows = self.pool[[seed % len(self.pool) for seed in seeds]]
        noise = np.stack([np.random.default_rng(seed).standard_normal(self.dimensions) for seed in seeds])
        rows = rows + DISTURBANCE * noise.astype(np.float32) / np.float32(np.sqrt(self.dimensions))
        unit: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit


def questions() -> list[str]:
    """Real questions of every kind, always the same."""
    asked = sorted({case.query for name in ("own", "unanswerable") for case in read_cases(CASES / f"{name}.jsonl")})
    return Random(1).sample(asked, QUESTIONS)


def real_passages() -> list[Passage]:
    """The passages of the dirty documents."""
    store = PassagesInMemory()
    ingestion = Ingestion(store)
    for path in sorted((CASES / "documents").iterdir()):
        ingestion.ingest(path.name, path.read_bytes(), team=None)
    return list(store.passages())


def copies(real: Sequence[Passage], numbers: range) -> Iterator[Passage]:
    """Passages with the words of real ones, each in an order of its own."""
    for number in numbers:
        like = real[number % len(real)]
        sentences = [part + "。" for part in like.text.split("。") if part]
        Random(number).shuffle(sentences)
        text = f"第{number}份。" + "".join(sentences)
        yield Passage(
            f"copy{number}", like.kind, like.title, text[:500], like.language, "copies", f"a{number // 3}", number % 3
        )


def fill(store: SqlPassageStore, real: Sequence[Passage], numbers: range) -> None:
    """Keeps so many more copies in SQL."""
    for first in range(numbers.start, numbers.stop, AT_ONCE):
        some = list(copies(real, range(first, min(first + AT_ONCE, numbers.stop))))
        document = Document(f"d{first}", f"d{first}", f"h{first}")
        articles = [
            Article(f"{document.id}{owner}", document.id, "t", "\n".join(one.text for one in of_it), at)
            for at, (owner, of_it) in enumerate(groupby(some, key=lambda passage: passage.owner))
        ]
        named = [_owned(passage, f"{document.id}{passage.owner}") for passage in some]
        store.save(document, articles, named)


def _owned(passage: Passage, owner: str) -> Passage:
    return Passage(
        passage.id, passage.kind, passage.title, passage.text, passage.language, passage.source, owner, passage.position
    )


def opened(folder: Path) -> tuple[SqlPassageStore, HybridKnowledgeBase]:
    """The store and the search of a folder, as a start of the program finds them."""
    database = Database(address_of(folder, None))
    database.run_now(migrate)
    store = SqlPassageStore(database)
    embedder = DisturbedVectors(np.load(folder / "pool.npy"), frozenset(map(folded, questions())))
    return store, HybridKnowledgeBase(load_library(), store, embedder, folder / "index")


def ask(folder: Path, started: float) -> dict[str, float]:
    """The figures of one size, in a process that started at that moment of the machine's clock."""
    asked = questions()
    _, knowledge = opened(folder)
    knowledge.search(asked[0], team=None, scope=Scope.ALL)
    first, first_cpu = time.monotonic() - started, time.process_time()
    _, before = zip(*(_timed(knowledge, query) for query in asked), strict=True)
    start = time.monotonic()
    knowledge.prepare()
    ready = time.monotonic() - start
    wall, cpu = zip(*(_timed(knowledge, query) for query in asked), strict=True)
    memory = _peak_megabytes()
    brute, recall = _beside_brute_force(knowledge, asked)
    return {
        "p50": statistics.median(wall), "p95": _p95(wall), "cpu50": statistics.median(cpu), "cpu95": _p95(cpu),
        "brute": brute, "recall": recall, "memory": memory, "first": first, "first_cpu": first_cpu,
        "before": statistics.median(before), "ready": ready,
    }  # fmt: skip


def _timed(knowledge: HybridKnowledgeBase, query: str) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    knowledge.search(query, team=None, scope=Scope.ALL)
    return 1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - cpu)


def _beside_brute_force(knowledge: HybridKnowledgeBase, asked: Sequence[str]) -> tuple[float, float]:
    """Milliseconds of CPU that numpy takes for a query, and the share of true neighbours the index finds."""
    catalogue = knowledge._words.catalogue
    rows = catalogue.live_documents()
    ids = [catalogue.rows[row].id for row in rows]
    vectors, index = knowledge._vectors.full(rows), knowledge._index
    assert index is not None
    times, found = [], []
    for query in asked:
        vector = knowledge.embedder.embed([folded(query)])[0]
        start = time.process_time()
        with one_thread():
            likeness = vectors @ vector
        best = np.argpartition(-likeness, NEIGHBOURS)[:NEIGHBOURS]
        times.append(1000 * (time.process_time() - start))
        near = index.nearest(vector, team=None, k=NEIGHBOURS)
        found.append(len({ids[at] for at in best.tolist()}.intersection(near)) / NEIGHBOURS)
    return statistics.median(times), statistics.mean(found)


def _peak_megabytes() -> float:
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def _p95(values: Sequence[float]) -> float:
    return sorted(values)[int(0.95 * (len(values) - 1))]


def model_rate(real: Sequence[Passage]) -> float:
    """How many passages a second of CPU the real model turns into all the vectors that a search wants of them."""
    embedder, some = SentenceEmbedder(), real[:20]
    embedder.embed(["warm"])
    start = time.process_time()
    for passage in some:
        embedder.embed([passage.text, f"{passage.title}\n{passage.text}", *windows_of(passage.text)])
    return len(some) / (time.process_time() - start)


def report(most: int) -> None:
    """The table, a line as soon as it is known."""
    real = real_passages()
    rate = model_rate(real)
    print(_LINE.format(*_HEAD), flush=True)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        texts = [text for passage in real for text in (passage.text, *windows_of(passage.text))]
        np.save(folder / "pool.npy", SentenceEmbedder().embed([folded(text) for text in texts]))
        for before, size in zip((0, *SIZES), SIZES, strict=False):
            if size > max(most, SIZES[0]):
                break
            grown = _of_a_process(place, _GROW, str(before), str(size))
            asked = _of_a_process(place, _ASK, str(time.monotonic()))
            print(_row(size, {**grown, **asked}, rate), flush=True)


def _of_a_process(*arguments: str) -> dict[str, float]:
    """What this program prints when it is run with these arguments."""
    child = [sys.executable, "-m", "tests.benchmarks.search", "--folder", *arguments]
    found: dict[str, float] = json.loads(subprocess.run(child, check=True, stdout=subprocess.PIPE).stdout)
    return found


def grow(folder: Path, before: int, size: int) -> dict[str, float]:
    """How many passages a second of CPU are added, the model's own time left out, and what one more document costs."""
    store, knowledge = opened(folder)
    knowledge.prepare()
    fill(store, real_passages(), range(before, size))
    start = time.process_time()
    knowledge.prepare()
    added = (size - before) / (time.process_time() - start)
    ingestion = Ingestion(store)
    first, *others = (_taken_in(ingestion, path) for path in sorted((CASES / "documents").iterdir())[:MORE])
    return {"added": added, "document1": first, "document": statistics.median(others)}


def _taken_in(ingestion: Ingestion, path: Path) -> float:
    """Seconds of CPU for one more document, which goes again."""
    start = time.process_time()
    report = ingestion.ingest(path.name, path.read_bytes(), team=None)
    taken = time.process_time() - start
    ingestion.store.withdraw(report.document.id)
    return taken


def _row(size: int, found: dict[str, float], rate: float) -> str:
    names = ("p50", "p95", "cpu50", "cpu95", "brute")
    return _LINE.format(
        size, *(f"{found[name]:.1f}" for name in names), f"{found['cpu50'] / max(found['brute'], 0.01):.1f}",
        f"{found['recall']:.3f}", f"{found['memory']:.0f}", f"{found['first']:.1f}", f"{found['first_cpu']:.1f}",
        f"{found['before']:.1f}", f"{found['ready']:.1f}", f"{found['added']:.0f}", f"{rate:.0f}",
        f"{found['document1']:.2f}", f"{found['document']:.2f}",
    )  # fmt: skip


def main() -> None:
    """Measures, or answers for one size."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--passages", type=int, default=SIZES[-1], help="the largest size: 1000, 10000 or 100000")
    options.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options.add_argument(_ASK, type=float, help=argparse.SUPPRESS)
    options.add_argument(_GROW, type=int, nargs=2, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.grow:
        print(json.dumps(grow(chosen.folder, *chosen.grow)))
    elif chosen.ask:
        print(json.dumps(ask(chosen.folder, chosen.ask)))
    else:
        report(chosen.passages)


if __name__ == "__main__":
    main()
