"""Errors of the openai and langchain packages as causes."""

from bot.language_models.trouble import Cause

_BY_STATUS = {
    401: Cause.KEY,
    402: Cause.KEY,
    403: Cause.KEY,
    404: Cause.MODEL_MISSING,
    408: Cause.TOO_SLOW,
    409: Cause.BUSY,
    413: Cause.TOO_LONG,
    425: Cause.BUSY,
    429: Cause.BUSY,
}
UNREADABLE = (ValueError, TypeError, KeyError, IndexError, AttributeError)
"""What the packages stumble with over an answer that is not what it should be; they wrap none of these."""


def cause_of(error: Exception) -> Cause:
    """Why a call failed that raised openai.OpenAIError or one of UNREADABLE."""
    import openai

    if isinstance(error, openai.APITimeoutError):
        return Cause.TOO_SLOW
    if isinstance(error, openai.APIConnectionError):
        return Cause.DROPPED if _broke_off(error) else Cause.UNREACHABLE
    if isinstance(error, openai.APIStatusError):
        return _cause_of_status(error.status_code, str(error.code or "") + error.message)
    if isinstance(error, openai.APIError):
        return Cause.SERVER_ERROR
    return Cause.GARBLED


def _cause_of_status(status: int, said: str) -> Cause:
    if status in (400, 422) and "context" in said.casefold():
        return Cause.TOO_LONG
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    return Cause.SERVER_ERROR if status >= 500 else Cause.REQUEST_REFUSED


def _broke_off(error: Exception) -> bool:
    """True when there was a connection before it failed."""
    origin = error.__cause__ or error.__context__
    while origin is not None:
        if type(origin).__name__ in {"RemoteProtocolError", "ReadError", "WriteError", "CloseError"}:
            return True
        origin = origin.__cause__ or origin.__context__
    return False
