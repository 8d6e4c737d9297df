"""What a content item must be: reading JSON strictly, canonical form, violations.

Public: `parse_json`, `canonical`, `fingerprint`, `validate`, `links_violations`,
`unpublishing_violations` and the dataclasses they return.

Source: alphagov/publishing-api `content_schemas/` and `app/validators/`; RFC 8259, RFC 6901.
"""

from preview.schemas.content import DraftContent, Validation, validate
from preview.schemas.proposals import links_violations, unpublishing_violations
from preview.schemas.reading import canonical, fingerprint, parse_json
from preview.schemas.registry import LOCALES
from preview.schemas.violation import Violation

__all__ = [
    "LOCALES",
    "DraftContent",
    "Validation",
    "Violation",
    "canonical",
    "fingerprint",
    "links_violations",
    "parse_json",
    "unpublishing_violations",
    "validate",
]
