# SPDX-License-Identifier: MIT
"""JSON documents and their fields, read and checked: a field of the wrong type is an error, named by
its path."""
from __future__ import annotations

import json
import math


class RecordError(Exception):
    """A sentence that says what is wrong with the record."""


KINDS = {dict: "an object", list: "a list", str: "a text", bool: "true or false",
         float: "a number", int: "a number", type(None): "null"}


class Reader:
    """One JSON object and the path to it, so that a complaint can name the field."""

    def __init__(self, value, where):
        if not isinstance(value, dict):
            raise RecordError(f"{where} should be an object, but is {KINDS[type(value)]}")
        self.value, self.where = value, where

    def path(self, key):
        return f"{self.where}.{key}" if self.where != "the record" else key

    def field(self, key, kind, default):
        value = self.value.get(key)
        if value is None:
            return default
        right = isinstance(value, (int, float) if kind is float else kind)
        if not right or (isinstance(value, bool) and kind is not bool):
            raise RecordError(f"{self.path(key)} should be {KINDS[kind]}, "
                              f"but is {KINDS[type(value)]}")
        return value

    def text(self, key):
        value = self.field(key, str, "")
        if any("\ud800" <= letter <= "\udfff" for letter in value):
            raise RecordError(f"{self.path(key)} has half a character, which no file can hold")
        return value

    def yes(self, key):
        return self.field(key, bool, False)

    def count(self, key, default=0):
        return int(self.field(key, float, default))

    def number(self, key):
        return self.field(key, float, None)

    def ratio(self, key):
        """JSON has no infinity: null stands for it. A field that is not there is None."""
        return math.inf if key in self.value and self.value[key] is None else self.number(key)

    def dictionary(self, key):
        return self.field(key, dict, {})

    def object(self, key):
        value = self.field(key, dict, None)
        return None if value is None else Reader(value, self.path(key))

    def objects(self, key):
        values = self.field(key, list, [])
        return [Reader(value, f"{self.path(key)}[{i}]") for i, value in enumerate(values)]

    def numbers(self, key):
        values = self.field(key, list, [])
        if not all(isinstance(v, (int, float)) and not isinstance(v, bool) for v in values):
            raise RecordError(f"{self.path(key)} should be a list of numbers")
        return values

    def points(self, key):
        """Pairs of numbers."""
        values = self.field(key, list, [])
        if not all(isinstance(p, list) and len(p) == 2
                   and all(isinstance(v, (int, float)) for v in p) for p in values):
            raise RecordError(f"{self.path(key)} should be a list of pairs of numbers")
        return values

    def required(self, key):
        if key not in self.value:
            raise RecordError(f"the field '{self.path(key)}' is missing")
        return self


def refuse_constant(name):
    """Python reads NaN and Infinity, which JSON does not have."""
    raise RecordError(f"it is not JSON (it has {name} for a number)")


def named(path, read, *arguments):
    """What `read` makes of the arguments; its complaints then name the file."""
    try:
        return read(*arguments)
    except RecordError as error:
        raise RecordError(f"{path}: {error}") from None


def parse(text):
    try:
        return json.loads(text.decode(), parse_constant=refuse_constant)
    except UnicodeDecodeError:
        raise RecordError("it is not JSON (not even text)") from None
    except json.JSONDecodeError as error:
        raise RecordError(f"it is not JSON (line {error.lineno}: {error.msg})") from None
    except RecursionError:
        raise RecordError("it is nested too deeply for a record") from None


def document(path):
    """The JSON document at `path`, or RecordError with a sentence that names the file."""
    try:
        with open(path, "rb") as file:
            text = file.read()
    except OSError as error:
        raise RecordError(f"{path}: cannot be read ({error.strerror})") from None
    return named(path, parse, text)
