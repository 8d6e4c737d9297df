"""Kinds of field: one a module, each registering itself under the name that `fields.toml` uses."""

from preview.diffs.kinds import anything, files, images, lists, plain, rich, sections, tags

__all__ = ["anything", "files", "images", "lists", "plain", "rich", "sections", "tags"]
