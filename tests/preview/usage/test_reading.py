"""Streams: compressed or not, whole or cut off, lines or one array."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import tracemalloc
import zlib
from collections.abc import Callable
from typing import Any

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from preview.errors import CompressionBomb
from preview.usage.decompression import Tally, plain
from preview.usage.lines import LONGEST_LINE, Line, lines

TEXT = b"".join(b'{"line": %d}\n' % number for number in range(50_000))
PACKED = {
    "plain": TEXT,
    "gzip": gzip.compress(TEXT),
    "gzip of three members": b"".join(gzip.compress(TEXT[at::3]) for at in range(3)),
    "bzip2": bz2.compress(TEXT),
    "bzip2 of two members": bz2.compress(TEXT[:9]) + bz2.compress(TEXT[9:]),
    "zstandard": zstandard.compress(TEXT),
    "zstandard of two frames": zstandard.compress(TEXT[:9]) + zstandard.compress(TEXT[9:]),
}


def unpacked(data: bytes) -> tuple[bytes, Tally]:
    tally = Tally()
    return b"".join(plain(io.BytesIO(data), tally)), tally


@pytest.mark.parametrize("name", PACKED)
def test_every_compression_gives_the_text(name: str) -> None:
    found, tally = unpacked(PACKED[name])
    assert sorted(found) == sorted(TEXT) if "three" in name else found == TEXT
    assert tally.damage == ""


@pytest.mark.parametrize("name", ["gzip", "zstandard", "bzip2"])
def test_a_tail_that_was_cut_off_gives_what_came_before(name: str) -> None:
    found, _ = unpacked(PACKED[name][: len(PACKED[name]) * 3 // 4])
    assert TEXT.startswith(found)
    assert found or name == "bzip2"


def test_a_truncated_gzip_says_so() -> None:
    assert unpacked(PACKED["gzip"][:-40])[1].damage == "truncated"


def test_damage_in_the_middle_ends_the_stream_and_says_so() -> None:
    data = bytearray(PACKED["gzip"])
    data[len(data) // 2 : len(data) // 2 + 20] = b"\xff" * 20
    assert unpacked(bytes(data))[1].damage == "damaged"


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress, bz2.compress])
def test_a_bomb_is_stopped_in_little_memory(pack: Callable[[bytes], bytes]) -> None:
    bomb = pack(b"\0" * 100_000_000)
    tracemalloc.start()
    with pytest.raises(CompressionBomb):
        for _ in plain(io.BytesIO(bomb), Tally()):
            pass
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def split(data: bytes, size: int) -> list[Line]:
    return list(lines(iter([data[at : at + size] for at in range(0, len(data), size)])))


@given(st.lists(st.binary(max_size=20).map(lambda b: b.replace(b"\n", b"."))), st.integers(1, 9))
def test_lines_are_the_same_whatever_the_pieces(parts: list[bytes], size: int) -> None:
    data = b"".join(b"x" + part + b"\n" for part in parts)
    found = split(data, size)
    assert [line.data for line in found] == [b"x" + part for part in parts]
    for line in found:
        assert data[: line.end].endswith(line.data + b"\n")


OBJECTS = st.lists(
    st.dictionaries(st.text(max_size=4), st.text(max_size=8) | st.lists(st.integers())), max_size=6
)


@given(OBJECTS, st.integers(1, 30), st.sampled_from([None, 1]))
def test_elements_of_an_array_are_the_same_whatever_the_pieces(
    objects: list[dict[str, Any]], size: int, indent: int | None
) -> None:
    data = json.dumps(objects, indent=indent, ensure_ascii=False).encode()
    assert [json.loads(line.data) for line in split(data, size) if line.data] == objects


def test_a_line_of_a_megabyte_is_passed_over_and_the_next_one_read() -> None:
    found = split(b"a\n" + b"b" * 1_000_000 + b"\nc\n", 65536)
    assert [line.data for line in found] == [b"a", None, b"c"]
    assert found[-1].end == 1_000_005


def test_an_element_of_a_megabyte_is_passed_over_and_the_next_one_read() -> None:
    data = json.dumps([{"a": 1}, {"b": "x" * 1_000_000}, {"c": [2]}]).encode()
    found = split(data, 65536)
    assert [line.data for line in found] == [b'{"a": 1}', None, b'{"c": [2]}']


def test_a_line_as_long_as_allowed_is_read() -> None:
    assert split(b"a" * LONGEST_LINE + b"\n", 65536)[0].data is not None


def test_text_that_starts_with_a_bracket_is_lines() -> None:
    assert [line.data for line in split(b"[error] one\n[error] two\n", 8)][1] == b"[error] two"


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reading(data: bytes) -> None:
    for start in (b"", b"[{", b"\x1f\x8b\x08", b"BZh9", b"\x28\xb5\x2f\xfd"):
        for line in lines(plain(io.BytesIO(start + data), Tally())):
            assert line.data is None or len(line.data) <= LONGEST_LINE


def test_zlib_is_what_gzip_speaks() -> None:
    assert zlib.decompress(PACKED["gzip"], wbits=31) == TEXT
