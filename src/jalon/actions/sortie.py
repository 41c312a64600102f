"""Going out to an address that somebody typed: never inside a private network, never for long, never for much.

The name is resolved once, every address that it has is looked at, and the connection is made to the one that was looked at: a
name that changes its mind between the question and the connection leads nowhere. Each redirection is a new address, judged anew.
A host of the inside is reached only when whoever runs this installation has named it (`JALON_HOTES_INTERNES`).
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urljoin, urlsplit

from django.conf import settings

DUREE, OCTETS_MAX, REDIRECTIONS = 10.0, 5 * 1024 * 1024, 3
_BLOCK = 64 * 1024
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class SortieRefusee(Exception):
    """`code` says why, for the page; the address is never quoted."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True)
class Reponse:
    statut: int
    corps: bytes
    entetes: Mapping[str, str] = field(default_factory=dict)

    @property
    def etag(self) -> str:
        return self.entetes.get("etag", "")[:200]


def check_address(url: str) -> SplitResult:
    """The form alone, for a page: nothing is asked of the network."""
    if url.startswith("webcal://"):
        url = "https://" + url.removeprefix("webcal://")
    try:
        found = urlsplit(url)
        port = found.port
    except ValueError:
        raise SortieRefusee("adresse") from None
    host = found.hostname or ""
    if not host or len(url) > 2000 or any(c.isspace() or not c.isprintable() for c in url):
        raise SortieRefusee("adresse")
    if found.username or found.password:
        raise SortieRefusee("identifiants")
    if found.scheme != "https" and not (found.scheme == "http" and _is_allowed(host)):
        raise SortieRefusee("https")
    if port == 0:
        raise SortieRefusee("adresse")
    return found


def ask(
    methode: str,
    url: str,
    *,
    corps: bytes | None = None,
    entetes: Mapping[str, str] | None = None,
    identifiants: tuple[str, str] | None = None,
    octets_max: int = OCTETS_MAX,
) -> Reponse:
    """One exchange. Redirections are followed for reading only, and never with the password to another host."""
    deadline = time.monotonic() + DUREE
    sent = {"Accept-Encoding": "identity", "User-Agent": "Jalon", **(entetes or {})}
    if identifiants is not None:
        sent["Authorization"] = "Basic " + b64encode(":".join(identifiants).encode()).decode()
    first = check_address(url)
    where = first
    for _ in range(REDIRECTIONS + 1):
        answer = _exchange(methode, where, corps, sent, deadline, octets_max)
        if answer.statut not in (301, 302, 303, 307, 308) or "location" not in answer.entetes:
            return answer
        if methode != "GET":
            raise SortieRefusee("redirection")
        where = check_address(urljoin(where.geturl(), answer.entetes["location"]))
        if where.scheme == "http" and first.scheme == "https":
            raise SortieRefusee("https")
        if where.netloc != first.netloc:
            sent.pop("Authorization", None)
    raise SortieRefusee("redirection")


def _exchange(
    methode: str,
    where: SplitResult,
    corps: bytes | None,
    entetes: Mapping[str, str],
    deadline: float,
    octets_max: int,
) -> Reponse:
    host = where.hostname or ""
    port = where.port or (443 if where.scheme == "https" else 80)
    address = _resolve(host, port)
    connection = _Pinned(host, port, address, where.scheme == "https", _left(deadline))
    try:
        target = where.path or "/"
        connection.request(
            methode, f"{target}?{where.query}" if where.query else target, body=corps, headers=dict(entetes)
        )
        answer = connection.getresponse()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        return Reponse(answer.status, _read(answer, connection, deadline, octets_max), headers)
    except SortieRefusee:
        raise
    except ssl.SSLError:
        raise SortieRefusee("certificat") from None
    except TimeoutError:
        raise SortieRefusee("lent") from None
    except (OSError, http.client.HTTPException, ValueError):
        raise SortieRefusee("injoignable") from None
    finally:
        connection.close()


def _read(
    answer: http.client.HTTPResponse, connection: http.client.HTTPConnection, deadline: float, octets_max: int
) -> bytes:
    parts: list[bytes] = []
    size = 0
    while True:
        if connection.sock is not None:
            connection.sock.settimeout(_left(deadline))
        # One read of the socket at most: a server that drips cannot hold us past the deadline.
        block = answer.read1(_BLOCK)
        if not block:
            return b"".join(parts)
        parts.append(block)
        size += len(block)
        if size > octets_max:
            raise SortieRefusee("trop_gros")


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise SortieRefusee("lent")
    return left


def _resolve(host: str, port: int) -> str:
    """One address to connect to, when all that the name has are addresses of the outside."""
    try:
        found = {row[4][0] for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError):
        raise SortieRefusee("inconnu") from None
    if not found:
        raise SortieRefusee("inconnu")
    if not _is_allowed(host) and not all(is_outside(str(one)) for one in found):
        raise SortieRefusee("interne")
    return str(sorted(found, key=lambda one: (":" in str(one), str(one)))[0])


def is_outside(address: str) -> bool:
    """Neither here, nor on a private network, nor through a door that leads there."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is None and found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_outside(str(inner))
    return found.is_global and not found.is_multicast and not found.is_reserved


def _is_allowed(host: str) -> bool:
    return host.lower() in settings.JALON_HOTES_INTERNES


class _Pinned(http.client.HTTPConnection):
    """Connects to the address that was looked at; the certificate must still be the name's."""

    def __init__(self, host: str, port: int, address: str, secure: bool, timeout: float) -> None:
        super().__init__(host, port, timeout=timeout)
        self._address, self._secure = address, secure

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        if self._secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
