"""Structured data of a page, as search engines read it (schema.org, JSON-LD).

Source: alphagov/govuk_publishing_components `machine_readable/`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from preview.pages.furniture.meta import share_image
from preview.pages.item import ContentItem
from preview.pages.options import Options

if TYPE_CHECKING:
    from preview.pages.registry import View

TYPES = {
    "answer": "FAQPage",
    "detailed_guide": "FAQPage",
    "guide": "FAQPage",
    "transaction": "GovernmentService",
    "statistical_data_set": "Dataset",
    "news_article": "NewsArticle",
    "speech": "NewsArticle",
    "person": "Person",
    "organisation": "GovernmentOrganization",
}
DATA_SETS = {"national_statistics", "official_statistics", "transparency"}
HARMLESS = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def structured_data(item: ContentItem, view: View, address: str, options: Options) -> list[Markup]:
    """Return the JSON-LD objects of a page, as they may stand in a script element."""
    kind = "Dataset" if item.document_type in DATA_SETS else TYPES.get(item.schema_name, "Article")
    image = share_image(item)
    data: dict[str, Any] = {
        "@context": "http://schema.org",
        "@type": kind,
        "mainEntityOfPage": {"@type": "WebPage", "@id": address},
        "name": view.name or item.title,
        "headline": view.name or item.title,
        "url": address,
        "description": item.description,
        "datePublished": item.text("first_published_at"),
        "dateModified": item.text("public_updated_at"),
        "image": [image[0]] if image else [],
        "author": [
            {
                "@type": "Organization",
                "name": one.title,
                "url": options.website_root + one.base_path,
            }
            for one in item.links("organisations")
        ],
    }
    return [harmless({name: value for name, value in data.items() if value})]


def harmless(data: dict[str, Any]) -> Markup:
    """Return JSON that can't end the element it stands in."""
    text = json.dumps(data, ensure_ascii=False)
    return Markup(text.translate(HARMLESS))  # noqa: S704 (no < > &)
