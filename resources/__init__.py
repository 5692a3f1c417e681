"""Dated data of the program (rates, forms, catalogues, fonts) and the one way to read it."""

from __future__ import annotations

import json
import tomllib
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any


def path(name: str) -> Path:
    """The file of a resource, e.g. `path("fonts/x.ttf")`; the program is always installed unpacked."""
    with as_file(files(__name__).joinpath(name)) as found:
        return Path(found)


def read(name: str) -> dict[str, Any]:
    """A TOML or JSON resource as a mapping. Raises FileNotFoundError."""
    text = path(name).read_text("utf-8")
    parsed: dict[str, Any] = json.loads(text) if name.endswith(".json") else tomllib.loads(text)
    return parsed


def names(folder: str) -> list[str]:
    """The names of the resources of a folder, e.g. `names("forms")` -> ["forms/B07.toml", …], sorted."""
    return sorted(f"{folder}/{entry.name}" for entry in files(__name__).joinpath(folder).iterdir())
