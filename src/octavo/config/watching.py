"""Settings for those who watch over an instance: who may read its figures."""

from ipaddress import ip_address, ip_network

from pydantic import Field, SecretStr, field_validator

from octavo.config.groups import Group, Secret


class MetricsSettings(Group):
    """Figures at /metrics, in Prometheus' text format (see `docs/howto/watch-it.md`). There are none by default."""

    networks: tuple[str, ...] = Field(
        (),
        description="Networks that may read them, such as 10.1.0.0/16: by the address that connects, and never "
        "through a proxy. None: only who knows the token.",
    )
    token: Secret = Field(SecretStr(""), description="What lets a reader in from anywhere: Authorization: Bearer ….")
    token_name: str = Field(
        "", pattern=r"^[A-Za-z0-9._-]*$", description="File in secrets_dir that holds the token, instead of it."
    )

    @field_validator("networks")
    @classmethod
    def _are_networks(cls, networks: tuple[str, ...]) -> tuple[str, ...]:
        for one in networks:
            ip_network(one)
        return networks

    @field_validator("token")
    @classmethod
    def _is_long(cls, token: SecretStr) -> SecretStr:
        if token and len(token.get_secret_value()) < 16:
            raise ValueError("a token has 16 characters at least")
        return token

    @property
    def on(self) -> bool:
        """Whether there is such an address at all."""
        return bool(self.networks or self.token or self.token_name)

    def lets_in(self, host: str) -> bool:
        """Tell whether an address lies in one of the networks."""
        try:
            address = ip_address(host)
        except ValueError:
            return False
        address = getattr(address, "ipv4_mapped", None) or address
        return any(address in ip_network(one) for one in self.networks)


class TracesSettings(Group):
    """Traces, sent by OTLP to whoever gathers them (see `docs/howto/watch-it.md`). There are none by default."""

    address: str = Field(
        "",
        pattern=r"^$|^https?://[^\s/@?#]+(/[^\s@?#]*)?$",
        description="Where they are sent, over HTTP: http://127.0.0.1:4318/v1/traces. Empty: there are none. Needs "
        "`octavo[traces]`.",
    )
    share: float = Field(1.0, ge=0, le=1, description="Share of pages and jobs that are traced.")
    service: str = Field("octavo", min_length=1, max_length=64, description="What this instance is called in them.")
