"""Every adapter settings can name is there; a wrong name is answered with those there are."""

import pytest

from octavo.adapters import registry
from octavo.errors import SettingsError


@pytest.mark.parametrize(("port", "name"), [(port, name) for port, names in registry.KNOWN.items() for name in names])
def test_every_known_adapter_can_be_had(port: str, name: str) -> None:
    assert isinstance(registry.find(port, name), type)


def test_an_unknown_name_is_answered_with_those_there_are() -> None:
    with pytest.raises(SettingsError, match="there is no adapter called 'faiss'; there are exact"):
        registry.find("vector_index", "faiss")
