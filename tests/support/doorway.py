"""One address in front of several workers, as a load balancer has it: connections go to whoever is up."""

import asyncio
import random
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def doorway(ports: Sequence[int]) -> AsyncIterator[int]:
    """The port of the doorway, while it is open."""

    async def admit(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for port in random.sample(ports, len(ports)):
            with suppress(OSError):
                behind = await asyncio.open_connection("127.0.0.1", port)
                await asyncio.gather(_pass_on(reader, behind[1]), _pass_on(behind[0], writer))
                return
        writer.close()

    server = await asyncio.start_server(admit, "127.0.0.1", 0)
    try:
        yield int(server.sockets[0].getsockname()[1])
    finally:
        server.close()


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()
