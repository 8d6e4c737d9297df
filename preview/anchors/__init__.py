"""Where the passage that a comment is about stands in another version of the page.

* `Passages.of(html)` reads a version once; `.anchor(start, end)` and `.anchor_block(at)` make the
  anchor of a passage or a whole block, `.blocks` is what a reader chooses a paragraph from.
* `Anchor` is what is stored: quote, what stands before and after, where. `Anchor.from_selector` and
  `.selector` speak the Web Annotation form that a browser sends; a browser's own anchor is placed
  in the version that it was made on first, and what `Passages.anchor` says then is stored.
* `place(anchor, passages)` → `Placement`: exact, moved, changed (with a score) or lost, with a
  sentence. A passage that may be another one is lost: better on the shelf than in a wrong place.

Source: W3C Web Annotation Data Model, 4.2.4 “Text Quote Selector”.
"""

from __future__ import annotations

from preview.anchors.anchor import Anchor
from preview.anchors.passages import Passages
from preview.anchors.place import place
from preview.anchors.placement import Placement

__all__ = ["Anchor", "Passages", "Placement", "place"]
