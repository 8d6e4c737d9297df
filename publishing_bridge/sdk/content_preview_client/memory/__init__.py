"""Content Preview in memory, for the tests of publisher apps: the same contract, no network.

`MemoryServer` answers as the service does. What it leaves out, it leaves out in the same words for
everyone: it renders no pages (a rendering is ready when it is next asked for), it knows every
schema by its required fields alone, a token has all scopes, and children of a document do not come
along into a pack.
"""

from content_preview_client.memory.server import MemoryServer

__all__ = ["MemoryServer"]
