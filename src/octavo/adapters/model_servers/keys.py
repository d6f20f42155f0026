"""The key of a model's server: from settings, or from a file of the secrets directory."""

from pathlib import Path

from octavo.config import EmbeddingSettings, ModelSettings
from octavo.errors import SettingsError


def key_of(settings: ModelSettings | EmbeddingSettings, secrets_dir: str) -> str:
    """Give the key of a server; "" when it has none. Raises SettingsError when its file cannot be read."""
    if not settings.key_name:
        return settings.key.get_secret_value()
    if not secrets_dir:
        raise SettingsError(
            f"setting key_name: {settings.key_name} is looked for in models.secrets_dir, which is not set"
        )
    place = Path(secrets_dir) / settings.key_name
    try:
        key = place.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeError):
        raise SettingsError(f"setting key_name: the key cannot be read from {place}") from None
    if not key.isascii() or not key.isprintable():
        raise SettingsError(f"setting key_name: what {place} holds is no line of ASCII")
    return key
