"""What can be done with draft files: save, delete."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import IO, Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from preview.accounts.models import PublisherApp
from preview.assets import storing
from preview.assets.addresses import clean_name, new_path, path_of
from preview.assets.inspecting import inspect
from preview.assets.models import Asset
from preview.audit.actions import record_entry
from preview.errors import AssetOfAnotherApp
from preview.outbox.actions import record_event


@dataclass(frozen=True)
class Upload:
    """A file that was received whole: its bytes, name, size in bytes and SHA-256 (hex)."""

    file: IO[bytes]
    filename: str
    size: int
    sha256: str


@dataclass(frozen=True)
class SavedAsset:
    """The file that now stands; `created` is False where its address had one before."""

    asset: Asset
    created: bool


def save_asset(*, app: PublisherApp, upload: Upload, url: str = "") -> SavedAsset:
    """Store a file under the address that content uses, or under a new one.

    The same address again replaces the file. The bytes are stored before the row is written, so no
    row is ever without its file.

    Raises:
        InvalidAsset: an address or a file that can't be used.
        AssetOfAnotherApp: the address belongs to another app.

    """
    asset_id = uuid.uuid4()
    path = path_of(url) if url else new_path(asset_id, clean_name(upload.filename))
    filename = path.rpartition("/")[2]
    found = inspect(upload.file, filename, upload.size)
    refuse_taken(app, path)
    storing.put(upload.file, upload.sha256, upload.size)
    values: dict[str, Any] = {
        "filename": filename,
        "content_type": found.content_type,
        "inline": found.inline,
        "size": upload.size,
        "sha256": upload.sha256,
    }
    try:
        return written(app, asset_id, path, values)
    except IntegrityError:
        refuse_taken(app, path)
        return written(app, asset_id, path, values)


def refuse_taken(app: PublisherApp, path: str) -> None:
    """Raise `AssetOfAnotherApp` where the address is another app's."""
    if Asset.objects.filter(path=path).exclude(app=app).exists():
        raise AssetOfAnotherApp


@transaction.atomic
def written(
    app: PublisherApp, asset_id: uuid.UUID, path: str, values: dict[str, Any]
) -> SavedAsset:
    """Write the row, with the event that has pages made again that use the address."""
    asset = Asset.objects.select_for_update().filter(path=path, app=app).first()
    created = asset is None
    if asset is None:
        asset = Asset.objects.create(id=asset_id, app=app, path=path, **values)
        record_event("asset.changed", path=path)
    else:
        Asset.objects.filter(id=asset.id).update(**values, updated_at=timezone.now())
        asset.refresh_from_db()
    record_entry(
        action="asset.save",
        actor=f"app:{app.name}",
        subject=f"asset:{asset.id}",
        sha256=asset.sha256,
        size=asset.size,
    )
    return SavedAsset(asset, created)


@transaction.atomic
def delete_asset(*, app: PublisherApp, asset: Asset) -> None:
    """End a draft file at once; its bytes go too, unless another file has the same."""
    sha256 = asset.sha256
    Asset.objects.filter(id=asset.id, app=app).delete()
    record_event("asset.changed", path=asset.path)
    record_entry(action="asset.delete", actor=f"app:{app.name}", subject=f"asset:{asset.id}")
    transaction.on_commit(lambda: forget(sha256))


def forget(sha256: str) -> None:
    """Delete bytes that no file has any more."""
    if not Asset.objects.filter(sha256=sha256).exists():
        storing.delete(sha256)
