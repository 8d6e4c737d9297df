"""Collections of documents, in groups.

Source: alphagov/frontend `app/views/document_collection/`, `app/models/document_collection.rb`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from markupsafe import Markup

from preview.pages.item import ContentItem
from preview.pages.parts.contents import Entry, contents
from preview.pages.registry import page_type
from preview.pages.types.documents import Document

UNDATED = frozenset(
    [
        "answer",
        "completed_transaction",
        "guide",
        "local_transaction",
        "place",
        "simple_smart_answer",
        "smart_answer",
        "step_by_step_nav",
        "transaction",
        "travel_advice",
    ]
)


@dataclass(frozen=True)
class Listed:
    """A document of a group: title, address, day of its last change, what kind it is."""

    title: str
    href: str
    at: datetime | None
    kind: Markup | str


@dataclass(frozen=True)
class Group:
    """A group: heading, the id that the contents list leads to, text, documents."""

    title: str
    id: str
    body: Markup
    documents: list[Listed]


@page_type
class DocumentCollection(Document):
    """Documents that belong together."""

    schemas = ("document_collection",)
    template = "pages/document_collection.html"

    @cached_property
    def groups(self) -> list[Group]:
        """The groups that have documents."""
        known = {one.content_id: one for one in self.item.links("documents")}
        found = []
        for row in self.details.objects("collection_groups"):
            members = [known[one] for one in row.texts("documents") if one in known]
            documents = [self.listed(one) for one in members if not one.withdrawn]
            if documents:
                title = row.text("title")
                found.append(
                    Group(title, title.lower().replace(" ", "-"), row.html("body"), documents)
                )
        return found

    def listed(self, item: ContentItem) -> Listed:
        """Return a document as a group shows it; services have no date."""
        at = None if item.document_type in UNDATED else item.public_updated_at
        return Listed(item.title, item.base_path, at, self.kind_of(item.document_type))

    @cached_property
    def entries(self) -> list[Entry]:
        """The headings of the text, and the groups."""
        groups = [Entry(group.title, f"#{group.id}") for group in self.groups]
        return contents(self.details.objects("headers")) + groups

    @property
    def email_topic(self) -> str:
        """Where readers ask for e-mails about a topic instead; "" for no such place."""
        topic = self.item.link("taxonomy_topic_email_override")
        wanted = topic is not None and self.item.locale == "en"
        return f"/email-signup/confirm?topic={topic.base_path}" if wanted and topic else ""
