"""The Design System's own components, for the templates of pages: `govuk.tag({"text": "Draft"})`.

They come from govuk-frontend-jinja, whose macros ask for members that nobody gave; pages are
strict about that, so the macros have an environment of their own. What is passed as `…html` must be
HTML that the sanitiser made, and addresses have gone through `safe_href`.
Source: https://design-system.service.gov.uk/components/, govuk-frontend 6.3.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader, TemplateNotFound
from markupsafe import Markup

PACKAGE = "govuk_frontend_jinja"
Component = Callable[[Mapping[str, Any]], Markup]


@cache
def environment() -> Environment:
    """Return the environment of the macros."""
    return Environment(
        loader=PrefixLoader({PACKAGE: PackageLoader(PACKAGE, "templates")}),
        autoescape=True,
        undefined=ChainableUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


@cache
def macro(path: str, name: str) -> Component:
    """Return a macro of the library by its file and name."""
    found: Component = getattr(environment().get_template(f"{PACKAGE}/{path}").module, name)
    return found


class DesignSystem:
    """The components by their names in Python: `warning_text` is `govukWarningText`."""

    def __getattr__(self, name: str) -> Component:
        words = name.split("_")
        path = f"components/{'-'.join(words)}/macro.html"
        try:
            return macro(path, "govuk" + "".join(map(str.title, words)))
        except TemplateNotFound as error:
            raise AttributeError(f"The Design System has no component “{name}”.") from error

    def logo(self, params: Mapping[str, Any]) -> Markup:
        """Return the crown and the logotype, which only gov.uk hosts may show."""
        return macro("macros/logo.html", "govukLogo")(params)
