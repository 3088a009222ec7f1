"""The tables of a study: which columns each has, what a cell may hold, what it points to.

What it is: the study format as data. The reader, the checker, `datapackage.json`, the DuckDB file and the
reference pages are all made from these declarations, so that they cannot disagree.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from chaikhana.core import vocabulary as words


class Kind(StrEnum):
    """What a cell holds."""

    TEXT = "text"
    ID = "id"
    DATE = "date"
    END = "end"
    WORD = "word"
    NUMBER = "number"
    WHOLE = "whole number"
    CITE = "cite"
    LINK = "link"
    LINKS = "links"
    LIST = "list"
    UNIT = "unit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column.

    Attributes
    ----------
    kind : Kind
        What its cells hold; ``DATE`` and ``END`` are EDTF text, the latter with ``..`` for *still so*.
    needed : bool
        Whether a blank cell is a fault.
    allowed : tuple of str
        The closed list of a ``WORD``; ``study`` lists (issues) are filled in from ``study.toml``.
    to : tuple of str
        The tables whose ids a ``LINK`` or ``LINKS`` cell may name.
    says : str
        What the column means, for the reference and the data package.
    """

    name: str
    kind: Kind = Kind.TEXT
    needed: bool = False
    allowed: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    says: str = ""


COMMON = (
    Column(
        name="cite", kind=Kind.CITE, needed=True, says="who says so: bibliography key, locator; several by ;"
    ),
    Column(
        name="basis",
        kind=Kind.WORD,
        needed=True,
        allowed=tuple(words.BASES),
        says="how far it can be trusted",
    ),
    Column(name="note", says="anything a reader should know"),
    Column(name="rival", says="slug of the dispute that this row is one side of"),
    Column(name="side", says="label of the side"),
    Column(
        name="prefer",
        kind=Kind.WORD,
        allowed=("yes", "no"),
        says="yes on the side that the default reading takes",
    ),
    Column(name="reason", says="why that side is preferred"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table: its columns before the common ones, and the columns that name a row.

    Attributes
    ----------
    key : tuple of str
        Columns that no two rows share, rival statements apart.
    period : bool
        Whether its rows hold from `from` until `to`.
    """

    name: str
    one_row_is: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ("id",)
    period: bool = False
    optional: bool = True

    @property
    def all_columns(self) -> tuple[Column, ...]:
        """The table's own columns and the common ones."""
        return self.columns + COMMON

    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(column for column in self.all_columns if column.name == name)


_ID = Column(name="id", kind=Kind.ID, needed=True, says="short, lower case, stable")
_FROM = Column(name="from", kind=Kind.DATE, says="first day on which it holds; empty: not known")
_TO = Column(
    name="to", kind=Kind.END, says="first day on which it no longer holds; .. still so; empty: not known"
)
_ISSUES = Column(name="issues", kind=Kind.LIST, says="issues of the study's vocabulary")
_BODIES = Column(name="bodies", kind=Kind.LINKS, to=("bodies",), says="bodies concerned")


def _word(name: str, allowed: tuple[str, ...], says: str, *, needed: bool = True) -> Column:
    return Column(name=name, kind=Kind.WORD, allowed=allowed, says=says, needed=needed)


def _link(name: str, to: str, says: str, *, needed: bool = True) -> Column:
    return Column(name=name, kind=Kind.LINK, to=(to,), says=says, needed=needed)


def _date(name: str, says: str, *, needed: bool = False) -> Column:
    return Column(name=name, kind=Kind.DATE, says=says, needed=needed)


def _text(name: str, says: str, *, needed: bool = False) -> Column:
    return Column(name=name, says=says, needed=needed)


TABLES: tuple[Table, ...] = (
    Table(
        name="actors",
        one_row_is="a state or bloc",
        optional=False,
        period=True,
        columns=(
            _ID,
            _text("name", "as an English reader knows it", needed=True),
            _text("iso3", "ISO 3166 alpha-3 code of a state"),
            Column(name="cow", kind=Kind.WHOLE, says="Correlates of War country code"),
            Column(name="gw", kind=Kind.WHOLE, says="Gleditsch-Ward country code"),
            _word("kind", words.ACTOR_KINDS, "state or bloc"),
            _FROM,
            _TO,
        ),
    ),
    Table(
        name="bodies",
        one_row_is="an organisation, treaty regime, informal platform, programme or exercise",
        optional=False,
        period=True,
        columns=(
            _ID,
            _text("name", "full name", needed=True),
            _text("acronym", "as it is called"),
            _word("form", tuple(words.BODY_FORMS), "what kind of body it is"),
            _ISSUES,
            _FROM,
            _TO,
            _text("seat", "town of the secretariat"),
            _text("cow_igo", "its variable in the COW IGO data"),
            Column(name="former_names", kind=Kind.LIST, says="earlier or other names"),
        ),
    ),
    Table(
        name="leads",
        one_row_is="who leads a body, when",
        key=("body", "actor", "kind", "from"),
        period=True,
        columns=(
            _link("body", "bodies", "the body led"),
            _link("actor", "actors", "who leads it"),
            _FROM,
            _TO,
            _word("kind", words.LEAD_KINDS, "how it leads"),
        ),
    ),
    Table(
        name="lineage",
        one_row_is="a change of a body's identity",
        key=("body", "relation", "other", "date"),
        columns=(
            _link("body", "bodies", "the earlier body"),
            _word("relation", words.LINEAGE_RELATIONS, "what became of it"),
            _link("other", "bodies", "the later body"),
            _date("date", "when"),
        ),
    ),
    Table(
        name="design",
        one_row_is="an attribute of a body, when",
        key=("body", "attribute", "from"),
        period=True,
        columns=(
            _link("body", "bodies", "the body"),
            _word("attribute", (*words.YES_NO_ATTRIBUTES, *words.GRADED_ATTRIBUTES), "the attribute"),
            _text("value", "yes, no, unknown, not-applicable or a grade", needed=True),
            _FROM,
            _TO,
        ),
    ),
    Table(
        name="memberships",
        one_row_is="a spell of one status of an actor in a body",
        optional=False,
        key=("actor", "body", "status", "from"),
        period=True,
        columns=(
            _link("actor", "actors", "who"),
            _link("body", "bodies", "in what"),
            _word("status", tuple(words.STATUSES), "as what"),
            _FROM,
            _TO,
        ),
    ),
    Table(
        name="agreements",
        one_row_is="a treaty, declaration, memorandum or statement",
        columns=(
            _ID,
            _text("title", "its title", needed=True),
            _date("signed", "when it was signed"),
            _date("in_force", "when it entered into force"),
            Column(name="ended", kind=Kind.END, says="when it ended; .. still in force"),
            _word("form", words.AGREEMENT_FORMS, "what kind of text it is"),
            _word("binding", words.TRUTHS, "whether it binds in law", needed=False),
            _ISSUES,
            _link("under", "bodies", "the body under which it was made", needed=False),
            _text("place", "where it was signed"),
        ),
    ),
    Table(
        name="parties",
        one_row_is="an actor in an agreement",
        key=("agreement", "actor"),
        columns=(
            _link("agreement", "agreements", "the agreement"),
            _link("actor", "actors", "the party"),
            _date("signed", "when it signed"),
            _date("ratified", "when it ratified"),
            _date("in_force", "when it entered into force for it"),
            _date("withdrew", "when it withdrew"),
        ),
    ),
    Table(
        name="meetings",
        one_row_is="a summit or other meeting",
        columns=(
            _ID,
            _text("title", "what it was", needed=True),
            _link("body", "bodies", "the body that met, if any", needed=False),
            _text("format", "the format as the source calls it"),
            _date("date", "first day"),
            _date("until", "first day after, where it lasted longer"),
            _text("place", "town"),
            _link("host", "actors", "whose soil", needed=False),
            _word("level", tuple(words.LEVELS), "rank of those who met", needed=False),
            _ISSUES,
        ),
    ),
    Table(
        name="attendance",
        one_row_is="an actor at a meeting",
        key=("meeting", "actor"),
        columns=(
            _link("meeting", "meetings", "the meeting"),
            _link("actor", "actors", "who was invited or came"),
            _word("level", tuple(words.LEVELS), "rank of the person who came", needed=False),
            _word("present", ("yes", "no", "unknown"), "whether it took part"),
        ),
    ),
    Table(
        name="episodes",
        one_row_is="an act that a theory reads",
        columns=(
            _ID,
            _date("date", "when, or when it began"),
            Column(name="until", kind=Kind.END, says="first day after, where it lasted longer; .. still so"),
            _word("act", words.ACTS, "what was done"),
            Column(
                name="actors",
                kind=Kind.LINKS,
                to=("actors",),
                says="who did it, where an actor of the study did",
            ),
            Column(name="target", kind=Kind.LINKS, to=("actors", "bodies"), says="to whom"),
            _BODIES,
            _ISSUES,
            _text("summary", "what happened, in own words", needed=True),
        ),
    ),
    Table(
        name="statements",
        one_row_is="something said by somebody entitled to speak for an actor",
        columns=(
            _ID,
            _text("speaker", "who spoke"),
            _link("actor", "actors", "for whom"),
            _date("date", "when"),
            _text("forum", "where"),
            _BODIES,
            _ISSUES,
            _text("gist", "what was said, in own words", needed=True),
        ),
    ),
    Table(
        name="codings",
        one_row_is="a coder's judgement",
        key=("unit", "framework", "code", "value", "coder", "from"),
        period=True,
        columns=(
            Column(name="unit", kind=Kind.UNIT, needed=True, says="what is judged: table:id, or region:name"),
            _word("framework", words.FRAMEWORKS, "in whose terms"),
            _text("code", "the question", needed=True),
            _text("value", "the answer", needed=True),
            _text("coder", "who judges: a person, or a paper's key", needed=True),
            _word("confidence", words.CONFIDENCES, "how sure the coder is", needed=False),
            _FROM,
            _TO,
        ),
    ),
    Table(
        name="figures",
        one_row_is="a number that a source states",
        columns=(
            _ID,
            Column(
                name="subject",
                kind=Kind.UNIT,
                needed=True,
                says="of what: table:id, region:name; several by ;",
            ),
            _text("quantity", "which number", needed=True),
            _word("relation", words.FIGURE_RELATIONS, "how the number is meant"),
            Column(name="value", kind=Kind.NUMBER, needed=True, says="the number"),
            _text("unit", "per cent, USD billion, …", needed=True),
            _date("date", "when, or when it began"),
            Column(name="until", kind=Kind.END, says="first day after a span; .. still so"),
        ),
    ),
    Table(
        name="corrections",
        one_row_is="a difference between a published dataset and this study, and what we make of it",
        key=("dataset", "key", "column"),
        columns=(
            _text("dataset", "id of the dataset", needed=True),
            _text("key", "which of its rows", needed=True),
            _text("column", "which of its columns", needed=True),
            _text("expected", "what the dataset has", needed=True),
            _text("replacement", "what this study has", needed=True),
            _word("status", tuple(words.CORRECTION_STATUSES), "what we make of it"),
            _text("explanation", "why they differ", needed=True),
        ),
    ),
)
BY_NAME = {table.name: table for table in TABLES}
