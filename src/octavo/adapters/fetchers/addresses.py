"""Which network addresses may be connected to: public ones, and those the instance's owner allows."""

import ipaddress
import socket
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from octavo.errors import SettingsError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_UNICAST = ipaddress.IPv6Network("2000::/3")  # all that IANA has given out; Python calls more than that global
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052
_LATER = (ipaddress.IPv6Network("3fff::/20"),)  # documentation since RFC 9637: not every Python knows
_LOOPBACK = (ipaddress.IPv4Address("127.0.0.1"), ipaddress.IPv6Address("::1"))


@dataclass(frozen=True, slots=True)
class _Allowed:
    network: Network
    port: int | None


class Guard:
    """Decides about addresses. `allow` names networks that are not public but may be reached: "10.1.0.0/16", or one
    port of them, "127.0.0.1/32:8010". Raises SettingsError when one of them cannot be read."""

    def __init__(self, allow: Iterable[str] = ()) -> None:
        self._allowed = tuple(_read(entry) for entry in allow)

    def permits(self, host: str, port: int) -> bool:
        """Tell whether the numeric address `host` may be connected to on `port`."""
        try:
            address = ipaddress.ip_address(host.partition("%")[0])
        except ValueError:
            return False
        return is_public(address) or self._is_allowed(address, port)

    def permits_name(self, host: str, port: int) -> bool:
        """Tell whether a URL may name `host` at all: any name may, but not the address of a private place.

        Needed because behind a proxy no address is seen, and to refuse early. Names under "localhost" are loopback
        (RFC 6761 §6.3); what they and other names really lead to is checked again when the connection is made.
        """
        literals = tuple(_literals(host))
        return not literals or any(is_public(one) or self._is_allowed(one, port) for one in literals)

    def is_inside(self, host: str, port: int) -> bool:
        """Tell whether `host` is written as an address that is not public, yet allowed."""
        return any(not is_public(one) and self._is_allowed(one, port) for one in _literals(host))

    def _is_allowed(self, address: Address, port: int) -> bool:
        mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
        for one in self._allowed:
            if one.port in (None, port) and (address in one.network or (mapped is not None and mapped in one.network)):
                return True
        return False


def is_public(address: Address) -> bool:
    """Tell whether an address is one any host on the internet could have.

    Addresses that carry an IPv4 address inside (mapped, NAT64, 6to4) are judged by that one; Teredo is refused.
    """
    if isinstance(address, ipaddress.IPv4Address):
        return address.is_global and not address.is_multicast and not address.is_reserved
    inner = address.ipv4_mapped or address.sixtofour
    if address in _NAT64:
        inner = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    if inner is not None:
        return is_public(inner)
    known = address in _UNICAST and not any(address in network for network in _LATER)
    return known and address.is_global and address.teredo is None


def _literals(host: str) -> Iterator[Address]:
    """Read a host of a URL that is an address in itself, in any of the ways resolvers read one ("127.1", "0x7f.1")."""
    name = host.strip("[]").rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        yield from _LOOPBACK
        return
    try:
        yield ipaddress.ip_address(name)
        return
    except ValueError:
        pass
    try:
        yield ipaddress.IPv4Address(socket.inet_aton(name))
    except (OSError, ValueError):
        return


def _read(entry: str) -> _Allowed:
    text = entry.strip()
    for whole, port in ((text, ""), text.rsplit(":", 1) if ":" in text else (text, "")):
        try:
            network = ipaddress.ip_network(whole.strip("[]"), strict=False)
        except ValueError:
            continue
        if not port:
            return _Allowed(network, None)
        if port.isascii() and port.isdigit() and 0 < int(port) < 65536:
            return _Allowed(network, int(port))
    raise SettingsError(
        f"setting fetch.allow_networks: {entry!r} is not a network such as 10.1.0.0/16 or 127.0.0.1/32:8010"
    )
