"""An identity provider that says which address is somebody's, by OpenID Connect: code flow with state, nonce and PKCE.

It is believed where its ID token bears its own signature, for this house, for this very way in. Nothing it says is kept but the
address. What it sends is an attacker's until that is proven: whatever is odd about it signs nobody in (T33).
"""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_plus, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from goodword.ground.keys import new_token

PATIENCE = 5.0  # seconds for one answer: somebody waits, and so does a thread of ours
LARGEST = 512 * 1024
SLACK = 60  # seconds by which two clocks may differ
SCOPE = "openid email"
# Signatures by a key that the provider alone has; never one made with a secret that we have too.
SIGNATURES = [f"{kind}{size}" for kind in ("RS", "PS", "ES") for size in (256, 384, 512)] + ["EdDSA"]
NEAR = ("localhost", "127.0.0.1", "::1")
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass(frozen=True, slots=True)
class Provider:
    """An identity provider, as the settings name it."""

    issuer: str
    client: str
    secret: str = field(repr=False)
    name: str


class NobodySignedIn(Exception):
    """The provider signs nobody in. Says why in words for whoever runs the server, never of whom."""


class NoAddress(NobodySignedIn):
    """The provider does not say that an address is theirs."""


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *args: object) -> None:
        """Follow nothing: what is asked for lies where the provider says."""


def is_safe(address: str) -> bool:
    """Whether an address is one to send secrets to: by TLS, or on this machine."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return False
    plain = address.isascii() and address.isprintable() and not set(address) & set(" \"'<>\\^`{|}")
    secure = parts.scheme == "https" or (parts.scheme == "http" and host in NEAR)
    return bool(plain and secure and host and "@" not in parts.netloc and not parts.fragment)


def _fetch(address: str, sends: Mapping[str, str] | None = None, **headers: str) -> dict[str, Any]:
    """Return the JSON that lies at an address, or that answers a form."""
    body = urlencode(sends).encode() if sends else None
    asks = Request(address, body, {"Accept": "application/json", "User-Agent": "Goodword", **headers})  # noqa: S310 - see is_safe
    try:
        with build_opener(_NoRedirect).open(asks, timeout=PATIENCE) as answer:
            found = json.loads(answer.read(LARGEST))
    except (OSError, ValueError, RecursionError, http.client.HTTPException) as trouble:
        status = getattr(trouble, "code", None) or type(trouble).__name__
        raise NobodySignedIn(f"{urlsplit(address).hostname} does not answer as it should ({status})") from trouble
    if not isinstance(found, dict):
        raise NobodySignedIn(f"{urlsplit(address).hostname} does not answer as it should")
    return found


def metadata_of(provider: Provider) -> dict[str, Any]:
    """Return what the provider says of itself (OpenID Connect Discovery 1.0). Raises NobodySignedIn where that can't be used."""
    known = _fetch(provider.issuer.rstrip("/") + "/.well-known/openid-configuration")
    if known.get("issuer") != provider.issuer:
        raise NobodySignedIn(f"it calls itself {str(known.get('issuer'))[:200]!r}, and not {provider.issuer!r}")
    for name in ENDPOINTS:
        if not isinstance(known.get(name), str) or not is_safe(known[name]):
            raise NobodySignedIn(f"its {name} is none that could be used")
    return known


def keys_of(known: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the keys the provider signs with. Raises NobodySignedIn where there are none."""
    keys = _fetch(known["jwks_uri"]).get("keys")
    ours = [one for one in keys if isinstance(one, dict)] if isinstance(keys, list) else []
    signing = [one for one in ours if one.get("use", "sig") == "sig"]
    if not signing:
        raise NobodySignedIn("it shows no key that it signs with")
    return signing


def new_request() -> dict[str, str]:
    """Return what binds an answer to the browser that asked for it: three secrets for its session to keep."""
    return {"state": new_token(), "nonce": new_token(), "verifier": new_token()}


def way_there(provider: Provider, asked: Mapping[str, str], back: str) -> str:
    """Return the provider's page on which somebody signs in; `back` is ours, which it answers to."""
    challenge = hashlib.sha256(asked["verifier"].encode()).digest()
    query = {
        "response_type": "code",
        "client_id": provider.client,
        "redirect_uri": back,
        "scope": SCOPE,
        "state": asked["state"],
        "nonce": asked["nonce"],
        "code_challenge": base64.urlsafe_b64encode(challenge).decode().rstrip("="),
        "code_challenge_method": "S256",
    }
    page: str = metadata_of(provider)["authorization_endpoint"]
    return page + ("&" if "?" in page else "?") + urlencode(query)


def address_of(provider: Provider, asked: Mapping[str, str], code: str, back: str) -> str:
    """Return the address that the provider says is theirs who come back with this code. Raises NobodySignedIn."""
    known = metadata_of(provider)
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": asked["verifier"]}
    tokens = _fetch(known["token_endpoint"], **_who_asks(provider, known, form))
    said = claims_of(provider, known, str(tokens.get("id_token", "")), asked["nonce"])
    if "email" not in said or "email_verified" not in said:
        said = _more(known, tokens, said)
    address = said.get("email")
    verified = said.get("email_verified") is True or said.get("email_verified") == "true"
    if not isinstance(address, str) or not verified:
        raise NoAddress("it names no address, or does not say that it is verified")
    return address


def _who_asks(provider: Provider, known: Mapping[str, Any], form: dict[str, str]) -> dict[str, Any]:
    """Return the form that asks for tokens with what shows that it is us: in a header, unless the provider takes it in the form
    alone."""
    ways = known.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    if "client_secret_basic" not in ways:
        return {"sends": {**form, "client_id": provider.client, "client_secret": provider.secret}}
    pair = f"{quote_plus(provider.client)}:{quote_plus(provider.secret)}".encode()
    return {"sends": form, "Authorization": "Basic " + base64.b64encode(pair).decode()}


def _more(known: Mapping[str, Any], tokens: Mapping[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    """Return what the provider says of the same somebody where it is asked apart (`userinfo`)."""
    where = known.get("userinfo_endpoint")
    if not isinstance(where, str) or not is_safe(where):
        return said
    more = _fetch(where, Authorization=f"Bearer {tokens.get('access_token', '')}")
    if more.get("sub") != said["sub"]:
        raise NobodySignedIn("its userinfo is about somebody else")
    return {**said, "email": more.get("email"), "email_verified": more.get("email_verified")}


def claims_of(provider: Provider, known: Mapping[str, Any], token: str, nonce: str) -> dict[str, Any]:
    """Return what an ID token says, if the provider signed it, for us, and for this way in. Raises NobodySignedIn."""
    import jwt  # four megabytes that nobody pays for where no provider is set

    keys = keys_of(known)
    try:
        kid = jwt.get_unverified_header(token).get("kid")
        [key] = [one for one in keys if kid is None or one.get("kid") == kid]
        said: dict[str, Any] = jwt.decode(
            token,
            jwt.PyJWK.from_dict(key).key,
            algorithms=SIGNATURES,
            audience=provider.client,
            issuer=provider.issuer,
            leeway=SLACK,
            options={"require": ["iss", "sub", "aud", "exp", "iat"]},
        )
    except (jwt.PyJWTError, ValueError, TypeError, LookupError, RecursionError) as odd:
        raise NobodySignedIn(f"its ID token does not hold ({type(odd).__name__})") from odd
    if said.get("nonce") != nonce:
        raise NobodySignedIn("its ID token is for another way in")
    party = said.get("azp", provider.client if said["aud"] in (provider.client, [provider.client]) else None)
    if party != provider.client:
        raise NobodySignedIn("its ID token is for somebody else")
    return said
