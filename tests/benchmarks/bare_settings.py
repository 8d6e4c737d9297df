"""The service's own settings, with a bare view beside its addresses for the floor of `serve`."""

from preview.settings import *  # noqa: F403 (the same settings is the point)

PREVIEW_HOST_URLCONF = "tests.benchmarks.bare_urls"
