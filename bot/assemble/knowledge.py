"""The knowledge desk of a memory, and what takes documents in."""

from collections.abc import Callable

from bot.assemble.memory import Memory
from bot.domain.rep import Viewer
from bot.knowledge_desk import KnowledgeDesk
from bot.language_models.choose import embedder as chosen_embedder
from bot.ports import DueWork
from bot.storage.passage_store import SqlPassageStore
from knowledge.ingestion import Ingestion
from knowledge.passages import Embedder
from knowledge.told_articles import ToldArticles


def knowledge_desk(memory: Memory, *, owned: bool = True) -> KnowledgeDesk:
    """Search over the library and the documents in this memory; only the folder's owner touches the index in it."""

    def embedder() -> Embedder:
        return chosen_embedder(memory.settings)

    settings = memory.settings
    store = SqlPassageStore(memory.database)
    folder = settings.data_dir / "index" if owned else None
    return KnowledgeDesk(store, embedder, folder, chroma_url=settings.chroma.url)


def ingestion(memory: Memory, desk: KnowledgeDesk) -> Callable[[Viewer, DueWork], Ingestion]:
    """Takes documents in on behalf of a viewer, for as long as the work that does so is open."""

    told = ToldArticles()

    def ingestion_for(viewer: Viewer, work: DueWork) -> Ingestion:
        store = SqlPassageStore(memory.database, taken_in_by=viewer, clock=memory.clock.now, within=work)
        return Ingestion(store, desk.topics(), told)

    return ingestion_for
