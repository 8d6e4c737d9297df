"""The record of scores: read back as it was written, and a drop is named."""

from __future__ import annotations

from scripts import fidelity

ANSWERS = "answer           3     100.0  100.0  99.4  100.0  100.0  100.0  100.0  100.0  100.0"
PRINTED = ["schema      pages    status   title   words", ANSWERS, "3 pages, 3 of 3 answered"]


def test_a_printed_table_is_read_back_as_it_was_written() -> None:
    rows = fidelity.rows(PRINTED)
    assert fidelity.rows(fidelity.table(rows).splitlines(), fidelity.WRITTEN) == rows
    assert [row.schema for row in rows] == ["answer"]


def test_a_lower_score_is_named_and_so_is_a_schema_that_is_gone() -> None:
    before = fidelity.rows(PRINTED)
    lower = fidelity.rows([ANSWERS.replace("99.4", "98.1")])
    assert fidelity.dropped(before, before) == []
    assert fidelity.dropped(before, lower) == ["answer words: 98.1 is below 99.4"]
    assert len(fidelity.dropped(before, [])) == len(fidelity.KINDS)


def test_a_part_of_the_document_is_written_anew_and_the_rest_stays() -> None:
    text = "Before\n<!-- one -->\nold\n<!-- end of one -->\nAfter\n"
    written = fidelity.part(text, "one", "new")
    assert written == "Before\n<!-- one -->\n\nnew\n\n<!-- end of one -->\nAfter\n"
    assert fidelity.part(written, "one", "new") == written
