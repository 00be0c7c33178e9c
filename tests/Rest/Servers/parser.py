"""Says as JSON what Python's own parsers have understood of a request; serves the files of a folder."""

import cgi
import functools
import hashlib
import http.server
import json
import sys
import urllib.parse


class Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = Body(self)
        kind = self.headers.get_content_type()
        if kind == "multipart/form-data":
            answer = {"parts": self.parts(body)}
        elif kind == "application/x-www-form-urlencoded":
            text = body.read().decode("ascii")
            answer = {"fields": urllib.parse.parse_qs(text, keep_blank_values=True, strict_parsing=bool(text))}
        else:
            answer = self.digest(body)
        answer["contentType"] = self.headers.get("Content-Type")
        self.say(answer)

    do_PUT = do_POST

    def parts(self, body):
        form = cgi.FieldStorage(
            fp=body,
            headers=self.headers,
            environ={"REQUEST_METHOD": "POST"},
            keep_blank_values=True,
            encoding="utf-8",
        )
        return [self.part(part) for part in form.list]

    def part(self, part):
        answer = {"name": part.name, "fileName": part.filename, "type": part.headers.get("content-type")}
        if part.filename is None:
            answer["text"] = part.value
        else:
            part.file.seek(0)
            answer.update(self.digest(part.file))
        return answer

    @staticmethod
    def digest(body):
        sha256, size = hashlib.sha256(), 0
        while block := body.read(65536):
            sha256.update(block)
            size += len(block)
        return {"sha256": sha256.hexdigest(), "size": size}

    def say(self, answer):
        text = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, format, *args):
        pass


class Body:
    """The body of a request with a known length."""

    def __init__(self, handler):
        self.left = int(handler.headers.get("Content-Length", "0"))
        self.stream = handler.rfile

    def read(self, size=-1):
        return self.take(self.stream.read, size)

    def readline(self, size=-1):
        return self.take(self.stream.readline, size)

    def take(self, read, size):
        block = read(self.left if size is None or size < 0 else min(size, self.left))
        self.left -= len(block)
        return block


port, folder = int(sys.argv[1]), sys.argv[2]
http.server.ThreadingHTTPServer(("127.0.0.1", port), functools.partial(Handler, directory=folder)).serve_forever()
