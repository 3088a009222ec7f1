"""Each edit as it changes the tables: one function a kind.

What it is: what joining, leaving, ending, removing and the rest mean for rows. A function refuses what names nobody or changes
nothing; whether the result is a study that could be is asked afterwards, of the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from chaikhana.core.dates import parse_moment
from chaikhana.core.vocabulary import FULL_STATUSES
from chaikhana.errors import ScenarioError, allowed_values
from chaikhana.scenario import edits as kinds
from chaikhana.scenario.removing import remove
from chaikhana.scenario.sheets import Line, Sheets, carve, resumed
from chaikhana.study.cells import split_list
from chaikhana.study.network import LEADING
from chaikhana.study.schema import BY_NAME

SINGULAR = {"actors": "actor", "bodies": "body", "agreements": "agreement"}
NOTHING = "nothing would change"


def known(sheets: Sheets, table: str, name: str) -> None:
    """Refuse an id that the table does not have at this point.

    Raises
    ------
    ScenarioError
        With the nearest ids.
    """
    ids = sheets.ids(table)
    if name not in ids:
        why = ": an edit before this one takes it away" if sheets.had(table, name) else ""
        raise ScenarioError(
            f"there is no {SINGULAR[table]} ‘{name}’{why}. {allowed_values(name, sorted(ids))}"
        )


def _taken(sheets: Sheets, table: str, name: str) -> None:
    if name in sheets.ids(table):
        raise ScenarioError(f"the study has the {SINGULAR[table]} ‘{name}’ already. Take another id.")


def _spell(sheets: Sheets, edit: kinds.Spell, number: int) -> None:
    known(sheets, "actors", edit.actor)
    known(sheets, "bodies", edit.body)

    def own(line: Line) -> bool:
        return line["actor"] == edit.actor and line["body"] == edit.body

    def alike(line: Line) -> bool:
        full = edit.taken in FULL_STATUSES
        return own(line) and (line["status"] in FULL_STATUSES if full else line["status"] == edit.taken)

    day = parse_moment(edit.on)
    held = [line for line in sheets.where("memberships", own) if line["prefer"] != "no"]
    if not edit.until and any(alike(line) and line.surely_on(day) for line in held):
        raise ScenarioError(f"{edit.actor} is {edit.taken} of {edit.body} on that day already: {NOTHING}.")
    if edit.do in ("leave", "suspend") and not any(
        line["status"] != "withdrawn" and parse_moment(line["to"]).latest > day.earliest for line in held
    ):
        raise ScenarioError(f"{edit.actor} has no tie to {edit.body} from that day on: {NOTHING}.")
    carve(sheets, "memberships", number, own, edit.on, edit.until)
    if resumed(sheets, "memberships", number, alike, edit.on):
        return
    sheets.add(
        "memberships",
        number,
        {
            "actor": edit.actor,
            "body": edit.body,
            "status": edit.taken,
            "from": edit.on,
            "to": edit.until or _end_of(sheets, edit.body),
        },
    )


def _end_of(sheets: Sheets, body: str) -> str:
    """Until when a spell without an end lasts: as long as the body does, as far as that is known."""
    rows = list(sheets.where("bodies", lambda line: line["id"] == body and line["prefer"] != "no"))
    return next((line["to"] for line in rows if line["to"]), "..")


def _add_body(sheets: Sheets, edit: kinds.AddBody, number: int) -> None:
    _taken(sheets, "bodies", edit.body)
    for actor in edit.members:
        known(sheets, "actors", actor)
    life = {"from": edit.on, "to": ".."}
    sheets.add(
        "bodies",
        number,
        {
            "id": edit.body,
            "name": edit.name,
            "acronym": edit.acronym,
            "form": edit.form,
            "issues": "; ".join(edit.issues),
            **life,
        },
    )
    for actor in edit.members:
        sheets.add(
            "memberships", number, {"actor": actor, "body": edit.body, "status": "founder-member", **life}
        )


def _end_body(sheets: Sheets, edit: kinds.EndBody, number: int) -> None:
    known(sheets, "bodies", edit.body)
    day = parse_moment(edit.on).earliest
    if all(
        parse_moment(line["from"]).earliest >= day
        for line in sheets.where("bodies", lambda line: line["id"] == edit.body)
        if line["from"]
    ):
        raise ScenarioError(f'{edit.body} had not begun by then. To have it never begin: do = "remove".')
    if not carve(sheets, "bodies", number, lambda line: line["id"] == edit.body, edit.on, ""):
        raise ScenarioError(f"{edit.body} has ended by then already: {NOTHING}.")
    for table in ("memberships", "leads", "design"):
        carve(sheets, table, number, lambda line: line["body"] == edit.body, edit.on, "")
    for table, column, dated in (("meetings", "body", "date"), ("agreements", "under", "signed")):
        later = {
            line["id"]
            for line in sheets.lines(table)
            if line[column] == edit.body and line[dated] and parse_moment(line[dated]).earliest >= day
        }
        remove(sheets, table, later, number)
    for line in sheets.where("lineage", lambda line: line["body"] == edit.body):
        if line["date"] and parse_moment(line["date"]).earliest >= day:
            sheets.drop("lineage", line, number)


def bodies_of(sheets: Sheets, edit: kinds.Remove) -> set[str]:
    """The bodies that a removal takes away, of those that are there."""
    rows = [line for line in sheets.lines("bodies") if line["prefer"] != "no"]
    forms = kinds.FORM_GROUPS.get(edit.form, (edit.form,))
    of_form = {line["id"] for line in rows if not edit.form or line["form"] in forms}
    chosen = set(edit.bodies)
    if edit.led_by:
        led: dict[str, set[str]] = {}
        for line in sheets.lines("leads"):
            if line["prefer"] != "no" and line["kind"] in LEADING:
                led.setdefault(line["body"], set()).add(line["actor"])
        chosen |= {
            body
            for body, actors in led.items()
            if edit.led_by in actors and body in of_form and (len(actors) == 1 or not edit.alone)
        }
    elif edit.form:
        chosen |= of_form
    return chosen & sheets.ids("bodies")


def _remove(sheets: Sheets, edit: kinds.Remove, number: int) -> None:
    for body in edit.bodies:
        known(sheets, "bodies", body)
    if edit.led_by:
        known(sheets, "actors", edit.led_by)
    chosen = bodies_of(sheets, edit)
    if not chosen:
        raise ScenarioError(f"the study has no such body: {NOTHING}.")
    remove(sheets, "bodies", chosen, number)


def _design(sheets: Sheets, edit: kinds.Design, number: int) -> None:
    known(sheets, "bodies", edit.body)

    def own(line: Line) -> bool:
        return line["body"] == edit.body and line["attribute"] == edit.attribute

    day = parse_moment(edit.on)
    if not edit.until and any(
        line["value"] == edit.value and line["prefer"] != "no" and line.surely_on(day)
        for line in sheets.where("design", own)
    ):
        raise ScenarioError(
            f"{edit.body} has {edit.attribute} = {edit.value} on that day already: {NOTHING}."
        )
    carve(sheets, "design", number, own, edit.on, edit.until)
    if not resumed(sheets, "design", number, lambda line: own(line) and line["value"] == edit.value, edit.on):
        sheets.add(
            "design",
            number,
            {
                "body": edit.body,
                "attribute": edit.attribute,
                "value": edit.value,
                "from": edit.on,
                "to": edit.until or _end_of(sheets, edit.body),
            },
        )


def _lead(sheets: Sheets, edit: kinds.Lead, number: int) -> None:
    known(sheets, "bodies", edit.body)
    known(sheets, "actors", edit.actor)
    ending = edit.do == "unlead"

    def own(line: Line) -> bool:
        same = line["body"] == edit.body and line["actor"] == edit.actor
        return same and (ending or line["kind"] == edit.kind)

    touched = carve(sheets, "leads", number, own, edit.on, "")
    if ending:
        if not touched:
            raise ScenarioError(f"{edit.actor} does not lead {edit.body} from that day on: {NOTHING}.")
    elif not resumed(sheets, "leads", number, own, edit.on):
        sheets.add(
            "leads",
            number,
            {
                "body": edit.body,
                "actor": edit.actor,
                "kind": edit.kind,
                "from": edit.on,
                "to": _end_of(sheets, edit.body),
            },
        )


def _add_agreement(sheets: Sheets, edit: kinds.AddAgreement, number: int) -> None:
    _taken(sheets, "agreements", edit.agreement)
    if edit.under:
        known(sheets, "bodies", edit.under)
    for actor in edit.parties:
        known(sheets, "actors", actor)
    dated = {"signed": edit.on, "in_force": edit.in_force}
    sheets.add(
        "agreements",
        number,
        {
            "id": edit.agreement,
            "title": edit.title,
            **dated,
            "ended": "..",
            "form": edit.form,
            "binding": edit.binding,
            "issues": "; ".join(edit.issues),
            "under": edit.under,
        },
    )
    for actor in edit.parties:
        sheets.add("parties", number, {"agreement": edit.agreement, "actor": actor, **dated})


def _drop_agreement(sheets: Sheets, edit: kinds.DropAgreement, number: int) -> None:
    known(sheets, "agreements", edit.agreement)
    remove(sheets, "agreements", [edit.agreement], number)


def _move(sheets: Sheets, edit: kinds.Move, number: int) -> None:
    which = ", ".join(f"{name} = {text}" for name, text in edit.where.items())
    lists = {column.name for column in BY_NAME[edit.table].columns if column.kind.value in ("list", "links")}
    found = [
        line
        for line in sheets.lines(edit.table)
        if all(
            text in split_list(line[name]) if name in lists else line[name] == text
            for name, text in edit.where.items()
        )
    ]
    if not found:
        raise ScenarioError(f"no row of {edit.table} has {which}.")
    stated = [line for line in found if line["prefer"] != "no"]
    if len(stated) > 1:
        key = BY_NAME[edit.table].key
        told = "; ".join(", ".join(line[name] for name in key) for line in stated[:5])
        raise ScenarioError(f"{len(stated)} rows of {edit.table} have {which}: {told}. Say more in ‘where’.")
    if all(line[edit.column] == edit.to for line in found):
        raise ScenarioError(f"the date ‘{edit.column}’ is {edit.to} already: {NOTHING}.")
    for line in found:
        sheets.put(line, number, {edit.column: edit.to})


APPLY: Mapping[str, Callable[..., None]] = MappingProxyType(
    {
        "join": _spell,
        "leave": _spell,
        "suspend": _spell,
        "status": _spell,
        "add-body": _add_body,
        "end-body": _end_body,
        "remove": _remove,
        "design": _design,
        "lead": _lead,
        "unlead": _lead,
        "add-agreement": _add_agreement,
        "drop-agreement": _drop_agreement,
        "move": _move,
    }
)
