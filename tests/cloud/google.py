"""Google's storage as far as the program asks for it: the XML interface's objects, lists by the thousand, uploads in parts, and
writing where nothing or a known generation stands. `python google.py PORT FOLDER TOKEN`; what it holds is there again after a kill.

Written after https://cloud.google.com/storage/docs/xml-api; what it does not know it refuses.
"""

import hashlib
import http.server
import json
import os
import sys
import threading
import time
import urllib.parse
from email.utils import formatdate
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

BUCKET = "bucket"
PAGE = 1000
LOCK = threading.Lock()


class Objects:
    """What stands under which name: a file for each, named by a hash, with a line that says what it is."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.known = {}
        for path in folder.glob("*.json"):
            about = json.loads(path.read_text())
            self.known[about["name"]] = about

    def place(self, name):
        return self.folder / hashlib.sha256(name.encode()).hexdigest()

    def put(self, name, data):
        about = {"name": name, "size": len(data), "etag": hashlib.md5(data).hexdigest(), "at": time.time(), "generation": time.time_ns()}
        place = self.place(name)
        self.whole(place, data)
        self.whole(place.with_suffix(".json"), json.dumps(about).encode())
        self.known[name] = about
        return about

    @staticmethod
    def whole(path, data):
        beside = path.with_suffix(".new")
        beside.write_bytes(data)
        os.replace(beside, path)

    def get(self, name):
        return self.place(name).read_bytes()

    def delete(self, name):
        del self.known[name]
        self.place(name).with_suffix(".json").unlink()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def refuse(self, status, code):
        self.answer(status, f"<?xml version='1.0' encoding='UTF-8'?><Error><Code>{code}</Code></Error>".encode())

    def handle_one(self):
        size = int(self.headers.get("Content-Length") or 0)
        data = self.rfile.read(size)
        where, _, query = self.path.partition("?")
        query = dict(urllib.parse.parse_qsl(query, keep_blank_values=True))
        _, bucket, *rest = where.split("/", 2)
        name = urllib.parse.unquote(rest[0]) if rest else ""
        if self.headers.get("Authorization") != f"Bearer {self.server.token}":
            return self.refuse(401, "AuthenticationRequired")
        if bucket != BUCKET:
            return self.refuse(404, "NoSuchBucket")
        with LOCK:
            return self.asked(name, query, data)

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = handle_one

    def asked(self, name, query, data):
        objects, parts = self.server.objects, self.server.parts
        about = objects.known.get(name)
        if self.command == "POST" and "uploads" in query:
            upload = f"{time.time_ns()}"
            parts[upload] = {}
            body = f"<InitiateMultipartUploadResult><Bucket>{BUCKET}</Bucket><Key>{escape(name)}</Key><UploadId>{upload}</UploadId>"
            return self.answer(200, (body + "</InitiateMultipartUploadResult>").encode())
        if "uploadId" in query:
            if query["uploadId"] not in parts:
                return self.refuse(404, "NoSuchUpload")
            return self.asked_of_parts(name, query, data)
        if self.command == "GET" and query.get("list-type") == "2" and not name:
            return self.list(query)
        if self.command == "PUT" and name and not query:
            known = self.headers.get("x-goog-if-generation-match")
            if known is not None and int(known) != (about["generation"] if about else 0):
                return self.refuse(412, "PreconditionFailed")
            return self.answer(200, **self.heads(objects.put(name, data)))
        if query or not name:
            return self.refuse(400, "NotImplemented")
        if about is None:
            return self.refuse(404, "NoSuchKey")
        if self.command == "DELETE":
            objects.delete(name)
            return self.answer(204)
        heads = {**self.heads(about), "Last_Modified": formatdate(about["at"], usegmt=True)}
        return self.answer(200, objects.get(name), **heads)

    @staticmethod
    def heads(about):
        return {"ETag": f'"{about["etag"]}"', "x_goog_generation": about["generation"]}

    def asked_of_parts(self, name, query, data):
        objects, parts = self.server.objects, self.server.parts
        upload = query["uploadId"]
        if self.command == "PUT":
            parts[upload][int(query["partNumber"])] = data
            return self.answer(200, ETag=f'"{hashlib.md5(data).hexdigest()}"')
        if self.command == "DELETE":
            del parts[upload]
            return self.answer(204)
        wanted = [int(one.text) for one in ElementTree.fromstring(data).iter() if one.tag.endswith("PartNumber")]
        sent = parts.pop(upload)
        about = objects.put(name, b"".join(sent[number] for number in wanted))
        body = f"<CompleteMultipartUploadResult><ETag>\"{about['etag']}\"</ETag></CompleteMultipartUploadResult>"
        return self.answer(200, body.encode(), **self.heads(about))

    def list(self, query):
        prefix, after = query.get("prefix", ""), query.get("continuation-token", "")
        found = sorted(name for name in self.server.objects.known if name.startswith(prefix) and name > after)
        rows = []
        for name in found[:PAGE]:
            about = self.server.objects.known[name]
            at = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(about["at"]))
            rows.append(f"<Contents><Key>{escape(name)}</Key><Generation>{about['generation']}</Generation><LastModified>{at}</LastModified>"
                        f"<ETag>\"{about['etag']}\"</ETag><Size>{about['size']}</Size></Contents>")
        more = f"<NextContinuationToken>{escape(found[PAGE - 1])}</NextContinuationToken>" if len(found) > PAGE else ""
        body = f"<ListBucketResult><Name>{BUCKET}</Name><Prefix>{escape(prefix)}</Prefix>{more}{''.join(rows)}</ListBucketResult>"
        return self.answer(200, body.encode(), Content_Type="application/xml")


def main():
    port, folder, token = sys.argv[1:]
    server = http.server.ThreadingHTTPServer(("127.0.0.1", int(port)), Handler)
    server.objects, server.parts, server.token = Objects(Path(folder)), {}, token
    server.serve_forever()


if __name__ == "__main__":
    main()
