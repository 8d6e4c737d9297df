"""The templates' environment: compiled once, everything escaped."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from preview.pages import dates
from preview.pages.design_system import DesignSystem
from preview.pages.fields import Fields
from preview.pages.parts.followed import has_emails
from preview.pages.parts.translations import translations
from preview.pages.sanitise import readable

LINE_BREAK = re.compile(r"<br\s*/?>")
FOLDER = Path(__file__).resolve().parents[2] / "templates"


@cache
def environment() -> Environment:
    """Return the environment."""
    env = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.do"],
    )
    env.globals["govuk"] = DesignSystem()
    env.filters["day"] = dates.day
    env.filters["machine"] = dates.machine
    env.filters["safe_href"] = safe_href
    env.filters["name_lines"] = name_lines
    env.filters["step_link"] = step_link
    env.filters["translations"] = translations
    env.filters["has_emails"] = has_emails
    return env


def rendered(template: str, **values: Any) -> str:
    """Return the HTML of a template."""
    return readable(environment().get_template(template).render(**values))


def safe_href(address: str | None) -> str:
    """Return an address that a link may have; one that could act leads nowhere."""
    text = (address or "").strip()
    scheme = text.partition(":")[0].lower() if ":" in text.partition("/")[0] else ""
    return text if scheme in ("", "http", "https", "mailto", "tel") else "#"


def step_link(line: Fields, content_id: str, path: str) -> str:
    """Return where a line of a step by step guide leads; the page that follows knows the guide."""
    href = line.text("href")
    if not href.startswith("/"):
        return href
    if href == path:
        return "#content"
    return f"{href}{'&' if '?' in href else '?'}step-by-step-nav={content_id}"


def name_lines(logo: Fields) -> Markup:
    """Return a name as it is set in a logo: only its line breaks are HTML."""
    lines = [unescape(line).strip() for line in LINE_BREAK.split(logo.text("formatted_title"))]
    return Markup("<br>").join(lines)
