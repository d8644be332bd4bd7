"""Tells another program of a visit, signed as Standard Webhooks says; its id stays the same when it is tried again."""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from pydantic import SecretStr

from bot.errors import NotDelivered
from bot.ports import DueWork, Outcome
from config.addresses import is_own_network

_PATIENCE_SECONDS = 15.0
_TALKATIVE = ("httpx", "httpcore")


@dataclass(frozen=True, slots=True)
class PostWebhook:
    """Posts an event to the address; any answer but a 2xx counts as not delivered."""

    url: str | None
    secret: SecretStr | None

    async def __call__(self, work: DueWork) -> Outcome:
        """Nothing to write or say. Raises NotDelivered, also when the address was taken out of the settings."""
        if self.url is None or self.secret is None:
            raise NotDelivered("no address")
        headers = _headers(str(work.payload["id"]), str(work.payload["body"]), self.secret)
        await _post(self.url, str(work.payload["body"]), headers)
        return Outcome(())


def _headers(event: str, body: str, secret: SecretStr) -> dict[str, str]:
    from standardwebhooks.webhooks import Webhook

    sent_at = datetime.now(UTC)
    return {
        "content-type": "application/json",
        "user-agent": "ridealong",
        "webhook-id": event,
        "webhook-timestamp": str(int(sent_at.timestamp())),
        "webhook-signature": Webhook(secret.get_secret_value()).sign(event, sent_at, body),
    }


async def _post(url: str, body: str, headers: dict[str, str]) -> None:
    import httpx

    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    outside = not is_own_network(urlsplit(url).hostname or "")
    try:
        async with httpx.AsyncClient(timeout=_PATIENCE_SECONDS, trust_env=outside) as client:
            answer = await client.post(url, content=body.encode(), headers=headers)
    except httpx.HTTPError as error:
        raise NotDelivered(type(error).__name__) from None
    if not answer.is_success:
        raise NotDelivered(f"status {answer.status_code}")
