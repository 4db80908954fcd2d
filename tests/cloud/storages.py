"""Local servers that speak as the storages do, each in a process of its own: Amazon's, Google's, Microsoft's.

A server has an address for inputs and outputs (`root`), what a run needs to know of it (`env`), and ways to put and fetch
objects that are not the program's.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[2]
#: A program built with the feature `cloud`.
BIN = os.environ.get("YUSUAN_BIN", str(ROOT / "target/release/yusuan"))

#: A clock that is behind: what stands on that server was written so many seconds before it was put.
LATE = """
import datetime, sys
import moto.s3.models as models
from moto.server import main
late, now = datetime.timedelta(seconds=int(sys.argv.pop(1))), models.utcnow
models.utcnow = lambda: now() - late
sys.exit(main(sys.argv[1:]))
"""


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def no_server():
    """An address at which nobody listens."""
    return f"http://127.0.0.1:{free_port()}"


class Server:
    """A server's process, and the folder of its log and its objects."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir(parents=True)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "server.log"
        usual = {"TMPDIR": str(folder), "LANG": "en_US.UTF-8", "no_proxy": "127.0.0.1"}
        # Nothing of who runs this: an account of one's own would be asked for.
        others = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "GOOGLE_", "AZURE_"))}
        self.env = {**others, **usual, **self.told()}
        self.begin()

    def begin(self):
        with self.log.open("a") as log:
            self.process = subprocess.Popen(self.command(), stdout=log, stderr=log, env=self.env)
        for _ in range(300):
            try:
                urllib.request.urlopen(self.url + self.HELLO, timeout=1)
                return
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(f"{self.command()[0]} does not answer: {self.log.read_text()[-500:]}")

    def end(self):
        # Azurite writes down what it holds when it is asked to end.
        self.process.terminate()
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def run(self, *words, **env):
        return subprocess.run([BIN, *words, "--lang", "en"], env={**self.env, **env}, capture_output=True, text=True)

    def put_folder(self, folder, prefix):
        for path in folder.rglob("*"):
            if path.is_file():
                self.put(f"{prefix}/{path.relative_to(folder)}", path.read_bytes())

    def fetch(self, prefix, folder):
        for name in self.names(prefix):
            path = folder / name[len(prefix) + 1:]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(self.get(name))


class Amazon(Server):
    """moto. With `late` its clock is behind; `guard` makes it ask who somebody is."""

    SCHEME, NAME, HELLO = "s3", "moto", "/moto-api/"
    root = "s3://bucket"

    def __init__(self, folder, late=0):
        self.late = late
        super().__init__(folder)
        import boto3

        keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "us-east-1"}
        self.s3 = boto3.client("s3", endpoint_url=self.url, **keys)
        self.s3.create_bucket(Bucket="bucket")

    def told(self):
        keys = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}
        return {**keys, "AWS_ENDPOINT_URL": self.url}

    def command(self):
        return [sys.executable, "-c", LATE, str(self.late), "-H", "127.0.0.1", "-p", str(self.port)]

    def requests(self):
        """Method, address and status of each request so far."""
        return re.findall(r'"(GET|PUT|POST|HEAD|DELETE) (\S+) HTTP/1.1" (\d+)', self.log.read_text())

    def guard(self):
        """From now on nobody is let in whom the server does not know, and it knows nobody."""
        self.ask_of_all(b"0")

    def open_to_all(self):
        self.ask_of_all(b"inf")

    def ask_of_all(self, after):
        """After so many requests everybody is asked who they are."""
        where, kind = self.url + "/moto-api/reset-auth", {"Content-Type": "text/plain"}
        urllib.request.urlopen(urllib.request.Request(where, data=after, method="POST", headers=kind))

    def put(self, name, data):
        self.s3.put_object(Bucket="bucket", Key=name, Body=data)

    def get(self, name):
        return self.s3.get_object(Bucket="bucket", Key=name)["Body"].read()

    def delete(self, name):
        self.s3.delete_object(Bucket="bucket", Key=name)

    def names(self, prefix):
        pages = self.s3.get_paginator("list_objects_v2").paginate(Bucket="bucket", Prefix=prefix + "/")
        return [one["Key"] for page in pages for one in page.get("Contents", [])]


class Google(Server):
    """A server of our own (`google.py`): those that can be installed don't know the requests of Google's XML interface by which
    objects are written, which are what the program sends."""

    SCHEME, NAME, HELLO = "gs", "google.py", "/"
    root = "gs://bucket"
    KEY = "let me in"

    @staticmethod
    def is_there():
        return True

    def told(self):
        return {"GOOGLE_BASE_URL": self.url, "GOOGLE_BEARER_TOKEN": self.KEY}

    def command(self):
        return [sys.executable, str(Path(__file__).with_name("google.py")), str(self.port), str(self.folder / "objects"), self.KEY]

    def ask(self, method, path, data=None):
        headers = {"Authorization": f"Bearer {self.KEY}", "Content-Type": "application/octet-stream"}
        with urllib.request.urlopen(urllib.request.Request(self.url + path, data=data, method=method, headers=headers)) as answer:
            return answer.read()

    def put(self, name, data):
        self.ask("PUT", f"/bucket/{urllib.parse.quote(name)}", data)

    def get(self, name):
        return self.ask("GET", f"/bucket/{urllib.parse.quote(name)}")

    def delete(self, name):
        self.ask("DELETE", f"/bucket/{urllib.parse.quote(name)}")

    def names(self, prefix):
        found, token = [], ""
        while True:
            words = {"list-type": "2", "prefix": prefix + "/", **({"continuation-token": token} if token else {})}
            page = ElementTree.fromstring(self.ask("GET", f"/bucket?{urllib.parse.urlencode(words)}"))
            found += [key.text for key in page.iter("Key")]
            token = page.findtext("NextContinuationToken")
            if not token:
                return found


class Microsoft(Server):
    """Azurite, with its objects on the disk."""

    SCHEME, NAME, HELLO = "az", "azurite", "/"
    root = "az://container"
    ACCOUNT = "devstoreaccount1"
    #: The key of everybody's local server, which its makers publish.
    KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="

    def __init__(self, folder):
        super().__init__(folder)
        from azure.storage.blob import ContainerClient

        at = f"DefaultEndpointsProtocol=http;AccountName={self.ACCOUNT};AccountKey={self.KEY};BlobEndpoint={self.url}/{self.ACCOUNT};"
        self.container = ContainerClient.from_connection_string(at, "container")
        self.container.create_container()

    @staticmethod
    def program():
        return os.environ.get("AZURITE") or shutil.which("azurite-blob")

    @classmethod
    def is_there(cls):
        try:
            import azure.storage.blob  # noqa: F401
        except ImportError:
            return False
        return bool(cls.program() and Path(cls.program()).exists())

    def told(self):
        return {
            "AZURE_STORAGE_USE_EMULATOR": "true", "AZURITE_BLOB_STORAGE_URL": self.url, "AZURE_STORAGE_ACCOUNT_NAME": self.ACCOUNT,
            "AZURE_STORAGE_ACCOUNT_KEY": self.KEY,
        }

    def command(self):
        place = ["--blobHost", "127.0.0.1", "--blobPort", str(self.port), "--location", str(self.folder / "objects")]
        return [self.program(), *place, "--silent", "--disableTelemetry", "--skipApiVersionCheck"]

    def put(self, name, data):
        self.container.upload_blob(name, data, overwrite=True)

    def get(self, name):
        return self.container.download_blob(name).readall()

    def delete(self, name):
        self.container.delete_blob(name)

    def names(self, prefix):
        return list(self.container.list_blob_names(name_starts_with=prefix + "/"))
