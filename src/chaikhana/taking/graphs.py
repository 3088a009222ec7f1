"""A study as a network with time: actors and bodies, memberships and leads as ties that begin and end.

What it is: a two-mode multigraph. Nodes have every attribute of their row; a tie is one row, with its status (or kind of lead),
its dates as written and the days between which it surely holds. GraphML (written with networkx) has them as attributes, GEXF 1.3
as spells as well, which Gephi's timeline reads. A tie of which no day is sure has dates and no spell. Networkx writes the older
GEXF 1.2 draft in a form that its own schema refuses; so GEXF is written here.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from xml.etree import ElementTree as Xml

import networkx as nx

from chaikhana.core.dates import FIRST_DAY, LAST_DAY
from chaikhana.errors import OutputError
from chaikhana.study.study import Study
from chaikhana.study.writing import replace_whole

NAMESPACE = "http://gexf.net/1.3"
_NODE = ("kind", "name", "acronym", "iso3", "form", "issues", "from", "to", "cite", "basis")
_EDGE = ("relation", "status", "from", "to", "sure_from", "sure_until", "row", "cite", "basis")


def network(study: Study) -> nx.MultiGraph:
    """The network of a study under the reading in force.

    Returns
    -------
    networkx.MultiGraph
        Nodes are `actor:ID` and `body:ID`; each tie has `relation` (membership or lead), `status`, `from` and `to` as
        written, and `sure_from` and `sure_until`, the first day on which it surely holds and the first on which it may not.
    """
    graph = nx.MultiGraph(name=study.about.title)
    for table, kind in (("actors", "actor"), ("bodies", "body")):
        for row in study.table(table).iter_rows(named=True):
            values = {
                name: "; ".join(row[name]) if isinstance(row.get(name), list) else str(row.get(name) or "")
                for name in _NODE
            }
            values |= {
                "kind": kind,
                "label": row.get("acronym") or row["name"],
                **_span(row, study.about.last_day),
            }
            graph.add_node(f"{kind}:{row['id']}", **values)
    for table, relation, word in (("memberships", "membership", "status"), ("leads", "lead", "kind")):
        for row in study.table(table).iter_rows(named=True):
            values = {
                "relation": relation,
                "status": row[word],
                **{n: str(row[n] or "") for n in ("from", "to", "row", "cite", "basis")},
            }
            graph.add_edge(
                f"actor:{row['actor']}",
                f"body:{row['body']}",
                key=row["row"],
                **values,
                **_span(row, study.about.last_day),
            )
    return graph


def write_graphml(study: Study, target: Path) -> None:
    """Write the network as GraphML.

    Raises
    ------
    OutputError
    """
    replace_whole(target, "\n".join(nx.generate_graphml(network(study), named_key_ids=True)) + "\n")


def write_gexf(study: Study, target: Path) -> None:
    """Write the network as GEXF 1.3, its nodes and ties with spells.

    Raises
    ------
    OutputError
    """
    graph = network(study)
    Xml.register_namespace("", NAMESPACE)
    root = Xml.Element(_tag("gexf"), version="1.3")
    meta = Xml.SubElement(root, _tag("meta"))
    for name, text in (("creator", "chaikhana"), ("description", study.about.title)):
        Xml.SubElement(meta, _tag(name)).text = text
    body = Xml.SubElement(
        root,
        _tag("graph"),
        defaultedgetype="undirected",
        mode="dynamic",
        timeformat="date",
        timerepresentation="interval",
    )
    for kind, names in (("node", _NODE), ("edge", _EDGE)):
        declared = Xml.SubElement(body, _tag("attributes"), {"class": kind})
        for number, name in enumerate(names):
            Xml.SubElement(declared, _tag("attribute"), id=str(number), title=name, type="string")
    nodes = Xml.SubElement(body, _tag("nodes"))
    for name, values in graph.nodes(data=True):
        node = Xml.SubElement(nodes, _tag("node"), id=name, label=" ".join(str(values["label"]).split()))
        _fill(node, values, _NODE)
    edges = Xml.SubElement(body, _tag("edges"))
    for one, other, key, values in graph.edges(keys=True, data=True):
        edge = Xml.SubElement(
            edges, _tag("edge"), id=str(key), source=one, target=other, kind=str(values["relation"])
        )
        _fill(edge, values, _EDGE)
    Xml.indent(root, " ")
    try:
        text = Xml.tostring(root, encoding="unicode", xml_declaration=False)
    except (TypeError, ValueError) as error:
        raise OutputError(f"{target} could not be written as GEXF: {error}.") from error
    replace_whole(target, f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n')


def _fill(element: Xml.Element, values: dict[str, object], names: tuple[str, ...]) -> None:
    """The attributes of a node or tie, then its spell."""
    holder = Xml.SubElement(element, _tag("attvalues"))
    for number, name in enumerate(names):
        if values.get(name):
            Xml.SubElement(holder, _tag("attvalue"), {"for": str(number), "value": str(values[name])})
    spell = {
        at: str(values[name])
        for at, name in (("start", "sure_from"), ("end", "sure_until"))
        if values.get(name)
    }
    if spell.get("start"):
        spells = Xml.SubElement(element, _tag("spells"))
        Xml.SubElement(spells, _tag("spell"), spell)


def _span(row: dict[str, object], last: date) -> dict[str, str]:
    """The days between which a row surely holds, none where no day is sure; what is still so holds to the study's end."""
    begins, ends = row["from_latest"], row["to_earliest"]
    if (
        not isinstance(begins, date)
        or not isinstance(ends, date)
        or begins >= ends
        or begins in (FIRST_DAY, LAST_DAY)
    ):
        return {"sure_from": "", "sure_until": ""}
    return {"sure_from": begins.isoformat(), "sure_until": "" if ends > last else ends.isoformat()}


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
