"""Text for XML documents: without the characters that XML 1.0 forbids, which make readers refuse a whole feed."""

import re

_NEVER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def never_xml(text: str) -> str:
    """Leave out what may not stand in an XML document, however it is written."""
    return _NEVER.sub("", text)
