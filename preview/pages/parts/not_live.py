"""What became of an organisation that is not on the site, or no more.

Source: alphagov/collections `app/presenters/organisations/not_live_presenter.rb`.
"""

from __future__ import annotations

from markupsafe import Markup

from preview.pages.dates import LONDON
from preview.pages.item import ContentItem
from preview.pages.labels import Labels
from preview.pages.templates import safe_href

LIKE = {"closed": "changed_name", "replaced": "split"}
WITH_SUCCESSOR = frozenset({"changed_name", "devolved", "merged", "split"})
ALONE = frozenset({"joining", "left_gov", "no_longer_exists"})
LINK = Markup('<a class="govuk-link" href="{}">{}</a>')


def notice(item: ContentItem, label: Labels) -> Markup:
    """Return the sentence for the organisation's status; its title where there is none."""
    details = item.details.fields("organisation_govuk_status")
    status = LIKE.get(details.text("status"), details.text("status"))
    title, url = item.title, details.text("url")
    if status == "exempt":
        if not url.strip():
            return label("organisation_notice.no_website", title=title)
        words = label.plain("organisation_notice.separate_website_link")
        link = LINK.format(safe_href(url), words)
        return label("organisation_notice.separate_website", title=title, link=link)
    if status in ALONE:
        return label(f"organisation_notice.{status}", title=title)
    successors = item.links("ordered_successor_organisations")
    if status not in WITH_SUCCESSOR or not successors:
        return Markup("{}").format(title)
    key, updated = f"organisation_notice.{status}", ""
    if status == "merged":
        when = details.moment("updated_at")
        updated = when.astimezone(LONDON).strftime("%B %Y") if when else ""
        key = key if when else f"{key}_no_date"
    linked = successors if status == "split" else successors[:1]
    return label(key, title=title, link=joined(linked, label), updated=updated)


def joined(organisations: list[ContentItem], label: Labels) -> Markup:
    """Return organisations as links of a sentence."""
    links = [LINK.format(safe_href(one.base_path), one.title) for one in organisations]
    if len(links) < 2:
        return Markup().join(links)
    last = Markup(" {} ").format(label.plain("page.and"))
    return last.join([Markup(", ").join(links[:-1]), links[-1]])
