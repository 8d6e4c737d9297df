"""From a content item to the page that GOV.UK would show.

Public: `render`, `paths`, `surface` and the dataclasses they take and return.

Source: alphagov/frontend `app/views/`, alphagov/govuk_publishing_components.
"""

from preview.pages.options import Options
from preview.pages.page import Page, paths, render
from preview.pages.remarks import Remark
from preview.pages.surfaces.registry import SURFACES, surface

__all__ = ["SURFACES", "Options", "Page", "Remark", "paths", "render", "surface"]
