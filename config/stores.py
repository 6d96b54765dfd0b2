"""Where files lie that people add: in the database, or in a store of the host's."""

import re
from pathlib import Path
from urllib.parse import parse_qs, unquote

from config import environment
from goodword.ground.stores import Bucket, Folder, Store


def store() -> Store | None:
    """Return the store for files: the folder of GOODWORD_FILES_FOLDER, or the bucket of GOODWORD_FILES_S3_URL; None where neither
    is named: files lie in the database. The sentence never repeats what was written.
    """
    folder, url = environment.value("GOODWORD_FILES_FOLDER"), environment.value("GOODWORD_FILES_S3_URL")
    if folder and url:
        raise environment.WrongSetting(
            "GOODWORD_FILES_FOLDER and GOODWORD_FILES_S3_URL are both set: leave one of them out."
        )
    if folder:
        if not Path(folder).is_absolute():
            raise environment.WrongSetting("GOODWORD_FILES_FOLDER: write the whole path, such as /srv/goodword-files.")
        return Folder(Path(folder))
    return _bucket(url) if url else None


def _bucket(url: str) -> Bucket:
    parts = environment.split(url)
    key, secret, bucket = unquote(parts.username or ""), unquote(parts.password or ""), parts.path.strip("/")
    near = parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1", "::1")
    region = parse_qs(parts.query).get("region", ["us-east-1"])[0]
    fit = re.fullmatch(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", bucket) and re.fullmatch(r"[a-z0-9-]{1,40}", region)
    said = parts.hostname and re.fullmatch(r"[!-~]+ [!-~]+", f"{key} {secret}")
    if not (parts.scheme == "https" or near) or not fit or not said:
        raise environment.WrongSetting(
            "GOODWORD_FILES_S3_URL: write https://key:secret@s3.example/bucket?region=eu-central-1 with signs such as / + : in key"
            " and secret as %2F %2B %3A; the region is us-east-1 where it is left out; http:// is for this machine only."
        )
    return Bucket(parts.netloc.rpartition("@")[2], bucket, key, secret, region, not near)
