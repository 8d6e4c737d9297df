"""Clients of the publishing platform's own services, and live content made of their answers."""

from __future__ import annotations

from publishing_bridge.upstream.platform import PublishingPlatform

__all__ = ["PublishingPlatform"]
