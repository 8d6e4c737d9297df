"""Boxes around a text that is a document of its own: highlighted answers, headline statistics."""

from __future__ import annotations

from preview.govspeak.extensions.registry import Context, surrounded


@surrounded(20, "{::highlight-answer}", r"\{::highlight-answer\}", r"\{:/highlight-answer\}")
def highlight_answer(context: Context, body: str) -> str:
    """Highlight the answer to a question."""
    return f'\n\n<div class="highlight-answer">\n{context.render(body)}</div>\n'


@surrounded(30, "{stat-headline}", r"\{stat-headline\}", r"\{/stat-headline\}")
def stat_headline(context: Context, body: str) -> str:
    """Show a figure large."""
    return f'\n\n<div class="stat-headline">\n{context.render(body)}</div>\n'
