"""`ridealong kb`: what those who look after documents do in the chat, on the command line."""

from collections.abc import Callable, Mapping

from bot.assemble.memory import open_memory
from bot.domain.documents import ShelfArticle, ShelfDocument
from bot.domain.writes import (
    Audit,
    CloseQuestion,
    RestoreDocument,
    RuleOnArticle,
    ShareDocument,
    TakeInPiece,
    WithdrawDocument,
    Write,
)
from bot.errors import CannotStart, WriteConflict
from bot.ports import Repository
from bot.wording.phrasebook import Phrasebook
from config.settings import Settings

WORDS = Phrasebook("en")
"""The command line speaks English."""
_CHANGES: Mapping[str, Callable[[str], Write]] = {
    "withdraw": WithdrawDocument,
    "restore": RestoreDocument,
    "share": lambda document: ShareDocument(document, with_all=True),
    "unshare": lambda document: ShareDocument(document, with_all=False),
    "keep": lambda article: RuleOnArticle(article, taken_in=True),
    "throw-out": lambda article: RuleOnArticle(article, taken_in=False),
    "take-in": TakeInPiece,
    "done": lambda question: CloseQuestion(question, is_done=True),
    "dismiss": lambda question: CloseQuestion(question, is_done=False),
}
_OF_ARTICLES = ("keep", "throw-out", "read")
_OF_QUESTIONS = ("done", "dismiss")


async def do(settings: Settings, action: str, subject: str, team: str | None) -> list[str]:
    """What the action shows or did, as lines. Raises CannotStart for what is not there."""
    memory = open_memory(settings)
    store = memory.store()
    viewer = await memory.administrator(team)
    repository = store.repository(viewer)
    if action == "list":
        return [_line(document) for document in await repository.shelf.documents()]
    if action == "gaps":
        questions = await repository.usage.open_questions()
        return [f"{one.id}  {one.times}x  {one.text}" for one in questions]
    await _check(repository, action, subject)
    if action == "show":
        return await _shown(repository, subject)
    if action == "read":
        article = await repository.shelf.article(subject)
        return [article.title, "", article.text] if article else []
    try:
        await store.write(viewer, (_CHANGES[action](subject), Audit(f"kb.{action}", subject)))
    except WriteConflict as error:
        raise CannotStart(f"{subject} was not changed: {error}.") from error
    return [f"{action}: {subject}"]


async def _check(repository: Repository, action: str, subject: str) -> None:
    """Raises CannotStart when the subject is not there."""
    shelf = repository.shelf
    if action in _OF_ARTICLES:
        kind, found = "article", await shelf.article(subject) is not None
    elif action in _OF_QUESTIONS:
        kind, found = "question", any(one.id == subject for one in await repository.usage.open_questions())
    elif action == "take-in":
        documents = [one for known in await shelf.documents() for one in await shelf.versions(known.id)]
        pieces = [piece for one in documents for piece in await shelf.pieces(one.id)]
        kind, found = "piece", any(piece.id == subject for piece in pieces)
    else:
        kind, found = "document", await shelf.document(subject) is not None
    if not found:
        raise CannotStart(f"There is no {kind} {subject!r}; `ridealong kb list`, `show` and `gaps` name them.")


async def _shown(repository: Repository, document_id: str) -> list[str]:
    """A document with its versions, articles and everything left out."""
    shelf = repository.shelf
    lines = [_line(version) for version in await shelf.versions(document_id)]
    lines += [_article(article) for article in await shelf.articles(document_id)]
    for piece in await shelf.pieces(document_id):
        reason = WORDS.plain(f"dropped.{piece.reason}")
        lines.append(f"  piece    {piece.id}  [{reason}] {' '.join(piece.text.split())[:60]}")
    return lines


def _line(document: ShelfDocument) -> str:
    state = "withdrawn" if not document.is_live else "all teams" if document.is_shared else "this team"
    counts = f"{document.kept} articles, {document.merged} merged, {document.left_out + document.dropped} left out"
    return f"{document.id}  {document.name}  version {document.version}, {state}: {counts}"


def _article(article: ShelfArticle) -> str:
    why = f"[{WORDS.plain(f'dropped.{article.left_out}')}] " if article.left_out else ""
    told = f" (told by {article.told_by})" if article.told_by and article.left_out else ""
    return f"  article  {article.id}  {why}{article.title}{told}"
