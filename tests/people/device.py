"""A device that makes and shows passkeys in software, so that tests walk the whole way without a browser (WebAuthn, ES256)."""

from __future__ import annotations

import hashlib
import json
import os
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

PRESENT, SURE, MADE = AuthenticatorData.FLAG.UP, AuthenticatorData.FLAG.UV, AuthenticatorData.FLAG.AT
ORIGIN = "https://testserver"


class Device:
    """One device with one passkey. `sure` says whether it asked its owner for a finger or a code."""

    def __init__(self, origin: str = ORIGIN, sure: bool = True) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = os.urandom(16)
        self.owner = b""
        self.origin = origin
        self.flags = PRESENT | SURE if sure else PRESENT

    def make(self, options: dict[str, Any]) -> str:
        """Return what a browser sends after making a passkey."""
        wanted = options["publicKey"]
        self.owner = websafe_decode(wanted["user"]["id"])
        public = ES256.from_cryptography_key(self.key.public_key())  # type: ignore[no-untyped-call]
        held = AttestedCredentialData.create(Aaguid.NONE, self.id, public)
        data = AuthenticatorData.create(self._host(wanted["rp"]["id"]), self.flags | MADE, 0, held)
        client = CollectedClientData.create("webauthn.create", websafe_decode(wanted["challenge"]), self.origin)
        return self._sent(clientDataJSON=client, attestationObject=AttestationObject.create("none", data, {}))

    def show(self, options: dict[str, Any]) -> str:
        """Return what a browser sends after showing it."""
        wanted = options["publicKey"]
        data = AuthenticatorData.create(self._host(wanted["rpId"]), self.flags, 1)
        client = CollectedClientData.create("webauthn.get", websafe_decode(wanted["challenge"]), self.origin)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._sent(clientDataJSON=client, authenticatorData=data, signature=signature, userHandle=self.owner)

    def _host(self, name: str) -> bytes:
        return hashlib.sha256(name.encode()).digest()

    def _sent(self, **response: bytes) -> str:
        packed = {name: websafe_encode(value) for name, value in response.items()}
        results = {"credProps": {"rk": True}}
        name = websafe_encode(self.id)
        return json.dumps(
            {"id": name, "rawId": name, "type": "public-key", "response": packed, "clientExtensionResults": results}
        )


def add_passkey(browser: Client, name: str = "My telephone", device: Device | None = None) -> Device:
    """Make a passkey at the page for it and return the device that has it."""
    device = device or Device()
    options = browser.post("/settings/ways-in/passkeys", {"challenge": "yes"}).json()
    sent = {"name": name, "credential": device.make(options)}
    assert browser.post("/settings/ways-in/passkeys", sent).status_code == 302
    return device


def show_passkey(browser: Client, path: str, device: Device) -> Any:
    """Show a passkey at a page that asks for one, and return the answer."""
    return browser.post(path, {"credential": device.show(browser.post(path, {"challenge": "yes"}).json())})
