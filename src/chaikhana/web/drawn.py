"""The pictures that have hundreds of elements, written as SVG: the network of bodies, and spells on a time line.

What it is: as `cells`, a hot path in Python; small pictures are written by the templates. Whatever is text is escaped here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from chaikhana.web.asked import address
from chaikhana.web.cells import escaped


def network(one: Mapping[str, Any]) -> Markup:
    """The ties and the bodies of a network: two groups whose elements keep their names from date to date."""
    ties = "".join(
        f'<line class="tie" data-keep="{escaped(tie["id"])}" x1="{tie["ends"][0]}" y1="{tie["ends"][1]}" x2="{tie["ends"][2]}" '
        f'y2="{tie["ends"][3]}" stroke-width="{tie["weight"]}"><title>{escaped(tie["told"])}</title></line>\n'
        for tie in one["ties"]
    )
    return Markup(
        '<g data-joined="ties">'
        + ties
        + '</g>\n<g data-joined="nodes">'
        + "".join(map(_node, one["nodes"]))
        + "</g>"
    )


def _node(node: Mapping[str, Any]) -> str:
    gone = "" if node["alive"] else " gone"
    skipped = "" if node["alive"] else ' tabindex="-1"'
    text = (
        f'<text x="{node["x"] + 13:g}" y="{node["y"] + 4:g}">{escaped(node["label"])}</text>'
        if node["label"]
        else ""
    )
    return (
        f'<a data-keep="{escaped(node["id"])}" href="{escaped(node["href"])}" '
        f'class="node {node["form"]}{gone}"{skipped}>'
        f'<circle cx="{node["x"]}" cy="{node["y"]}" r="{node["r"]}"><title>{escaped(node["told"])}</title></circle>{text}</a>\n'
    )


def timeline(one: Mapping[str, Any], to: str) -> Markup:
    """The lines of a time line: a name that leads to the page under `to`, and a bar for each spell that leads to its row."""
    out = []
    for x, year in one["ticks"]:
        out.append(f'<line class="grid" x1="{x}" x2="{x}" y1="18" y2="{one["high"]}"/>')
        out.append(f'<text class="tick" x="{x}" y="12" text-anchor="middle">{year}</text>')
    for line in one["lines"]:
        label = line["label"] if len(line["label"]) < 24 else f"{line['label'][:22]}…"
        out.append(
            f'<a href="{escaped(address(to + line["key"]))}"><text class="name" x="142" y="{line["y"] + 11}" text-anchor="end">'
            f"{escaped(label)}</text></a>"
        )
        for bar in line["bars"]:
            doubt = " doubtful" if bar["doubtful"] else ""
            out.append(
                f'<a href="{escaped(address("/row/" + bar["row"]))}"><rect class="bar {bar["kind"]}{doubt}" x="{bar["x"]}" '
                f'y="{line["y"] + 2}" width="{bar["wide"]}" height="12" rx="2"><title>{escaped(bar["told"])}</title></rect></a>\n'
            )
    out.append(f'<line class="now" x1="{one["now"]}" x2="{one["now"]}" y1="16" y2="{one["high"]}"/>')
    return Markup("".join(out))
