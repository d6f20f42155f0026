"""Nothing on this machine translates."""

from octavo.ports.translator import NoTranslator


class OffTranslator(NoTranslator):
    """The translator of an instance that names none."""
