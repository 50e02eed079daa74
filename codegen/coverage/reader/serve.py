"""Decodes requests as documents say, for `coverage makers`: openapi-core first, and beside it a second
reader on Werkzeug and qs-codec for what openapi-core does not read.

A request to /NAME/INDEX/… is decoded by the document that the crate NAME was made of. What was read goes to
NAME/seen.jsonl, in a line of JSON a request.
"""

import json
import re
import sys
import threading
import warnings
from base64 import b64decode
from pathlib import Path
from urllib.parse import unquote, urlsplit

import qs_codec
from jsonschema_path import SchemaPath
from openapi_core import V30RequestValidator, V31RequestValidator
from openapi_core.datatypes import RequestParameters
from openapi_core.exceptions import OpenAPIError
from openapi_core.templating.paths.exceptions import PathError
from openapi_core.validation.request.exceptions import (
    MissingRequestBody,
    MissingRequiredRequestBody,
    ParametersError,
)
from werkzeug import Request, Response
from werkzeug.datastructures import Headers, ImmutableMultiDict
from werkzeug.formparser import parse_form_data
from werkzeug.serving import WSGIRequestHandler, make_server

warnings.simplefilter("ignore")
HOST = "http://reader.example"


def here(document):
    """The document with all its servers on one host, their paths kept."""

    def address(server):
        url = server.get("url", "/")
        for name, variable in server.get("variables", {}).items():
            url = url.replace("{%s}" % name, str(variable.get("default", "")))
        # A server that is nothing but a variable is an address without a path.
        path = "" if url.startswith("{") else urlsplit(url).path
        return {"url": HOST + path.rstrip("/")}

    def walk(node):
        if isinstance(node, dict):
            servers = node.get("servers")
            for key, value in node.items():
                if key == "servers" and isinstance(servers, list):
                    node[key] = [address(it) for it in servers if isinstance(it, dict)] or [{"url": HOST}]
                else:
                    walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(document)
    return document


class Written(dict):
    """What openapi-core takes for bytes unless it is told: JSON and text by other names."""

    def __contains__(self, media_type):
        return self[media_type] is not None

    def __missing__(self, media_type):
        if media_type.startswith("text/html") or media_type.startswith("text/plain"):
            return None
        if "json" in media_type or media_type == "*/*":
            return lambda value, **_: json.loads(value)
        return (lambda value, **_: value.decode()) if media_type.startswith("text/") else None


class Reader:
    """A document and its readers."""

    def __init__(self, path):
        self.document = here(json.loads(Path(path).read_text()))
        spec = SchemaPath.from_dict(self.document)
        modern = self.document["openapi"].startswith("3.1")
        self.core = (V31RequestValidator if modern else V30RequestValidator)(
            spec, extra_media_type_deserializers=Written()
        )

    def resolve(self, node):
        for _ in range(32):
            reference = node.get("$ref") if isinstance(node, dict) else None
            if not isinstance(reference, str):
                return node
            node = self.document
            for step in reference[2:].split("/"):
                step = unquote(step).replace("~1", "/").replace("~0", "~")
                node = node[int(step)] if isinstance(node, list) else node[step]
        return node

    def read(self, call, seen):
        """What both readers decode."""
        operation, item, variables, errors = self.find(call, seen)
        first = {"errors": errors}
        second = {}
        if operation is None:
            return first, second
        seen.parameters.path = variables
        self.first(seen, operation, item, first)
        plain = self.resolve(self.document["paths"][call["path"]])
        self.second(seen, plain, plain[call["method"]], second)
        return first, second

    def find(self, call, seen):
        try:
            found = self.core.path_finder.find(seen.method, seen.host_url + seen.path)
        except PathError as error:
            return None, None, {}, [told("address", error)]
        errors = []
        template = found.path_result.pattern
        if template != call["path"]:
            errors.append({"at": "address", "says": f"it is read as {template}"})
        return found.operation, found.path, found.path_result.variables, errors

    def first(self, seen, operation, item, out):
        """openapi-core: its values after casting and validation, not made into dates and the like."""
        errors = out["errors"]
        try:
            out["security"] = {
                name: b64decode(value).decode().partition(":")[2] if self.is_basic(name) else value
                for name, value in self.core._get_security(seen.parameters, operation).items()
            }
        except OpenAPIError as error:
            errors.append(told("security", error))
        try:
            parameters = self.core._get_parameters(seen.parameters, operation, item)
        except ParametersError as error:
            parameters = error.parameters
            errors.extend(told(it.location, it, it.name) for it in error.errors if not is_no_parameter(it))
        for place in ("path", "query", "header", "cookie"):
            out[place] = dict(getattr(parameters, place))
        try:
            out["body"] = self.core._get_body(seen.body, seen.content_type, operation)
        except MissingRequiredRequestBody as error:
            errors.append(told("body", error))
        except MissingRequestBody:
            pass
        except OpenAPIError as error:
            errors.append(told("body", error))
        except (AssertionError, AttributeError, TypeError) as error:
            # It does not expect multipart/… with other words than form-data.
            errors.append(told("body", error))

    def is_basic(self, name):
        scheme = self.resolve(self.document["components"]["securitySchemes"].get(name, {}))
        return scheme.get("scheme", "").lower() == "basic"

    # What follows reads by the words of the standard, for where openapi-core has gaps: lists and nested
    # objects of deepObject, exploded objects in queries, delimiters that are decoded already, and what
    # stands in parts of a form.

    def second(self, seen, item, operation, out):
        parameters = {}
        for it in item.get("parameters", []) + operation.get("parameters", []):
            it = self.resolve(it)
            parameters[it["in"], it["name"]] = it
        for place in ("path", "query", "header", "cookie"):
            out[place] = {}
        raw = {
            "path": seen.parameters.path,
            "header": dict(seen.parameters.header),
            "cookie": dict(seen.parameters.cookie),
        }
        others = [name for place, name in parameters if place == "query"]
        for (place, name), parameter in parameters.items():
            style = parameter.get("style") or {"path": "simple", "header": "simple"}.get(place, "form")
            explode = parameter.get("explode", style == "form")
            content = next(iter(parameter.get("content", {}).items()), None)
            schema = parameter.get("schema") or (content or (None, {}))[1].get("schema", {})
            if place == "query":
                value = self.pairs(seen.query, name, schema, style, explode, others)
            else:
                value = next((it for key, it in raw[place].items() if key.lower() == name.lower()), None)
                if value is not None and content is None:
                    value = self.joined(value, schema, explode)
            if content and isinstance(value, str):
                try:
                    value = json.loads(value)
                except ValueError:
                    pass
            if value is not None:
                out[place][name] = value
        out["security"] = self.security(seen)
        body = self.resolve(operation.get("requestBody", {}))
        out["body"] = self.body(seen, body.get("content", {}))

    def shape(self, schema, depth=0):
        """Type and members of a schema, those of the schemas that it is made of among them."""
        schema = self.resolve(schema)
        kind, members, open = schema.get("type"), dict(schema.get("properties", {})), False
        if isinstance(kind, list):
            kind = next((it for it in kind if it != "null"), None)
        open = isinstance(schema.get("additionalProperties"), dict)
        for part in [it for key in ("allOf", "oneOf", "anyOf") for it in schema.get(key, [])]:
            if depth < 8:
                its, more, is_open = self.shape(part, depth + 1)
                kind, members, open = kind or its, {**more, **members}, open or is_open
        return kind or ("object" if members else None), members, open

    def pairs(self, query, name, schema, style, explode, others):
        """The value of a parameter in a query or of a field in a form."""
        decoded = [(unquote(key.replace("+", " ")), value.replace("+", " ")) for key, value in query]
        own = [unquote(value) for key, value in decoded if key == name]
        kind, members, open = self.shape(schema)
        if style == "deepObject":
            text = "&".join(f"{key}={value}" for key, value in query)
            return qs_codec.decode(text, qs_codec.DecodeOptions(depth=20, list_limit=100)).get(name)
        if kind == "object" and explode:
            found = [(key, unquote(value)) for key, value in decoded]
            found = [it for it in found if it[0] in members or (open and it[0] not in others)]
            return dict(found) or None
        if kind == "array" and explode:
            return own or None
        if not own:
            return None
        # The delimiter stands in the address as it is; what belongs to an entry is escaped.
        raw = next(value for key, value in decoded if key == name)
        delimiter = {"spaceDelimited": "%20| ", "pipeDelimited": r"%7[Cc]|\|"}.get(style, ",")
        parts = [unquote(it) for it in re.split(delimiter, raw)]
        return whole(parts, kind, own[0])

    def joined(self, value, schema, explode):
        """The value of a parameter in a path or a header."""
        kind, _, _ = self.shape(schema)
        if kind == "object" and explode:
            return dict(it.split("=", 1) for it in value.split(","))
        return whole(value.split(","), kind, value)

    def security(self, seen):
        given = {}
        authorization = seen.parameters.header.get("Authorization", "")
        kind, _, value = authorization.partition(" ")
        for name, scheme in self.document.get("components", {}).get("securitySchemes", {}).items():
            scheme = self.resolve(scheme)
            how = scheme.get("scheme", "bearer").lower() if scheme["type"] != "apiKey" else "key"
            if how == "key":
                place = getattr(seen.parameters, scheme["in"])
                if scheme["name"] in place:
                    given[name] = place[scheme["name"]]
            elif how == "basic" and kind.lower() == "basic":
                user, _, given[name] = b64decode(value).decode().partition(":")
                if user != "user":
                    given[name] = f"of another user: {user}"
            elif how == "bearer" and kind.lower() == "bearer":
                given[name] = value
            elif how not in ("basic", "bearer"):
                given[name] = authorization
        return given

    def body(self, seen, content):
        media_type = seen.content_type.split(";")[0].strip().lower()
        if not seen.body:
            return None
        if media_type == "application/x-www-form-urlencoded":
            return self.form(seen, content.get(media_type, {}))
        if media_type == "multipart/form-data":
            return self.parts(seen, content.get(media_type, {}))
        text = seen.body.decode("utf-8", "replace")
        if "json" in media_type:
            return json.loads(text)
        return text

    def form(self, seen, content):
        query = [it.partition("=")[::2] for it in seen.body.decode().split("&") if it]
        kind, members, open = self.shape(content.get("schema", {}))
        encoding = content.get("encoding", {})
        if open and not members:
            members = {unquote(key.replace("+", " ").split("[")[0]): {} for key, _ in query}
        fields = {}
        for name, schema in members.items():
            how = encoding.get(name, {})
            style = how.get("style", "form")
            explode = how.get("explode", style == "form")
            value = self.pairs(query, name, schema, style, explode, list(members))
            if value is not None:
                fields[name] = value
        return fields

    def parts(self, seen, content):
        environ = {
            "wsgi.input": seen.stream(),
            "CONTENT_TYPE": seen.header_of_content,
            "CONTENT_LENGTH": str(len(seen.body)),
            "REQUEST_METHOD": "POST",
        }
        _, form, files = parse_form_data(environ)
        _, members, _ = self.shape(content.get("schema", {}))
        fields = {}
        for name in list(form) + list(files):
            kind, _, _ = self.shape(members.get(name, {}))
            values = form.getlist(name) + [it.read().decode() for it in files.getlist(name)]
            if kind == "array" and len(values) == 1 and values[0].startswith("["):
                fields[name] = json.loads(values[0])
            elif kind == "array":
                items, _, _ = self.shape(self.resolve(members[name]).get("items", {}))
                fields[name] = [json.loads(it) for it in values] if items == "object" else values
            elif kind == "object":
                fields[name] = json.loads(values[0])
            else:
                fields[name] = values[0] if len(values) == 1 else values
        return fields


def whole(parts, kind, value):
    if kind == "array":
        return parts
    if kind == "object":
        return dict(zip(parts[::2], parts[1::2]))
    return value


def is_no_parameter(error):
    """Whether openapi-core speaks of a header that the standard says is no parameter."""
    return error.location == "header" and error.name.lower() in ("accept", "content-type", "authorization")


def told(at, error, name=""):
    """What openapi-core says, and of which part of the request."""
    return {"at": at, "name": name, "says": words(error)}


def words(error):
    """An error with what is behind it."""
    cause = error.__cause__ or error
    more = getattr(cause, "schema_errors", None)
    more = [f"{'/'.join(map(str, it.absolute_path))}: {it.message[:200]}" for it in more or []]
    return f"{error} {type(cause).__name__} {cause} {more}"[:700]


class Seen:
    """A request as openapi-core takes it."""

    def __init__(self, request, path):
        self.host_url = HOST
        self.path = unquote(path)
        self.method = request.method.lower()
        self.body = request.get_data() or None
        self.header_of_content = request.headers.get("Content-Type", "")
        self.content_type = self.header_of_content
        text = request.query_string.decode()
        self.query = [it.partition("=")[::2] for it in text.split("&") if it]
        self.parameters = RequestParameters(
            query=request.args,
            header=Headers(request.headers),
            cookie=ImmutableMultiDict(request.cookies),
        )

    def stream(self):
        import io

        return io.BytesIO(self.body)


def plain(value):
    """What JSON has no word for."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return str(value)


class Application:
    def __init__(self, folder):
        self.folder = Path(folder)
        documents = json.loads((self.folder / "documents.json").read_text())
        self.documents = {f"maker{index:02}": it for index, it in enumerate(documents)}
        self.readers, self.calls = {}, {}
        self.lock = threading.Lock()

    def __call__(self, environ, start):
        request = Request(environ)
        target = environ.get("RAW_URI") or environ["REQUEST_URI"]
        target = target.partition("?")[0]
        _, name, index, path = target.split("/", 3)
        line = {"call": int(index), "target": target, "content_type": request.headers.get("Content-Type")}
        with self.lock:
            try:
                if name not in self.readers:
                    self.readers[name] = Reader(self.documents[name])
                    self.calls[name] = json.loads((self.folder / name / "calls.json").read_text())
                call = self.calls[name][int(index)]
                seen = Seen(request, "/" + path)
                line["first"], line["second"] = self.readers[name].read(call, seen)
            except Exception as error:
                import traceback

                where = traceback.format_exc().splitlines()[-3:]
                line["first"] = {"errors": [{"at": "server", "says": f"{type(error).__name__} {error} {where}"}]}
            with open(self.folder / name / "seen.jsonl", "a") as file:
                file.write(json.dumps(line, default=plain) + "\n")
        return Response("{}", mimetype="application/json")(environ, start)


class Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log(self, *_):
        pass


if __name__ == "__main__":
    server = make_server("127.0.0.1", 0, Application(sys.argv[1]), threaded=True, request_handler=Quiet)
    print(f"http://127.0.0.1:{server.port}", flush=True)
    server.serve_forever()
