"""Links that say they lead elsewhere: `x[text](address)x`."""

from __future__ import annotations

from preview.govspeak.extensions.registry import Context, surrounded


@surrounded(40, "x[", r"(?:\r|\n|^)x\[", r"\)x")
def external(context: Context, body: str) -> str:
    """Write the link."""
    return context.markdown(f"[{body.strip()}){{:rel='external'}}")
