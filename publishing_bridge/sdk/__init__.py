"""The Python client for publisher apps: a project of its own, imported as `content_preview_client`.

Nothing in it needs the service: it builds as the wheel `content-preview-client`.
"""
