"""The Bot API as data: what a request may hold, and what an answer must.

`schema.json` beside this file is a compact copy: names, types, required marks and limits, no
prose. It comes from aiogram's source distribution (MIT licence), `.butcher/schema/schema.json`,
read into `{api, source, types, methods}`; `python -m playground.schema --rebuild PATH` makes it
anew from such a file.
"""

import argparse
import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).with_name("schema.json")

Check = Callable[[Any], None]
Decode = Callable[[str], Any]


class SchemaError(Exception):
    """A value that the Bot API does not describe; `path` says where it is."""

    def __init__(self, problem: str, *, limit: bool = False) -> None:
        super().__init__(problem)
        self.problem = problem
        self.limit = limit
        self.path = ""

    def under(self, key: str | int) -> "SchemaError":
        step = f"[{key}]" if isinstance(key, int) else str(key)
        dot = "." if self.path and not self.path.startswith("[") else ""
        self.path = f"{step}{dot}{self.path}"
        return self

    def __str__(self) -> str:
        return f"{self.path}: {self.problem}" if self.path else self.problem


class Upload:
    """A file that came in the request's own body."""

    __slots__ = ("content", "mime_type", "name")

    def __init__(self, name: str, content: bytes, mime_type: str | None) -> None:
        self.name = name
        self.content = content
        self.mime_type = mime_type


def utf16_length(text: str) -> int:
    """How Telegram counts: an emoji outside the basic plane is two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


class Schema:
    """Checkers and decoders, compiled when first asked for."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.version: str = data["api"]["version"]
        self._types: Mapping[str, Any] = data["types"]
        self._one_of: Mapping[str, Sequence[str]] = data["one_of"]
        self._methods: Mapping[str, Any] = data["methods"]
        self._compiled: dict[str, Check] = {}
        self._answers: dict[str, Check] = {}
        self._requests: dict[str, tuple[dict[str, Check], dict[str, Decode], tuple[str, ...]]] = {}

    @property
    def methods(self) -> Mapping[str, Any]:
        return self._methods

    def check(self, type_name: str, value: Any) -> None:
        self.checker(type_name)(value)

    def check_answer(self, method: str, result: Any) -> None:
        self.checker(self._methods[method]["returns"])(result)

    def decode(self, method: str, given: Mapping[str, Any]) -> dict[str, Any]:
        """Parameters as Python values, checked. Strings of a form are read by their type."""
        checks, decoders, required = self._request(method)
        params: dict[str, Any] = {}
        for key, value in given.items():
            check = checks.get(key)
            if check is None:
                raise SchemaError("unknown parameter").under(key)
            try:
                is_written = isinstance(value, str) and key in decoders
                params[key] = decoders[key](value) if is_written else value
                check(params[key])
            except SchemaError as error:
                raise error.under(key) from None
        for key in required:
            if key not in params:
                raise SchemaError("required parameter is missing").under(key)
        return params

    def _request(self, method: str) -> tuple[dict[str, Check], dict[str, Decode], tuple[str, ...]]:
        if method not in self._requests:
            params = self._methods[method]["params"]
            self._requests[method] = (
                {key: self._field(spec) for key, spec in params.items()},
                {key: d for key, spec in params.items() if (d := decoder(spec[0])) is not None},
                tuple(key for key, spec in params.items() if spec[1]),
            )
        return self._requests[method]

    def checker(self, kind: str) -> Check:
        if kind not in self._compiled:
            self._compiled[kind] = lambda value: self._compiled[kind](value)  # noqa: PLW0108
            self._compiled[kind] = self._compile(kind)
        return self._compiled[kind]

    def _compile(self, kind: str) -> Check:
        if kind in PRIMITIVES:
            return PRIMITIVES[kind]
        if kind.startswith("Array of "):
            return array_of(self.checker(kind.removeprefix("Array of ")))
        options = re.split(r" or |, | and ", kind)
        if len(options) > 1:
            return self._union(options)
        if kind in self._one_of:
            return self._union(self._one_of[kind])
        return self._object(kind)

    def _object(self, name: str) -> Check:
        fields = {key: self._field(spec) for key, spec in self._types[name].items()}
        required = frozenset(key for key, spec in self._types[name].items() if spec[1])

        def check(value: Any) -> None:
            if type(value) is not dict:
                raise SchemaError(f"expected {name}, got {type(value).__name__}")
            for key, item in value.items():
                field = fields.get(key)
                if field is None:
                    raise SchemaError(f"{name} has no such field").under(key)
                try:
                    field(item)
                except SchemaError as error:
                    raise error.under(key) from None
            if not required <= value.keys():
                missing = ", ".join(sorted(required - value.keys()))
                raise SchemaError(f"{name} lacks {missing}")

        return check

    def _field(self, spec: Sequence[Any]) -> Check:
        check = self.checker(spec[0])
        return check if len(spec) == 2 else limited(check, spec[2])

    def _union(self, options: Sequence[str]) -> Check:
        plain = [self.checker(option) for option in options if option in PRIMITIVES]
        objects = [option for option in options if option not in PRIMITIVES]
        tagged = self._tags(objects)
        shapes = [
            (frozenset(k for k, spec in self._types[o].items() if spec[1]), self.checker(o))
            for o in objects
            if o in self._types
        ]
        names = " or ".join(options)

        def check(value: Any) -> None:
            if isinstance(value, dict):
                for key, tags in tagged.items():
                    if (found := tags.get(value.get(key))) is not None:
                        return found(value)
                fitting = [check for required, check in shapes if required <= value.keys()]
            else:
                fitting = plain
            wrong = SchemaError(f"expected {names}")
            for one in fitting:
                try:
                    return one(value)
                except SchemaError as error:
                    wrong = error
            raise wrong

        return check

    def _tags(self, objects: Sequence[str]) -> dict[str, dict[Any, Check]]:
        """By which field's constant an object says which of the types it is."""
        for key in ("type", "status", "source", "date"):
            tags = {
                spec[2]["const"]: self.checker(name)
                for name in objects
                if (spec := self._types.get(name, {}).get(key)) and "const" in [*spec, {}][2]
            }
            if tags:
                return {key: tags}
        return {}


def array_of(item: Check) -> Check:
    def check(value: Any) -> None:
        if not isinstance(value, list):
            raise SchemaError(f"expected an array, got {type(value).__name__}")
        for place, one in enumerate(value):
            try:
                item(one)
            except SchemaError as error:
                raise error.under(place) from None

    return check


MEASURES: dict[str, Callable[[Any], int]] = {
    "characters": utf16_length,
    "bytes": lambda text: len(text.encode()),
    "items": len,
    "value": int,
}


def limited(check: Check, extra: Mapping[str, Any]) -> Check:
    """Beyond the type: a constant, a choice, or a length. Text limits that hold after
    entities are parsed are not seen here."""
    choice = [extra["const"]] if "const" in extra else extra.get("enum")
    measure = MEASURES[extra["unit"]] if "unit" in extra else None
    low, high, unit = extra.get("min", 0), extra.get("max", 0), extra.get("unit")

    def within(value: Any) -> None:
        check(value)
        if choice is not None and value not in choice:
            raise SchemaError(f"must be one of {choice}")
        if measure is not None and not low <= measure(value) <= high:
            raise SchemaError(f"must have {low}-{high} {unit}", limit=True)

    return within


def primitive(name: str, *types: type) -> Check:
    def check(value: Any) -> None:
        if type(value) not in types:
            raise SchemaError(f"expected {name}, got {type(value).__name__}")

    return check


def only_true(value: Any) -> None:
    if value is not True:
        raise SchemaError("expected True")


PRIMITIVES: dict[str, Check] = {
    "Integer": primitive("Integer", int),
    "String": primitive("String", str),
    "Boolean": primitive("Boolean", bool),
    "Float": primitive("Float", int, float),
    "InputFile": primitive("InputFile", Upload),
    "True": only_true,
}


def decoder(kind: str) -> Decode | None:
    """How a form's string becomes the type; None where it stays a string."""
    match kind:
        case "String" | "InputFile or String" | "InputFile":
            return None
        case "Integer":
            return integer
        case "Integer or String":
            return lambda text: int(text) if re.fullmatch(r"-?\d+", text) else text
        case "Boolean" | "True":
            return boolean
        case "Float":
            return number
        case _:
            return from_json


def integer(text: str) -> int:
    if not re.fullmatch(r"-?\d+", text):
        raise SchemaError("expected Integer")
    return int(text)


def number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise SchemaError("expected Float") from None


def boolean(text: str) -> bool:
    match text.lower():
        case "true" | "1":
            return True
        case "false" | "0":
            return False
    raise SchemaError("expected Boolean")


def from_json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        raise SchemaError("can't parse JSON object") from None


@cache
def bot_api() -> Schema:
    return Schema(json.loads(HERE.read_text(encoding="utf-8")))


def compact(full: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "api": full["api"],
        "source": full["source"],
        "one_of": {name: t["one_of"] for name, t in full["types"].items() if t.get("one_of")},
        "types": {
            name: {key: short(key, param) for key, param in t.get("fields", {}).items()}
            for name, t in full["types"].items()
            if not t.get("one_of")
        },
        "methods": {
            name: {
                "returns": m["returns"],
                "params": {key: short("", param) for key, param in m["params"].items()},
            }
            for name, m in full["methods"].items()
        },
    }


def short(key: str, param: Mapping[str, Any]) -> list[Any]:
    """A field as `[type, required, extra?]`; constants and choices are read out of its prose."""
    extra: dict[str, Any] = {}
    prose = param["description"]
    if key in {"type", "status", "source"} and param["type"] == "String":
        if said := re.search(r"(?:always|must be) ['\"]?(\w+)['\"]?\.?$", prose):
            extra["const"] = said[1]
    elif key == "date" and prose.startswith("Always 0"):
        extra["const"] = 0
    elif key == "style":
        extra["enum"] = re.findall(r"'(\w+)'", prose)
    limits = param.get("limits") or {}
    if limits.get("unit") in MEASURES and "String" in param["type"] and "Array" in param["type"]:
        limits = {}
    if limits and not limits.get("after_entities"):
        extra |= {name: limits[name] for name in ("min", "max", "unit")}
    return [param["type"], int(param["required"]), *([extra] if extra else [])]


def lines(value: Mapping[str, Any]) -> str:
    """JSON with one type or method per line, so that a new version reads well in a diff."""
    parts = []
    for part, content in value.items():
        rows = [
            f"{json.dumps(name)}:{json.dumps(one, ensure_ascii=False, separators=(',', ':'))}"
            for name, one in content.items()
        ]
        parts.append(f"{json.dumps(part)}:{{\n" + ",\n".join(rows) + "\n}")
    return "{" + ",\n".join(parts) + "}\n"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m playground.schema", description=__doc__)
    parser.add_argument("--rebuild", type=Path, metavar="PATH", required=True)
    path: Path = parser.parse_args().rebuild
    HERE.write_text(lines(compact(json.loads(path.read_text(encoding="utf-8")))), encoding="utf-8")


if __name__ == "__main__":
    main()
