"""Simple smart answers: questions, one a page, that lead to an outcome.

An answer is a part of the path; a form that was sent brings it as `?response=`.

Source: alphagov/frontend `app/views/simple_smart_answers/`, `app/models/simple_smart_answer/`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from markupsafe import Markup

from preview.pages.fields import Fields
from preview.pages.registry import PageType, View, page_type

MOST_PAGES = 200


START_BUTTONS = {"": "start_now", "Start now": "start_now", "Continue": "continue"}


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
        if not path.startswith(self.flow) or not self.nodes:
            start = {"button": self.button}
            return View("pages/smart_answer_start.html", self.item.title, start)
        given = [one for one in path.removeprefix(self.flow).split("/") if one]
        sent = [self.query["response"]] if "response" in self.query else []
        node, answered, lost = self.walk([*given, *sent])
        title = f"{node.text('title')} - {self.item.title}"
        values = {
            "node": node,
            "answered": answered,
            "number": len(answered) + 1,
            "before": self.query.get("previous_response"),
            "problem": self.label("smart_answer.please_answer") if lost else "",
        }
        template = "pages/smart_answer_flow.html"
        return View(template, f"Error - {title}" if lost else title, values, robots="noindex")

    @property
    def button(self) -> Markup | str:
        """The words on the button that starts the questions."""
        text = self.details.text("start_button_text")
        key = START_BUTTONS.get(text)
        return self.label(f"transaction.{key}") if key else text

    def walk(self, answers: list[str]) -> tuple[Fields, list[Answered], bool]:
        """Follow answers as far as they lead; True when one of them is none of the question's."""
        node, path = next(iter(self.nodes.values())), self.flow
        answered: list[Answered] = []
        for slug in answers:
            chosen = next(
                (row for row in node.objects("options") if row.text("slug") == slug), None
            )
            following = self.nodes.get(chosen.text("next_node")) if chosen else None
            if chosen is None or following is None:
                return node, answered, True
            change = f"{path}?previous_response={slug}"
            answered.append(Answered(node.text("title"), chosen.text("label"), change))
            node, path = following, f"{path}/{slug}"
        return node, answered, False
