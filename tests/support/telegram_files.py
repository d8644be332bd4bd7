"""Files on Telegram's side: uploads, file ids, size limits, and how a message shows them."""

import hashlib
import struct

from tests.support.telegram_wire import ApiError, Json, Upload, bad_request
from tests.support.telegram_world import StoredFile, World

MAX_DOWNLOAD = 20 * 1024 * 1024
MAX_UPLOAD = 50 * 1024 * 1024
MAX_PICTURE = 10 * 1024 * 1024
_FOLDERS = {"photo": "photos", "document": "documents", "voice": "voice", "sticker": "stickers"}
_ENDINGS = {"photo": ".jpg", "voice": ".oga", "sticker": ".webp"}
_PREFIX = {"photo": "AgAC", "document": "BQAC", "voice": "AwAC", "sticker": "CAAC"}


def store(
    world: World, kind: str, content: bytes, *, name: str = "", mime: str = "", size: int | None = None
) -> StoredFile:
    """Keep a file and give it an id; `size` claims more bytes than are really held."""
    number = next(world.serials)
    file_id = _PREFIX[kind] + hashlib.sha256(f"{kind}{number}".encode()).hexdigest()[:56]
    ending = _ENDINGS.get(kind) or ("." + name.rpartition(".")[2] if "." in name else "")
    path = f"{_FOLDERS[kind]}/file_{number}{ending}"
    file = StoredFile(file_id, kind, name, mime, content, len(content) if size is None else size, path)
    world.files[file_id] = file
    return file


def given(world: World, kind: str, parameters: Json, uploads: dict[str, Upload]) -> StoredFile:
    """The file a call means: uploaded with it, attached under another name, or known by its file_id."""
    value = parameters.get(kind, "")
    upload = uploads.get(value.removeprefix("attach://") if value.startswith("attach://") else kind)
    if upload:
        return _uploaded(world, kind, upload)
    if not value:
        raise bad_request(f"there is no {kind} in the request")
    if value.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    file = world.files.get(value)
    if not file:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if file.kind != kind:
        raise bad_request(f"can't use file of type {file.kind.capitalize()} as {kind.capitalize()}")
    return file


def _uploaded(world: World, kind: str, upload: Upload) -> StoredFile:
    size = len(upload.content)
    if size > MAX_UPLOAD:
        raise ApiError(413, "Request Entity Too Large")
    if not size:
        raise bad_request("file must be non-empty")
    return store(world, kind, upload.content, name=upload.name, mime=upload.mime)


def checked_picture(file: StoredFile) -> tuple[int, int]:
    """Width and height; refuses what Telegram cannot show as a photo."""
    if len(file.content) > MAX_PICTURE:
        raise bad_request(f"file of size {len(file.content)} bytes is too big for a photo")
    size = _dimensions(file.content)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = size
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return size


def _dimensions(content: bytes) -> tuple[int, int] | None:
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    if content.startswith(b"\xff\xd8\xff"):
        return _jpeg_dimensions(content)
    return None


def _jpeg_dimensions(content: bytes) -> tuple[int, int] | None:
    position = 2
    while position + 9 < len(content) and content[position] == 0xFF:
        marker = content[position + 1]
        if marker in {0xC0, 0xC1, 0xC2}:
            height, width = struct.unpack(">HH", content[position + 5 : position + 9])
            return width, height
        position += 2 + int.from_bytes(content[position + 2 : position + 4], "big")
    return None


def picture_size(file: StoredFile, width: int, height: int) -> Json:
    """The `PhotoSize` of this file."""
    return plain(file) | {"width": width, "height": height}


def document(file: StoredFile) -> Json:
    """The `Document` of this file."""
    named = {"file_name": file.name} if file.name else {}
    typed = {"mime_type": file.mime} if file.mime else {}
    return plain(file) | named | typed


def voice(file: StoredFile, duration: int) -> Json:
    """The `Voice` of this file."""
    return plain(file) | {"duration": duration, "mime_type": "audio/ogg"}


def plain(file: StoredFile) -> Json:
    """What every kind of file shows: ids and size."""
    return {"file_id": file.file_id, "file_unique_id": file.unique_id, "file_size": file.size}


def get_file(world: World, parameters: Json, uploads: dict[str, Upload]) -> Json:
    """getFile."""
    file = world.files.get(parameters.get("file_id", ""))
    if not file:
        raise bad_request("invalid file_id")
    if file.size > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    return plain(file) | {"file_path": file.path}


def at_path(world: World, path: str) -> StoredFile | None:
    """The file that `getFile` named by this path, if it may be downloaded."""
    files = (file for file in world.files.values() if file.path == path)
    return next((file for file in files if file.size <= MAX_DOWNLOAD), None)
