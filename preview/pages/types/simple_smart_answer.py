"""Simple smart answers: questions, one a page, that lead to an outcome.

Source: alphagov/frontend `app/views/simple_smart_answers/`, `app/models/simple_smart_answer/`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from preview.pages.fields import Fields
from preview.pages.registry import PageType, View, page_type

MOST_PAGES = 200


@dataclass(frozen=True)
class Answered:
    """A question with its answer, and where the answer can be changed."""

    question: str
    answer: str
    change: str


@page_type
class SimpleSmartAnswer(PageType):
    """A start page, a page a question, a page an outcome: all of it is in the item."""

    schemas: ClassVar[tuple[str, ...]] = ("simple_smart_answer",)

    @cached_property
    def nodes(self) -> dict[str, Fields]:
        """Questions and outcomes by their slug."""
        return {row.text("slug"): row for row in self.details.objects("nodes") if row}

    @property
    def flow(self) -> str:
        """Where the questions begin."""
        return f"{self.item.base_path}/y"

    def paths(self) -> list[str]:
        """Return the start page and the page of every way through the questions, up to a limit."""
        found = [self.item.base_path]
        waiting = [(self.flow, next(iter(self.nodes.values()), None))] if self.nodes else []
        while waiting and len(found) < MOST_PAGES:
            path, node = waiting.pop(0)
            found.append(path)
            for option in node.objects("options") if node else []:
                following = self.nodes.get(option.text("next_node"))
                if following is not None:
                    waiting.append((f"{path}/{option.text('slug')}", following))
        return found

    def view(self, path: str) -> View:
        """Show the start page, or what the answers in `path` lead to."""
        button = self.details.text("start_button_text")
        if not path.startswith(self.flow) or not self.nodes:
            start = self.label("transaction.start_now") if button in ("", "Start now") else button
            return View("pages/smart_answer_start.html", self.item.title, {"button": start})
        node, answered = self.walk(path.removeprefix(self.flow).strip("/").split("/"))
        values = {"node": node, "answered": answered, "path": path, "number": len(answered) + 1}
        title = f"{node.text('title')} - {self.item.title}" if answered else self.item.title
        return View("pages/smart_answer_flow.html", title, values, robots="noindex")

    def walk(self, answers: list[str]) -> tuple[Fields, list[Answered]]:
        """Follow answers as far as they lead."""
        node, path = next(iter(self.nodes.values())), self.flow
        answered: list[Answered] = []
        for slug in filter(None, answers):
            chosen = next(
                (row for row in node.objects("options") if row.text("slug") == slug), None
            )
            following = self.nodes.get(chosen.text("next_node")) if chosen else None
            if chosen is None or following is None:
                break
            change = f"{path}?previous_response={slug}"
            answered.append(Answered(node.text("title"), chosen.text("label"), change))
            node, path = following, f"{path}/{slug}"
        return node, answered
