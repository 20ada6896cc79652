#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Brings translations/halftone_*.ts up to the sources: new sentences stand as unfinished, those that are
gone are left out. Needs Qt's lupdate. Sentences outside of QObject classes are in the context "core",
as core/base/error.h says; lupdate alone would name them after functions and namespaces."""
import glob
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml
from xml.sax.saxutils import escape

TREE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
LUPDATE = next((p for p in ("/usr/lib/qt6/bin/lupdate", "lupdate") if os.path.exists(p)), "lupdate")
OTHER_CONTEXTS = {"main", "texts", "OpenDialog", "CellText", "RecipeCaption", "SavePicture", "ChoiceText", "BellPicture"}


def object_classes():
    names = set()
    for header in glob.glob(TREE + "/app/gui/**/*.h", recursive=True):
        text = open(header, encoding="utf-8").read()
        names |= {"halftone::" + n for n in re.findall(r"class (\w+)[^;{]*\{\s*Q_OBJECT", text)}
    return names


def sentences():
    """(context, source, numerus) in the order of the sources, each once."""
    with tempfile.TemporaryDirectory() as folder:
        ts = os.path.join(folder, "all.ts")
        sources = [TREE + "/core", TREE + "/app/gui", TREE + "/app/backends.cpp"]
        subprocess.run([LUPDATE, "-silent", "-locations", "none", *sources, "-ts", ts], check=True,
                       stderr=subprocess.DEVNULL)
        tree = xml.parse(ts)
    known = object_classes() | OTHER_CONTEXTS
    found = {}
    for context in tree.iter("context"):
        name = context.findtext("name")
        name = name if name in known else "core"
        for message in context.iter("message"):
            found.setdefault((name, message.findtext("source")), message.get("numerus") == "yes")
    return [(c, s, n) for (c, s), n in sorted(found.items(), key=lambda item: item[0])]


def translations(path):
    known = {}
    if os.path.exists(path) and os.path.getsize(path) > 0:
        for context in xml.parse(path).iter("context"):
            for message in context.iter("message"):
                translation = message.find("translation")
                if translation is None or translation.get("type") == "unfinished":
                    continue
                forms = [f.text or "" for f in translation.iter("numerusform")] or [translation.text or ""]
                if all(forms):
                    known[(context.findtext("name"), message.findtext("source"))] = forms
                    known.setdefault(message.findtext("source"), forms)
    return known


def write(path, language, messages, known):
    out = ['<?xml version="1.0" encoding="utf-8"?>', "<!DOCTYPE TS>", f'<TS version="2.1" language="{language}">']
    missing, context = 0, None
    for name, source, numerus in messages:
        if name != context:
            if context is not None:
                out.append("</context>")
            out += ["<context>", f"    <name>{name}</name>"]
            context = name
        forms = known.get((name, source), known.get(source))
        missing += forms is None
        kind = "" if forms else ' type="unfinished"'
        forms = forms or [""]
        body = "".join(f"<numerusform>{escape(f)}</numerusform>" for f in forms) if numerus else escape(forms[0])
        out += [f'    <message{" numerus=" + chr(34) + "yes" + chr(34) if numerus else ""}>',
                f"        <source>{escape(source)}</source>", f"        <translation{kind}>{body}</translation>",
                "    </message>"]
    out += ["</context>", "</TS>", ""]
    open(path, "w", encoding="utf-8").write("\n".join(out))
    return missing


def main():
    messages = sentences()
    for path in sorted(glob.glob(TREE + "/translations/halftone_*.ts")):
        language = os.path.basename(path)[len("halftone_"):-len(".ts")]
        missing = write(path, language, messages, translations(path))
        print(f"{language}: {len(messages)} sentences, {missing} to be translated")
    return 0


if __name__ == "__main__":
    sys.exit(main())
