# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Sends webhooks, and never into our own network: the name is looked up once and every address must be public.

The connection goes to the very address that was looked at (a name that changes its mind meanwhile changes nothing),
over TLS for the name, without redirects, and little of the answer is read.
"""

import http.client
import ipaddress
import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import SplitResult, urlsplit

from recourse.core.port import HookAnswer
from recourse.gateways.outgoing import connect, cut_off, resolve

TIMEOUT = 10  # seconds, for connecting, and once more for the whole of the rest
# Of a name with many addresses so many are tried.
_ADDRESSES_MAX = 4
_READ_MAX = 16_384
Resolve = Callable[[str, int], Sequence[str]]


class WebhookSender:
    """`Hooks` over HTTP. `private` lets it reach this machine and private networks, and plain http: for tests alone."""

    def __init__(self, *, private: bool = False, look_up: Resolve = resolve) -> None:
        self._private = private
        self._look_up = look_up
        self._tls = ssl.create_default_context()

    def takes(self, url: str) -> bool:
        """Whether an address may be sent to at all, as far as its spelling says: the rule of the door and of `send`."""
        return _parts(url, private=self._private) is not None

    def send(self, *, url: str, headers: Mapping[str, str], body: bytes) -> HookAnswer:
        """One try. What went wrong is a word: bad_url, name_unknown, address_refused, timeout, tls, unreachable."""
        begun = time.monotonic()

        def answered(status: int | None, error: str = "", retry_after: int = 0) -> HookAnswer:
            return HookAnswer(status, round((time.monotonic() - begun) * 1000), error, retry_after)

        parts = _parts(url, private=self._private)
        if parts is None:
            return answered(None, "bad_url")
        host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
        try:
            addresses = self._look_up(host, port)
        except TimeoutError:
            return answered(None, "timeout")
        except (OSError, UnicodeError):
            return answered(None, "name_unknown")
        if not addresses or not all(self._private or is_public(item) for item in addresses):
            return answered(None, "address_refused")
        try:
            status, retry_after = self._post(parts, host, port, addresses, headers, body)
            return answered(status, retry_after=retry_after)
        except TimeoutError:
            return answered(None, "timeout")
        except ssl.SSLError:
            return answered(None, "tls")
        except (OSError, http.client.HTTPException, ValueError):
            return answered(None, "unreachable")

    def _post(
        self,
        parts: SplitResult,
        host: str,
        port: int,
        addresses: Sequence[str],
        headers: Mapping[str, str],
        body: bytes,
    ) -> tuple[int, int]:
        plain = connect(addresses[:_ADDRESSES_MAX], port, seconds=TIMEOUT)
        with cut_off(plain, seconds=TIMEOUT):
            try:
                connected = (
                    self._tls.wrap_socket(plain, server_hostname=host) if parts.scheme == "https" else plain
                )
            except BaseException:
                plain.close()
                raise
            connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
            # A port that goes without saying is not said in the Host header; some receivers match it by the letter.
            connection.default_port = _PORTS[parts.scheme]
            connection.sock = connected
            try:
                target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
                connection.request("POST", target, body=body, headers=dict(headers))
                answer = connection.getresponse()
                answer.read(_READ_MAX)
                return answer.status, _seconds(answer.getheader("retry-after"))
            finally:
                connection.close()


def _seconds(asked: str | None) -> int:
    """`Retry-After` in seconds (RFC 9110 §10.2.3); 0 for none, and for a date, which would need their clock."""
    return int(asked) if asked is not None and asked.isascii() and asked.isdigit() and len(asked) < 8 else 0


def is_public(address: str) -> bool:
    """Whether an address lies in the public network: not ours, not this machine, no metadata service, no multicast."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner: ipaddress.IPv4Address | None = None
    if isinstance(found, ipaddress.IPv6Address):
        if found.is_site_local:
            return False
        # An IPv4 address in another dress is judged by what it is.
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
    if inner is not None:
        return inner.is_global and not inner.is_multicast
    return found.is_global and not found.is_multicast and not found.is_reserved


_PORTS = {"https": 443, "http": 80}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def _parts(url: str, *, private: bool) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    schemes = {"https", "http"} if private else {"https"}
    clean = url.isascii() and url.isprintable() and " " not in url and "\\" not in url
    if parts.scheme not in schemes or not parts.hostname or parts.username is not None or not clean:
        return None
    return parts if port is None or port > 0 else None
