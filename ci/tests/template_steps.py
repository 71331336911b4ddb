# SPDX-License-Identifier: MIT
"""Prints the commands of a CI template as one shell script: template_steps.py FILE.yml

Left out is what only a server can do: installing packages, and getting and building Assay, which
depends on the cache. Reads as much YAML as the templates use; where PyYAML is installed, it must
find the same commands.
"""
import sys


def indentation(line):
    return len(line) - len(line.lstrip())


def block(lines, first, outer):
    """The lines below `first` that are further in than `outer`, without their indentation."""
    found = []
    for line in lines[first:]:
        if line.strip() and indentation(line) <= outer:
            break
        found.append(line)
    inner = min(indentation(line) for line in found if line.strip())
    return "\n".join(line[inner:] for line in found).strip() + "\n"


def without_comment(text):
    return text.split("  #")[0].strip() + "\n"


def github_steps(lines):
    """(name, condition, commands) of every step that has `run`."""
    name = condition = ""
    for i, line in enumerate(lines):
        key, _, value = line.strip().removeprefix("- ").partition(":")
        if line.strip().startswith("- "):
            name = condition = ""
        if key == "name":
            name = value.strip()
        elif key == "if":
            condition = value.strip()
        elif key == "run":
            yield name, condition, block(lines, i + 1, indentation(line))


def gitlab_steps(lines):
    start = lines.index("  script:")
    for i, line in enumerate(lines[start + 1:], start + 1):
        if indentation(line) <= 2:
            break
        if line == "    - |":
            yield "", "", block(lines, i + 1, 4)
        elif line.startswith("    - "):
            yield "", "", without_comment(line[6:])


def yaml_steps(text):
    import yaml
    document = yaml.safe_load(text)
    if "jobs" in document:
        return [(step.get("name", ""), step.get("if", ""), step["run"].strip() + "\n")
                for step in document["jobs"]["gate"]["steps"] if "run" in step]
    return [("", "", step.strip() + "\n") for step in document["assay"]["script"]]


with open(sys.argv[1], encoding="utf-8") as file:
    text = file.read()
lines = text.splitlines()
steps = list(github_steps(lines) if "\njobs:" in text else gitlab_steps(lines))
try:
    if steps != yaml_steps(text):
        sys.exit(f"{sys.argv[1]}: PyYAML reads other steps than these: {steps}")
except ImportError:
    pass
for name, condition, commands in steps:
    if name != "Packages" and "cache-hit" not in condition:
        print(commands, end="")
