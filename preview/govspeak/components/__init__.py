"""The parts of a page that stand in a text: buttons, attachments, contacts."""
