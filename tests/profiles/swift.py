"""A real server that speaks S3: Debian's OpenStack Swift, its four programs on this machine alone, in a folder of its own."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

KINDS = ("account", "container", "object")
KEY, SECRET, BUCKET = "house:files", "a-secret/of+theirs", "goodword-files"
PATIENCE = 60.0
RINGS = """
import sys
from swift.common.ring import RingBuilder
for kind, port in zip(sys.argv[2::2], sys.argv[3::2]):
    ring = RingBuilder(4, 1, 1)
    ring.add_dev({"region": 1, "zone": 1, "ip": "127.0.0.1", "port": int(port), "device": "disk", "weight": 1.0})
    ring.rebalance()
    ring.get_ring().save(f"{sys.argv[1]}/{kind}.ring.gz")
"""
COMMON = """[DEFAULT]
bind_ip = 127.0.0.1
bind_port = {port}
workers = 0
user = root
swift_dir = {folder}
devices = {folder}/devices
mount_check = false
log_level = ERROR
log_address = {folder}/no-log
fallocate_reserve = 0
"""
STORING = """[pipeline:main]
pipeline = {kind}-server
[app:{kind}-server]
use = egg:swift#{kind}
recon_cache_path = {folder}
"""
# The proxy asks for a cache and goes on without one: nobody listens on port 9.
ANSWERING = """[pipeline:main]
pipeline = catch_errors gatekeeper cache listing_formats s3api tempauth slo dlo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:9
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:slo]
use = egg:swift#slo
[filter:dlo]
use = egg:swift#dlo
[filter:s3api]
use = egg:swift#s3api
location = us-east-1
[filter:tempauth]
use = egg:swift#tempauth
user_house_files = {secret} .admin
"""


def missing() -> list[str]:
    """Return the programs that are not there."""
    return [name for name in (f"swift-{kind}-server" for kind in (*KINDS, "proxy")) if shutil.which(name) is None]


@contextlib.contextmanager
def swift(folder: Path) -> Iterator[str]:
    """Run it in an empty folder that takes extended attributes; give its host and port, and end it afterwards.

    Raises OSError where it does not come up, with what it said last.
    """
    ports = {kind: _free_port() for kind in (*KINDS, "proxy")}
    _configure(folder, ports)
    with contextlib.ExitStack() as running:
        for kind in ports:
            log = running.enter_context((folder / f"{kind}.log").open("wb"))
            argv = [shutil.which(f"swift-{kind}-server") or "", str(folder / f"{kind}.conf"), "-v"]
            process = subprocess.Popen(argv, stdout=log, stderr=log, start_new_session=True)
            running.callback(process.wait)
            running.callback(process.kill)
        for kind, port in ports.items():
            _wait(port, folder / f"{kind}.log")
        yield f"127.0.0.1:{ports['proxy']}"


def _configure(folder: Path, ports: dict[str, int]) -> None:
    (folder / "devices" / "disk").mkdir(parents=True)
    (folder / "swift.conf").write_text("[swift-hash]\nswift_hash_path_suffix = a\nswift_hash_path_prefix = b\n")
    stores = [word for kind in KINDS for word in (kind, str(ports[kind]))]
    subprocess.run(["/usr/bin/python3", "-c", RINGS, str(folder), *stores], check=True, capture_output=True, timeout=60)
    for kind, port in ports.items():
        more = ANSWERING if kind == "proxy" else STORING
        text = COMMON.format(port=port, folder=folder) + more.format(kind=kind, folder=folder, secret=SECRET)
        (folder / f"{kind}.conf").write_text(text)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait(port: int, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        if time.monotonic() > until:
            raise OSError(log.read_text(errors="replace")[-1000:])
        time.sleep(0.1)
