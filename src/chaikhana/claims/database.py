"""A study as a database that a claim's SQL may read, and do nothing else with.

What it is: every table of the study, its derived series, its measures (`measure_…`) and findings (`finding_…`) as tables,
under one reading of the facts at a time, with macros that say *member on that day* with three answers. In memory; no
files, no network, no settings; one SELECT in a read-only transaction, with limits of time and memory. Measures
and findings are computed when a test names them.
"""

from __future__ import annotations

import re
import threading
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import duckdb
import polars as pl

from chaikhana.claims.registry import COMPUTED
from chaikhana.claims.words import MACROS
from chaikhana.core.evidence import parse_citations
from chaikhana.errors import BadValueError
from chaikhana.frameworks import catalogue as frameworks
from chaikhana.frameworks import running
from chaikhana.measures import catalogue as measures
from chaikhana.study.assemble import fill, write
from chaikhana.study.membership import year_ends
from chaikhana.study.study import Study

LIMIT = 5.0  # seconds that one test may take
MEMORY = "800MB"
MOST_ROWS = 20_000
_SERIES = re.compile(r"\bderived_([a-z0-9_]+)")
_LITERAL = re.compile(r"'([^']*)'")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One reading of the facts.

    Attributes
    ----------
    sides : mapping
        Dispute to side, where the study's preference is departed from.
    without : str
        Key of a source; rows that it alone states are left out.
    """

    sides: Mapping[str, str] = field(default_factory=dict)
    without: str = ""

    @property
    def name(self) -> tuple[Any, ...]:
        """What tells it from others."""
        return (tuple(sorted(self.sides.items())), self.without)


AS_PREFERRED = Reading()


class Database:
    """A study, open for claims.

    Parameters
    ----------
    study : Study
        Is not touched.
    """

    def __init__(self, study: Study) -> None:
        self.study = study
        self._frames: dict[tuple[Any, ...], pl.DataFrame] = {}
        self._tables_of: dict[str, set[str]] = defaultdict(set)
        # Key of a source to the rows that it alone states.
        self.sole: dict[str, set[str]] = defaultdict(set)
        for name, frame in study.frames.items():
            for row, key in zip(frame["row"], sole(frame), strict=True):
                self.sole[key].add(row)
            for slug in frame["rival"].unique():
                self._tables_of[slug].add(name)
        self._there: dict[tuple[int, str], tuple[Any, ...]] = {}
        self._studies: dict[tuple[Any, ...], Study] = {AS_PREFERRED.name: study}
        self.connection = duckdb.connect(":memory:", config={"memory_limit": MEMORY, "threads": 1})
        _fill(self.connection, study)
        self.connection.execute("SET enable_external_access = false")
        self.connection.execute("SET lock_configuration = true")
        self._cursors = {AS_PREFERRED.name: self.connection}

    def ask(
        self, sql: str, day: date, reading: Reading = AS_PREFERRED, limit: float = LIMIT
    ) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Run one SELECT; names of its columns, and its rows.

        Raises
        ------
        BadValueError
            If it is not one SELECT, fails, or goes beyond a limit; nothing was read or written outside the study.
        UnknownNameError
            If it names a measure or a framework that there is not.
        """
        statement = only_select(sql)
        if missing := _missing_series(self.study, sql):
            raise BadValueError(
                f"The study carries no series ‘{missing[0]}’. chaikhana study derive computes it from the dataset that it needs."
            )
        cursor = self._reading(reading)
        self._compute(cursor, sql, day, reading)
        parameters = {"day": day} if "day" in statement.named_parameters else None
        if extra := statement.named_parameters - {"day"}:
            raise BadValueError(
                f"${min(extra)} is not known. A test may use $day alone: the day as of which it is asked."
            )
        cursor.execute("BEGIN TRANSACTION READ ONLY")
        timer = threading.Timer(limit, cursor.interrupt)
        timer.start()
        try:
            cursor.execute(statement, parameters)
            rows = cursor.fetchmany(MOST_ROWS + 1)
            names = [column[0] for column in cursor.description or ()]
        except duckdb.InterruptException as error:
            raise BadValueError(
                f"It was stopped after {limit:g} seconds. Join on ids, and bound every recursion."
            ) from error
        except duckdb.OutOfMemoryException as error:
            raise BadValueError(f"It was stopped: it needs more than {MEMORY} of memory.") from error
        except duckdb.Error as error:
            raise BadValueError(_told(error)) from error
        finally:
            timer.cancel()
            _roll_back(cursor)
        if len(rows) > MOST_ROWS:
            raise BadValueError(
                f"It gives more than {MOST_ROWS:,} rows. Count or list what belongs together."
            )
        return names, rows

    def _reading(self, reading: Reading) -> duckdb.DuckDBPyConnection:
        """A cursor that sees the tables in that reading: those that differ stand before the others, as its own."""
        if reading.name in self._cursors:
            return self._cursors[reading.name]
        cursor = self.connection.cursor()
        read = self.under(reading)
        touched = {table for slug in reading.sides for table in self._tables_of.get(slug, ())}
        if reading.without:
            touched |= {row.partition(":")[0] for row in self.sole[reading.without]}
        for table in touched:
            write(cursor, table, read.table(table), "TEMP TABLE")
        self._cursors[reading.name] = cursor
        return cursor

    def under(self, reading: Reading) -> Study:
        """The study in that reading."""
        if reading.name not in self._studies:
            study = replace(self.study, reading=reading.sides)
            if reading.without:
                gone = list(self.sole[reading.without])
                kept = {
                    name: frame.filter(~pl.col("row").is_in(gone)) for name, frame in study.frames.items()
                }
                study = replace(study, frames=kept)
            self._studies[reading.name] = study
        return self._studies[reading.name]

    def _compute(self, cursor: duckdb.DuckDBPyConnection, sql: str, day: date, reading: Reading) -> None:
        """Put the measures and findings that a test names where it looks for them."""
        for name in sorted({found.group() for found in COMPUTED.finditer(sql.lower())}):
            named = frozenset(_LITERAL.findall(sql)) if name.startswith("finding_") else frozenset()
            key = (name, day, reading.name, named)
            if key not in self._frames:
                self._frames[key] = computed(self.under(reading), name, day, named)
            if self._there.get((id(cursor), name)) != key:
                write(cursor, name, self._frames[key], "TEMP TABLE")
                self._there[id(cursor), name] = key

    def close(self) -> None:
        """Let go of the memory."""
        self.connection.close()


def names_to_read(study: Study) -> list[str]:
    """The names that a test may read from."""
    computed = [f"measure_{entry.name}" for entry in measures.MEASURES] + [
        f"finding_{one.name}" for one in frameworks.FRAMEWORKS
    ]
    tables = [*study.frames, "sources", *(f"derived_{name}" for name in study.derived)]
    return sorted(tables + [name.replace("-", "_") for name in computed])


def computed(study: Study, name: str, day: date, named: frozenset[str] = frozenset()) -> pl.DataFrame:
    """A measure (`measure_body_overlap`) or a framework's findings (`finding_regionness`) as of a day.

    Of findings those alone whose subjects are among `named`, where any is.

    Raises
    ------
    UnknownNameError
        If there is no such measure or framework.
    """
    kind, _, rest = name.partition("_")
    wanted = rest.replace("_", "-")
    if kind == "measure":
        entry = measures.measure(wanted)
        if entry.asks is measures.Asks.SPAN:
            ends = year_ends(study, None, day)
            return measures.run(entry, study, None, ends[0], ends[-1]).frame
        return measures.run(entry, study, day if entry.asks is measures.Asks.DAY else None).frame
    framework = frameworks.framework(wanted)
    subjects = framework.subjects(study)
    found = [
        running.over(framework, study, subject, [day])[0]
        for subject in [one for one in subjects if one in named] or subjects
    ]
    return pl.DataFrame(
        [
            {
                "subject": one.subject,
                "verdict": one.verdict.value,
                "label": one.label,
                "score_low": None if one.score is None else one.score.low,
                "score_high": None if one.score is None else one.score.high,
                "rows": list(one.evidence.rows),
            }
            for one in found
        ],
        schema={
            "subject": pl.String,
            "verdict": pl.String,
            "label": pl.String,
            "score_low": pl.Float64,
            "score_high": pl.Float64,
            "rows": pl.List(pl.String),
        },
    )


def only_select(sql: str) -> duckdb.Statement:
    """The statement, if it is one and reads.

    Raises
    ------
    BadValueError
        If it is anything else.
    """
    try:
        statements = duckdb.extract_statements(sql)
    except duckdb.Error as error:
        raise BadValueError(_told(error)) from error
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        kinds = ", ".join(str(one.type).rpartition(".")[2] for one in statements) or "nothing"
        raise BadValueError(f"A test is one SELECT; this is {kinds}.")
    return statements[0]


def sole(frame: pl.DataFrame) -> pl.Series:
    """The key of the source that alone states a row; empty where there are several."""
    keys = {}
    for cite in frame["cite"].unique():
        found = {str(citation.key) for citation in parse_citations(cite)}
        keys[cite] = found.pop() if len(found) == 1 else ""
    return frame["cite"].replace_strict(keys, return_dtype=pl.String) if keys else frame["cite"]


def _fill(connection: duckdb.DuckDBPyConnection, study: Study) -> None:
    """The study's tables in the preferred reading, its derived series with a row id, and the macros."""
    fill(replace(study, frames=study.tables(), derived={}), connection, periods=False)
    for name, derived in study.derived.items():
        numbered = derived.frame.with_row_index("line", offset=2).select(
            pl.format("derived/{}:{}", pl.lit(name), pl.col("line")).alias("row"), *derived.frame.columns
        )
        write(connection, f"derived_{name}", numbered)
    last = study.about.last_day
    members = ", ".join(f"'{member}'" for member in study.about.members)
    for _, macro in MACROS:
        missing = _missing_series(study, macro)
        if not missing:
            connection.execute(macro.replace("LAST_DAY", f"DATE '{last}'").replace("MEMBERS", f"[{members}]"))


def _missing_series(study: Study, sql: str) -> list[str]:
    """The derived series that a text names and the study does not carry."""
    return sorted({name for name in _SERIES.findall(sql) if name not in study.derived})


def _told(error: duckdb.Error) -> str:
    """What DuckDB says, without what its parser expects of its makers."""
    text = str(error).strip()
    if "read-only" in text:
        return "It writes. A test only reads."
    if isinstance(error, duckdb.PermissionException):
        return "It reaches outside the study. A test reads the study's own tables alone."
    return text


def _roll_back(connection: duckdb.DuckDBPyConnection) -> None:
    try:
        connection.execute("ROLLBACK")
    except duckdb.TransactionException:
        return  # the failure has ended the transaction
