"""Secrets: from a setting, or from a file of the secrets directory."""

from pathlib import Path

from pydantic import SecretStr

from octavo.errors import SettingsError


def read_secret(said: SecretStr, name: str, folder: str, setting: str) -> str:
    """Give what is said, or what the file called `name` holds; "" when there is neither. `setting` is what named the
    file. Raises SettingsError when it cannot be read."""
    if not name:
        return said.get_secret_value()
    if not folder:
        raise SettingsError(f"setting {setting}: {name} is looked for in secrets_dir, which is not set")
    place = Path(folder) / name
    try:
        secret = place.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeError):
        raise SettingsError(f"setting {setting}: the secret cannot be read from {place}") from None
    if not secret.isascii() or not secret.isprintable():
        raise SettingsError(f"setting {setting}: what {place} holds is no line of ASCII")
    return secret
