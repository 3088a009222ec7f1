"""Edits of a study: what a scenario changes, one record a change.

What it is: the closed list of edits, each as data that tells itself in a sentence. `laying` lays them over a study; nothing
here touches one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from chaikhana.core import vocabulary as words
from chaikhana.core.dates import FIRST_DAY, LAST_DAY, parse_moment
from chaikhana.errors import BadValueError, allowed_values
from chaikhana.study.schema import BY_NAME, Kind

FORM_GROUPS = {"formal": words.FORMAL_FORMS, "informal": words.INFORMAL_FORMS}
STATUS = {"join": "member", "leave": "withdrawn", "suspend": "suspended"}


def _word(allowed: tuple[str, ...]) -> Callable[[str], str]:
    def check(value: str) -> str:
        if value not in allowed:
            raise ValueError(f"there is no ‘{value}’ here. {allowed_values(value, allowed, most=20)}")
        return value

    return check


def _date(text: str) -> str:
    """The text, if it is a date with two ends."""
    try:
        moment = parse_moment(text)
    except BadValueError as error:  # pydantic gathers faults of this kind alone
        raise ValueError(str(error)) from None
    if moment.earliest == FIRST_DAY or moment.latest == LAST_DAY:
        raise ValueError("An edit needs a day, a month or a year: 2021-01-01, 2021-01 or 2021.")
    return text


Day = Annotated[str, AfterValidator(_date)]
Until = Annotated[str, AfterValidator(lambda text: text and _date(text))]
Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Text = Annotated[str, Field(min_length=1)]
Form = Annotated[str, AfterValidator(_word((*FORM_GROUPS, *words.BODY_FORMS)))]


class Edit(BaseModel):
    """One change; a key that it does not know is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
    do: str

    @property
    def told(self) -> str:
        """The edit as a clause: who joins what on which day, as what."""
        return self._tell()

    def _tell(self) -> str:
        raise NotImplementedError


class Spell(Edit):
    """An actor has a status in a body from a day on; what it had there before ends."""

    do: Literal["join", "leave", "suspend", "status"]
    actor: Id
    body: Id
    on: Day
    until: Until = ""
    status: Annotated[str, AfterValidator(_word(tuple(words.STATUSES)))] = ""

    @model_validator(mode="after")
    def _has_status(self) -> Spell:
        if self.do == "status" and not self.status:
            raise ValueError(f"say which status. {allowed_values('', tuple(words.STATUSES))}")
        if self.do in ("leave", "suspend") and self.status:
            raise ValueError(f'to {self.do} takes no status; use do = "status"')
        return self

    @property
    def taken(self) -> str:
        """The status from then on."""
        return self.status or STATUS[self.do]

    def _tell(self) -> str:
        verb = {"join": "joins", "leave": "leaves", "suspend": "is suspended in", "status": "changes in"}[
            self.do
        ]
        told = f"{self.actor} {verb} {self.body} on {self.on}" + (
            f" until {self.until}" if self.until else ""
        )
        return told if self.do in ("leave", "suspend") else f"{told} as {self.taken}"


class AddBody(Edit):
    """A body that the study does not have."""

    do: Literal["add-body"]
    body: Id
    name: Text
    acronym: str = ""
    form: Annotated[str, AfterValidator(_word(tuple(words.BODY_FORMS)))]
    issues: tuple[str, ...] = ()
    on: Day
    members: tuple[Id, ...] = ()

    def _tell(self) -> str:
        who = f", with {', '.join(self.members)}" if self.members else ""
        return f"{self.body} begins on {self.on} as {self.form.replace('-', ' ')}{who}"


class EndBody(Edit):
    """A body ends on a day, and with it what would have gone on in it."""

    do: Literal["end-body"]
    body: Id
    on: Day

    def _tell(self) -> str:
        return f"{self.body} ends on {self.on}"


class Remove(Edit):
    """Bodies that have never been, with everything that was done in them."""

    do: Literal["remove"]
    bodies: tuple[Id, ...] = ()
    led_by: Id | Literal[""] = Field(default="", alias="led-by")
    form: Form | Literal[""] = ""
    alone: bool = False

    @model_validator(mode="after")
    def _says_which(self) -> Remove:
        if not (self.bodies or self.led_by or self.form):
            raise ValueError("say which bodies: bodies, led-by or form")
        if self.alone and not self.led_by:
            raise ValueError("alone belongs to led-by: only those that nobody else leads as well")
        return self

    def _tell(self) -> str:
        parts = [", ".join(self.bodies)] if self.bodies else []
        forms = "all bodies" if not self.form else f"all {self.form.replace('-', ' ')} bodies"
        if self.led_by:
            parts.append(f"{forms} that {self.led_by}{' alone' if self.alone else ''} leads or has founded")
        elif self.form:
            parts.append(forms)
        return f"without {' and '.join(parts)}"


class Design(Edit):
    """An attribute of a body has a value from a day on."""

    do: Literal["design"]
    body: Id
    attribute: Annotated[str, AfterValidator(_word((*words.YES_NO_ATTRIBUTES, *words.GRADED_ATTRIBUTES)))]
    value: str
    on: Day
    until: Until = ""

    @model_validator(mode="after")
    def _fits(self) -> Design:
        allowed = words.attribute_values(self.attribute)
        if self.value not in allowed:
            raise ValueError(
                f"{self.attribute} has no value ‘{self.value}’. {allowed_values(self.value, allowed)}"
            )
        return self

    def _tell(self) -> str:
        return f"{self.body} has {self.attribute} = {self.value} from {self.on}" + (
            f" until {self.until}" if self.until else ""
        )


class Lead(Edit):
    """An actor leads a body from a day on, or leads it no longer."""

    do: Literal["lead", "unlead"]
    body: Id
    actor: Id
    on: Day
    kind: Annotated[str, AfterValidator(_word(words.LEAD_KINDS))] = "dominant"

    def _tell(self) -> str:
        if self.do == "unlead":
            return f"{self.actor} leads {self.body} no longer from {self.on}"
        return f"{self.actor} leads {self.body} from {self.on} ({self.kind})"


class AddAgreement(Edit):
    """An agreement that the study does not have, with its parties."""

    do: Literal["add-agreement"]
    agreement: Id
    title: Text
    on: Day
    in_force: Until = Field(default="", alias="in-force")
    form: Annotated[str, AfterValidator(_word(words.AGREEMENT_FORMS))] = "treaty"
    binding: Annotated[str, AfterValidator(_word(words.TRUTHS))] = "yes"
    issues: tuple[str, ...] = ()
    under: Id | Literal[""] = ""
    parties: Annotated[tuple[Id, ...], Field(min_length=2)]

    def _tell(self) -> str:
        return f"{', '.join(self.parties)} sign {self.agreement} on {self.on} ({self.form})"


class DropAgreement(Edit):
    """An agreement that was never signed."""

    do: Literal["drop-agreement"]
    agreement: Id

    def _tell(self) -> str:
        return f"without the agreement {self.agreement}"


def _columns(*kinds: Kind) -> dict[str, tuple[str, ...]]:
    return {
        name: tuple(column.name for column in table.columns if column.kind in kinds)
        for name, table in BY_NAME.items()
    }


DATES = {name: columns for name, columns in _columns(Kind.DATE, Kind.END).items() if columns}


class Move(Edit):
    """A date of rows is another one."""

    do: Literal["move"]
    table: Annotated[str, AfterValidator(_word(tuple(DATES)))]
    where: Annotated[dict[str, str], Field(min_length=1)]
    column: str
    to: Annotated[str, AfterValidator(lambda text: text if text == ".." else _date(text))]

    @model_validator(mode="after")
    def _is_there(self) -> Move:
        if self.column not in DATES[self.table]:
            raise ValueError(
                f"{self.table} has no date ‘{self.column}’. {allowed_values(self.column, DATES[self.table])}"
            )
        known = tuple(column.name for column in BY_NAME[self.table].columns)
        for name in self.where:
            if name not in known:
                raise ValueError(
                    f"{self.table} has no column ‘{name}’. {allowed_values(name, known, most=20)}"
                )
        return self

    def _tell(self) -> str:
        which = ", ".join(f"{name} {value}" for name, value in self.where.items())
        return f"{self.table} with {which}: {self.column} becomes {self.to}"


EDITS: dict[str, type[Edit]] = {
    "join": Spell,
    "leave": Spell,
    "suspend": Spell,
    "status": Spell,
    "add-body": AddBody,
    "end-body": EndBody,
    "remove": Remove,
    "design": Design,
    "lead": Lead,
    "unlead": Lead,
    "add-agreement": AddAgreement,
    "drop-agreement": DropAgreement,
    "move": Move,
}


def as_data(edit: Edit) -> dict[str, Any]:
    """The edit as its file has it, without what was left out."""
    return edit.model_dump(by_alias=True, exclude_defaults=True)
