"""Uploaded files: one folder for each organisation, no address; a view reads them after its access check."""

from __future__ import annotations

from typing import Any, NoReturn

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import FileSystemStorage

from halka.common.current import current_organisation


class PrivateStorage(FileSystemStorage):
    """Every name is taken below the folder of the organisation we are inside of, or the network's."""

    def _folder(self) -> str:
        organisation = current_organisation()
        return f"organisations/{organisation.id}" if organisation else "network"

    def path(self, name: str) -> str:
        root = super().path(self._folder())
        full = super().path(f"{self._folder()}/{name}")
        if full != root and not full.startswith(root + "/"):
            raise SuspiciousFileOperation("The file's name leads out of the organisation's folder.")
        return full

    def _save(self, name: str, content: Any) -> str:
        """The name as it is kept in the database: below the folder, which `path` puts before it again."""
        kept: str = super()._save(name, content)  # type: ignore[misc]
        return kept.removeprefix(f"{self._folder()}/")

    def url(self, name: str | None) -> NoReturn:
        raise ValueError("A file has no address: serve it by a view that checks access.")

    def get_available_name(self, name: str, max_length: Any = None) -> str:
        return super().get_available_name(name.lstrip("/"), max_length)
