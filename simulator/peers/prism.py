"""Asks Prism and this simulator the same 60 requests, and prints where they respond otherwise.

    npm install --prefix /tmp/prism @stoplight/prism-cli@5
    cargo build --package openapi-simulator
    python3 simulator/peers/prism.py /tmp/prism/node_modules/.bin/prism

Ten operations of the documents that the generator is tested with, each asked six times: as the
simulator's own curl command has it, without its credentials, without its body or with a query that is
not documented, with another method, at another path, and with a wish for a documented error.
docs/simulator.md says why the responses differ where they do.
"""

import http.client
import json
import pathlib
import re
import shlex
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCUMENTS = ["ledger", "petstore", "vault", "weather", "zoo", "tide"]
OPERATIONS = 10
OPERATIONS_EACH = 2


def curl_commands(text):
    """The requests of the introduction: name, method, path, headers, body."""
    for block in re.findall(r"^# (\S+ .+)\n((?:.+\\\n)*.+)$", text, re.M):
        words = shlex.split(block[1].replace("\\\n", " "))
        request = {"name": block[0], "headers": {}, "body": None}
        for word, following in zip(words, words[1:] + [""]):
            if word == "-X":
                request["method"] = following
            elif word == "-H":
                name, _, value = following.partition(": ")
                request["headers"][name] = value
            elif word == "-d":
                request["body"] = following
            elif word.startswith("http://"):
                request["path"] = "/" + word.split("/", 3)[3]
        yield request


def variants(request):
    """The six ways in which an operation is asked."""
    def other(**changes):
        return {**request, "headers": dict(request["headers"]), **changes}

    yield "as documented", request
    bare = other()
    for name in ("Authorization", "X-Api-Key", "Cookie"):
        bare["headers"] = {k: v for k, v in bare["headers"].items() if k.lower() != name.lower()}
    yield "no credentials", bare
    if request["body"]:
        yield "another body", other(body="[1]")
    else:
        mark = "&" if "?" in request["path"] else "?"
        yield "another query", other(path=request["path"] + mark + "nobody=1")
    yield "another method", other(method="TRACE" if request["method"] != "TRACE" else "GET")
    yield "another path", other(path=request["path"].split("?")[0] + "/nowhere")
    wish = other()
    wish["headers"]["Prefer"] = "code=404"
    yield "wish for 404", wish


def ask(port, request):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request(request["method"], request["path"], request["body"], request["headers"])
        response = connection.getresponse()
        body = response.read()
        kind = (response.getheader("Content-Type") or "").split(";")[0]
        # How a refusal is worded is everybody's own.
        return response.status, shape(body, kind) if response.status < 300 else ""
    finally:
        connection.close()


def shape(body, kind):
    """What a body is made of, without its values."""
    if "json" not in kind or not body:
        return "empty" if not body else "other"
    value = json.loads(body)
    return ",".join(sorted(value)) if isinstance(value, dict) else type(value).__name__


def main():
    prism = sys.argv[1]
    ours = ROOT / "target/debug/openapi-simulator"
    asked = agreed = operations = 0
    port = 41800
    for name in DOCUMENTS:
        document = ROOT / "codegen/tests/foreign" / f"{name}.yaml"
        port += 2
        running = subprocess.Popen(
            [ours, "simulate", "--spec", document, "--addr", f"127.0.0.1:{port}"],
            stdout=subprocess.PIPE, text=True)
        introduction = ""
        for line in running.stdout:
            introduction += line
            if line.startswith("Requests as they arrive"):
                break
        peer = subprocess.Popen(
            [prism, "mock", "--port", str(port + 1), document],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for line in peer.stdout:
            if "is listening" in line:
                break
        base = re.search(r"serves \d+ operations at http://[^/\s]+", introduction)
        assert base, introduction
        server = re.search(r"^servers:\s*\n\s*- url: ['\"]?https?://[^/'\"\s]+([^'\"\s]*)", document.read_text(), re.M)
        prefix = server.group(1).rstrip("/") if server else ""
        try:
            chosen = list(curl_commands(introduction))[:OPERATIONS_EACH]
            for request in chosen[: OPERATIONS - operations]:
                operations += 1
                for what, variant in variants(request):
                    mine = ask(port, variant)
                    # Prism leaves the path of the server away.
                    path = variant["path"]
                    theirs = ask(port + 1, {**variant, "path": path.removeprefix(prefix) or "/"})
                    asked += 1
                    if mine == theirs:
                        agreed += 1
                    else:
                        print(f"{request['name']:28} {what:15} ours {mine}  Prism {theirs}")
        finally:
            running.kill()
            peer.kill()
        time.sleep(0.2)
    print(f"{asked} requests, {agreed} answered alike")


main()
