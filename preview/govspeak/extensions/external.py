"""Links that say they lead elsewhere: `x[text](address)x`."""

from __future__ import annotations

from preview.govspeak.extensions.registry import Context, lines_between, surrounded

OPENED, CLOSED = lines_between("x[", ")x")


@surrounded(40, OPENED, CLOSED)
def external(context: Context, body: str) -> str:
    """Write the link."""
    return context.markdown(f"[{body.strip()}){{:rel='external'}}")
