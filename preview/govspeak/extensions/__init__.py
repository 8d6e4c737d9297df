"""The extensions of Govspeak: a module each, registering itself with its place in the order."""

from preview.govspeak.extensions import (
    address,
    attachments,
    barchart,
    boxes,
    button,
    contact,
    devolved,
    embedded_link,
    external,
    images,
    legislative_list,
    nested,
    notices,
    steps,
)

__all__ = [
    "address",
    "attachments",
    "barchart",
    "boxes",
    "button",
    "contact",
    "devolved",
    "embedded_link",
    "external",
    "images",
    "legislative_list",
    "nested",
    "notices",
    "steps",
]
