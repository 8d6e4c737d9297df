"""Invented pages of a size, the same in every run."""

from __future__ import annotations

import random

WORDS = ["harbour", "quay", "berth", "fee", "office", "boat", "tide", "gate", "master", "pilot"]


def paragraphs(size: int, seed: int = 7) -> list[str]:
    """Return paragraphs of three sentences, about `size` bytes together."""
    source = random.Random(seed)
    made: list[str] = []
    while size > 0:
        words = [f"{source.choice(WORDS)}{source.choice('abcdefg') * 2}" for _ in range(36)]
        text = ". The ".join(" ".join(words[at : at + 12]) for at in (0, 12, 24)) + "."
        made.append(f"The {text}")
        size -= len(text) + 11
    return made


def page(texts: list[str]) -> str:
    """Return a page with a heading for each five paragraphs and a list in each ten."""
    html = []
    for at, text in enumerate(texts):
        if at % 5 == 0:
            html.append(f"<h2>Part {at}</h2>")
        html.append(f"<ul><li>{text}</li></ul>" if at % 10 == 3 else f"<p>{text}</p>")
    return f"<main>{''.join(html)}</main>"


def changed(texts: list[str]) -> list[str]:
    """Return the paragraphs with a word changed in each third, some gone, a stretch moved."""
    new = [text.replace("aa ", "zz ", 1) if at % 3 == 0 else text for at, text in enumerate(texts)]
    del new[5:7]
    return [*new[20:], *new[:20]] if len(new) > 40 else new
