"""What if: a supposition made of edits, and which findings and measures it moves; its address is the supposition."""

from __future__ import annotations

from typing import Any

from chaikhana.core.vocabulary import BODY_FORMS, STATUSES
from chaikhana.errors import BadValueError, shorten
from chaikhana.web.asked import Asked, address
from chaikhana.web.page import Listing, Page
from chaikhana.web.site import Site

SECONDS = 90.0
MOST_EDITS = 12
# What an edit is made of: fields of the form, in the order in which the command line writes them.
SHAPES: dict[str, tuple[str, ...]] = {
    "join": ("actor", "body", "date", "[word]"),
    "leave": ("actor", "body", "date"),
    "suspend": ("actor", "body", "date"),
    "status": ("actor", "body", "word", "date"),
    "end-body": ("body", "date"),
    "design": ("body", "word", "date"),
    "lead": ("body", "actor", "date"),
    "unlead": ("body", "actor", "date"),
    "drop-agreement": ("word",),
    "remove-body": ("body",),
    "remove-led-by": ("actor",),
    "remove-form": ("word",),
}
MEANS = {
    "join": "joins (as a member, or the word)",
    "leave": "leaves",
    "suspend": "is suspended",
    "status": "has the status of the word",
    "end-body": "the body ends",
    "design": "the body's attribute has the value (word: attribute:value)",
    "lead": "leads the body",
    "unlead": "leads it no longer",
    "drop-agreement": "the agreement (word: its id) was never signed",
    "remove-body": "the body had never been",
    "remove-led-by": "no body that the actor leads or founded had been",
    "remove-form": "no body of the form (word) had been",
}


def whatif(site: Site, asked: Asked) -> Page:
    """The page."""
    asked.only(("scenario", "edit", "do", "actor", "body", "date", "word", "on", "show"))
    # A quarter of a second, for which the first page does not wait.
    from chaikhana.scenario.shelf import scenarios

    known = site.remembered("scenarios", lambda: scenarios(site.study))
    names = tuple(dict.fromkeys(asked.texts("scenario")))
    for name in names:
        Asked([("scenario", name)]).word("scenario", known)
    edits = list(dict.fromkeys([*asked.texts("edit"), *_new(asked)]))
    if len(edits) > MOST_EDITS:
        raise BadValueError(f"edit: at most {MOST_EDITS} edits are laid at once, not {len(edits)}.")
    pairs = tuple(_read(edit) for edit in edits)
    on = asked.day("on", site.first, site.last)
    show = asked.text("show")
    about: dict[str, Any] = {
        "scenario": list(names),
        "edit": edits,
        "on": on.isoformat() if names or edits else "",
        "show": show,
    }
    there, found = True, None
    if names or edits:
        there, found = site.ask(
            ("whatif", names, pairs, on, show), "whatif", names, pairs, on, show, limit=SECONDS
        )
    listings = _listings(found) if found else []
    listings.append(
        Listing(
            id="scenarios",
            title="Scenarios that the study carries",
            columns={"scenario": ("scenario", "link"), "edits": ("supposes", "text"), "why": ("why", "text")},
            records=[
                {
                    "scenario": {"href": address("/whatif", {"scenario": name}), "text": one.title},
                    "edits": "; ".join(edit.told for edit in one.edits),
                    "why": one.why,
                }
                for name, one in known.items()
            ],
            empty="It carries none.",
        )
    )
    flips = list(found["flips"]) if found else []
    return Page(
        title=found["title"] if found else "What if",
        section="whatif",
        template="whatif.html",
        says=f"On {on}, {len(flips)} of {found['asked']} findings flip, and {len(found['measures'])} measures move."
        if found
        else "Suppose that a state had joined, a body had never been, a rule were another: see which findings and measures move.",
        about=about,
        data={
            "on": on.isoformat(),
            "edits": edits,
            "scenarios": list(names),
            **({key: found[key] for key in ("title", "why", "told", "notices", "silent")} if found else {}),
        },
        listings=tuple(listings),
        drawn=lambda: {
            "shapes": SHAPES,
            "means": MEANS,
            "actors": sorted(
                site.names.actors.items(), key=lambda one: (one[0] not in site.study.about.members, one[1])
            ),
            "bodies": sorted(
                ((id, site.names.body(id)) for id in site.names.bodies), key=lambda one: one[1].casefold()
            ),
            "known": [(name, one.title) for name, one in known.items()],
            "words": (*STATUSES, *BODY_FORMS, "formal", "informal"),
            "without": lambda edit: address(
                "/whatif",
                [
                    *(("scenario", one) for one in names),
                    *(("edit", one) for one in edits if one != edit),
                    ("on", on.isoformat()),
                ],
            ),
        },
        waiting="" if there else "The scenario is being laid over the study. The answer comes by itself.",
        rows=[row for one in flips for row in one["rows"]],
    )


def _new(asked: Asked) -> list[str]:
    """The edit of the form's fields, if one was chosen."""
    kind = asked.word("do", SHAPES)
    if not kind:
        return []
    parts = []
    for field in SHAPES[kind]:
        value = asked.text(field.strip("[]"))
        if not value and not field.startswith("["):
            raise BadValueError(f"{field}: the edit ‘{kind}’ needs {', '.join(SHAPES[kind])}.")
        if value:
            parts.append(value)
    return [f"{kind} {':'.join(parts)}"]


def _read(edit: str) -> tuple[str, str]:
    kind, _, text = edit.partition(" ")
    if kind not in SHAPES or not text:
        raise BadValueError(
            f"edit: ‘{shorten(edit)}’ is no edit. Write a kind and what it is of, for instance ‘leave ACTOR:BODY:2020-01-01’. "
            f"Kinds: {', '.join(SHAPES)}."
        )
    return kind, text.strip()


def _listings(found: dict[str, Any]) -> list[Listing]:
    listings = [
        Listing(
            id="flips",
            title="Findings that flip",
            columns={
                "framework": ("framework", "framework"),
                "subject": ("subject", "subject"),
                "before": ("before", "text"),
                "after": ("after", "text"),
                "by": ("by the rules", "text"),
                "rows": ("rows", "rows"),
            },
            records=found["flips"],
            most=60,
            empty="None.",
        ),
        Listing(
            id="measures",
            title="Measures that move",
            columns={
                "measure": ("measure", "link"),
                "rows": ("values", "number"),
                "new": ("new", "number"),
                "changed": ("changed", "number"),
                "gone": ("gone", "number"),
                "widest_change": ("widest change", "text"),
            },
            records=found["measures"],
            most=60,
            empty="None.",
        ),
        Listing(
            id="rows",
            title="Rows of the study that it changes",
            columns={
                "table": ("table", "text"),
                "new": ("new", "number"),
                "changed": ("changed", "number"),
                "gone": ("gone", "number"),
            },
            records=found["changed_rows"],
        ),
    ]
    if found["moves"]:
        columns = {
            name: (name.replace("_", " "), "rows" if name == "rows" else "text") for name in found["moves"][0]
        }
        listings.insert(
            1,
            Listing(
                id="moves",
                title=f"Every difference of {found['show']}",
                columns=columns,
                records=found["moves"],
                most=100,
            ),
        )
    return listings
