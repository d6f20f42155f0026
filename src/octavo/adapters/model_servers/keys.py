"""The key of a model's server: from settings, or from a file of the secrets directory."""

from pathlib import Path

from octavo.config import ModelSettings, ModelsSettings
from octavo.errors import SettingsError


def key_of(settings: ModelsSettings, model: ModelSettings) -> str:
    """Give a model's key; "" when it has none. Raises SettingsError when its file cannot be read."""
    if not model.key_name:
        return model.key.get_secret_value()
    if not settings.secrets_dir:
        raise SettingsError(f"setting models: {model.name} has a key_name, so models.secrets_dir must be set")
    place = Path(settings.secrets_dir) / model.key_name
    try:
        key = place.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeError):
        raise SettingsError(f"setting models: the key of {model.name} cannot be read from {place}") from None
    if not key.isascii() or not key.isprintable():
        raise SettingsError(f"setting models: the key of {model.name} in {place} is no line of ASCII")
    return key
