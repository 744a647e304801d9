"""Which addresses are on the public internet, whatever their spelling."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

# What ipaddress calls global and is not for us: addresses that carry another one inside, and a cloud's own services.
CARRIERS = tuple(map(ip_network, ("2002::/16", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "::/96", "fec0::/10")))
SERVICES = tuple(map(ip_network, ("168.63.129.16/32", "192.88.99.0/24", "192.0.0.0/24")))


def is_public(address: str) -> bool:
    """Whether an address, as a resolver writes it, is one of the public internet.

    Not: private, loopback, link-local, shared (CGNAT), multicast, reserved and unspecified ones, the metadata services
    of clouds, and IPv6 addresses that stand for an IPv4 one (mapped, compatible, 6to4, NAT64, Teredo).
    """
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if not found.is_global or found.is_multicast or found.is_reserved or found.is_unspecified:
        return False
    return _stands_for_itself(found)


def _stands_for_itself(found: IPv4Address | IPv6Address) -> bool:
    if isinstance(found, IPv6Address) and (found.ipv4_mapped is not None or found.scope_id is not None):
        return False
    return not any(found in network for network in (*CARRIERS, *SERVICES) if network.version == found.version)
