"""The words that tests of claims share: SQL macros over the tables of a study.

What it is: each macro with what it asks. Answers are true, false or NULL, which is unknown. The table macros give one row
for each thing tested, as a test must: what, holds, found, rows.
"""

from __future__ import annotations

# What it asks, and how; LAST_DAY and MEMBERS are put in from the study.
MACROS: tuple[tuple[str, str], ...] = (
    (
        "The ids of the region's states.",
        "CREATE MACRO region() AS MEMBERS",
    ),
    (
        "The study's last day.",
        "CREATE MACRO last_day() AS LAST_DAY",
    ),
    (
        "Whether what began and ended then holds on a day.",
        """CREATE MACRO on_day(from_earliest, from_latest, to_earliest, to_latest, day) AS
       CASE WHEN from_earliest > day OR to_latest <= day THEN false
            WHEN from_latest <= day AND to_earliest > day AND day <= LAST_DAY THEN true END""",
    ),
    (
        "Whether a date of which the bounds are known lies in a span of days, both ends included.",
        """CREATE MACRO falls(earliest, latest, first, last) AS
       CASE WHEN latest < CAST(first AS DATE) OR earliest > CAST(last AS DATE) THEN false
            WHEN earliest >= CAST(first AS DATE) AND latest <= CAST(last AS DATE) THEN true END""",
    ),
    (
        "Yes if any is; unknown if any may be; else no.",
        """CREATE MACRO any_of(answer) AS
       CASE WHEN bool_or(answer) THEN true WHEN count(*) FILTER (WHERE answer IS NULL) > 0 THEN NULL
            WHEN count(*) > 0 THEN false END""",
    ),
    (
        "No if any is not; unknown if any may not be; else yes.",
        """CREATE MACRO all_of(answer) AS
       CASE WHEN NOT bool_and(answer) THEN false WHEN count(*) FILTER (WHERE answer IS NULL) > 0 THEN NULL
            WHEN count(*) > 0 THEN true END""",
    ),
    (
        "The statuses that count as full membership.",
        """CREATE MACRO full_statuses() AS ['founder-member', 'member']""",
    ),
    (
        "Of each of these actors: is it a full member of the body on that day (wanted true), or not (false)?",
        """CREATE MACRO membership(who, a_body, day, wanted := true) AS TABLE
       SELECT a.actor || ' in ' || a_body AS what,
              CASE WHEN s.actor IS NOT NULL THEN s.holds = wanted WHEN e.rows IS NULL THEN NULL ELSE NOT wanted END AS holds,
              CASE WHEN s.actor IS NULL THEN 'no row' WHEN s.holds THEN 'member' WHEN s.holds IS NULL THEN 'unknown'
                   ELSE 'not a member' END AS found,
              coalesce(s.rows, e.rows, []) AS rows
       FROM (SELECT unnest(who) AS actor) a
       LEFT JOIN (SELECT actor, any_of(on_day(from_earliest, from_latest, to_earliest, to_latest, day)) AS holds,
                         list("row" ORDER BY "row") AS rows
                  FROM memberships WHERE body = a_body AND list_contains(full_statuses(), status) GROUP BY actor) s USING (actor),
            (SELECT list("row" ORDER BY "row") AS rows FROM memberships WHERE body = a_body) e ORDER BY a.actor""",
    ),
    (
        "Of each of these actors: does it hold any of these statuses in the body on that day?",
        """CREATE MACRO status_of(who, a_body, statuses, day) AS TABLE
       WITH asked AS (SELECT unnest(who) AS actor)
       SELECT a.actor || ' in ' || a_body AS what,
              any_of(CASE WHEN list_contains(statuses, m.status)
                          THEN on_day(m.from_earliest, m.from_latest, m.to_earliest, m.to_latest, day)
                          WHEN m.status IS NULL THEN NULL ELSE false END) AS holds,
              string_agg(DISTINCT m.status, ', ' ORDER BY m.status) AS found,
              coalesce(list(m."row" ORDER BY m."row") FILTER (WHERE m."row" IS NOT NULL), []) AS rows
       FROM asked a LEFT JOIN memberships m ON m.actor = a.actor AND m.body = a_body GROUP BY a.actor ORDER BY a.actor""",
    ),
    (
        "Of each of these actors: did a full membership begin within these days?",
        """CREATE MACRO joined(who, a_body, first, last) AS TABLE
       WITH asked AS (SELECT unnest(who) AS actor)
       SELECT a.actor || ' joins ' || a_body AS what, any_of(falls(m.from_earliest, m.from_latest, first, last)) AS holds,
              string_agg(m."from", ', ' ORDER BY m."from") AS found,
              coalesce(list(m."row" ORDER BY m."row") FILTER (WHERE m."row" IS NOT NULL), []) AS rows
       FROM asked a LEFT JOIN memberships m
         ON m.actor = a.actor AND m.body = a_body AND list_contains(full_statuses(), m.status)
       GROUP BY a.actor ORDER BY a.actor""",
    ),
    (
        "Of each of these actors: did a full membership end within these days?",
        """CREATE MACRO left_body(who, a_body, first, last) AS TABLE
       WITH asked AS (SELECT unnest(who) AS actor)
       SELECT a.actor || ' leaves ' || a_body AS what, any_of(falls(m.to_earliest, m.to_latest, first, last)) AS holds,
              string_agg(m."to", ', ' ORDER BY m."to") AS found,
              coalesce(list(m."row" ORDER BY m."row") FILTER (WHERE m."row" IS NOT NULL), []) AS rows
       FROM asked a LEFT JOIN memberships m
         ON m.actor = a.actor AND m.body = a_body AND list_contains(full_statuses(), m.status)
       GROUP BY a.actor ORDER BY a.actor""",
    ),
    (
        "Is each of these actors a party to the agreement (wanted true), or not?",
        """CREATE MACRO party(who, an_agreement, wanted := true) AS TABLE
       WITH asked AS (SELECT unnest(who) AS actor),
            every_row AS (SELECT list("row" ORDER BY "row") AS rows FROM parties WHERE agreement = an_agreement)
       SELECT a.actor || ' in ' || an_agreement AS what,
              CASE WHEN (SELECT rows FROM every_row) IS NULL THEN NULL ELSE (count(p.actor) > 0) = wanted END AS holds,
              CASE WHEN count(p.actor) > 0 THEN 'party' ELSE 'no row' END AS found,
              coalesce(list(p."row") FILTER (WHERE p."row" IS NOT NULL), (SELECT rows FROM every_row), []) AS rows
       FROM asked a LEFT JOIN parties p ON p.actor = a.actor AND p.agreement = an_agreement GROUP BY a.actor ORDER BY a.actor""",
    ),
    (
        "Was the agreement signed within these days?",
        """CREATE MACRO signed(an_agreement, first, last) AS TABLE
       SELECT an_agreement AS what, any_of(falls(signed_earliest, signed_latest, first, last)) AS holds,
              any_value(signed) AS found, list("row") AS rows FROM agreements WHERE id = an_agreement""",
    ),
    (
        "Did the agreement enter into force within these days?",
        """CREATE MACRO in_force(an_agreement, first, last) AS TABLE
       SELECT an_agreement AS what, any_of(falls(in_force_earliest, in_force_latest, first, last)) AS holds,
              any_value(in_force) AS found, list("row") AS rows FROM agreements WHERE id = an_agreement""",
    ),
    (
        "Did a body begin within these days?",
        """CREATE MACRO founded(a_body, first, last) AS TABLE
       SELECT a_body AS what, any_of(falls(from_earliest, from_latest, first, last)) AS holds, any_value("from") AS found,
              list("row") AS rows FROM bodies WHERE id = a_body""",
    ),
    (
        "Did each of these actors attend the meeting (wanted true), or stay away?",
        """CREATE MACRO attended(who, a_meeting, wanted := true) AS TABLE
       WITH asked AS (SELECT unnest(who) AS actor)
       SELECT a.actor || ' at ' || a_meeting AS what,
              CASE any_value(t.present) WHEN 'yes' THEN wanted WHEN 'no' THEN NOT wanted END AS holds,
              coalesce(any_value(t.present), 'no row') AS found,
              coalesce(list(t."row") FILTER (WHERE t."row" IS NOT NULL), []) AS rows
       FROM asked a LEFT JOIN attendance t ON t.actor = a.actor AND t.meeting = a_meeting GROUP BY a.actor ORDER BY a.actor""",
    ),
    (
        "Was the meeting held within these days?",
        """CREATE MACRO met(a_meeting, first, last) AS TABLE
       SELECT a_meeting AS what, any_of(falls(date_earliest, date_latest, first, last)) AS holds, any_value(date) AS found,
              list("row") AS rows FROM meetings WHERE id = a_meeting""",
    ),
    (
        "Is a body's attribute, on that day, one of these values? A row of which no date says otherwise "
        "stands, as in the measures (ours).",
        """CREATE MACRO designed(a_body, an_attribute, wanted, day) AS TABLE
       SELECT a_body || ', ' || an_attribute AS what,
              any_of(CASE WHEN value = 'unknown' THEN NULL ELSE list_contains(wanted, value) END) AS holds,
              string_agg(value, ', ') AS found, list("row") AS rows
       FROM design WHERE body = a_body AND attribute = an_attribute
         AND coalesce(on_day(from_earliest, from_latest, to_earliest, to_latest, day), true)""",
    ),
    (
        "How each of these actors voted on the resolution.",
        """CREATE MACRO voted(who, a_resolution, how) AS TABLE
       WITH asked AS (SELECT unnest(who) AS actor)
       SELECT a.actor || ' on ' || a_resolution AS what, any_value(v.vote) = how AS holds, any_value(v.vote) AS found,
              coalesce(list(v."row") FILTER (WHERE v."row" IS NOT NULL), []) AS rows
       FROM asked a LEFT JOIN derived_votes v ON v.actor = a.actor AND v.resolution = a_resolution
       GROUP BY a.actor ORDER BY a.actor""",
    ),
    (
        "Does the study have this act, on these dates?",
        """CREATE MACRO act(an_episode, first, last) AS TABLE
       SELECT an_episode AS what, any_of(falls(date_earliest, date_latest, first, last)) AS holds,
              any_value(act) || ', ' || any_value(date) AS found, list("row") AS rows FROM episodes WHERE id = an_episode""",
    ),
    (
        "Of each of these actors: does the study have an act of one of these kinds towards any of these, "
        "within these days? The study's list of acts is not closed: what it does not have is unknown.",
        """CREATE MACRO acts(kinds, who, towards, first, last) AS TABLE
       WITH asked AS (SELECT unnest(who) AS actor)
       SELECT a.actor || ': ' || array_to_string(kinds, ' or ') AS what, CASE WHEN count(e.id) > 0 THEN true END AS holds,
              coalesce(string_agg(e.id, ', ' ORDER BY e.id), 'no such act') AS found,
              coalesce(list(e."row" ORDER BY e."row") FILTER (WHERE e."row" IS NOT NULL), []) AS rows
       FROM asked a LEFT JOIN episodes e
         ON list_contains(e.actors, a.actor) AND list_contains(kinds, e.act)
        AND coalesce(falls(e.date_earliest, e.date_latest, first, last), false)
        AND (len(towards) = 0 OR list_has_any(e.target, towards) OR list_has_any(e.bodies, towards))
       GROUP BY a.actor ORDER BY a.actor""",
    ),
    (
        "Full members of every body that stand on a day (holds: true, or NULL where it is not known), inside "
        "the region or not.",
        """CREATE MACRO seats(day) AS TABLE
       SELECT m.body, b.form, m.actor, list_contains(region(), m.actor) AS inside,
              on_day(m.from_earliest, m.from_latest, m.to_earliest, m.to_latest, day) AS holds, m."row"
       FROM memberships m JOIN bodies b ON b.id = m.body
       WHERE list_contains(full_statuses(), m.status)
         AND coalesce(on_day(m.from_earliest, m.from_latest, m.to_earliest, m.to_latest, day), true)
         AND coalesce(on_day(b.from_earliest, b.from_latest, b.to_earliest, b.to_latest, day), true)""",
    ),
    (
        "Each body by its full members on a day: how many of the region, how many others.",
        """CREATE MACRO makeup(day) AS TABLE
       SELECT body, any_value(form) AS form, count(DISTINCT actor) FILTER (WHERE inside) AS inside,
              count(DISTINCT actor) FILTER (WHERE NOT inside) AS outside, list("row" ORDER BY "row") AS rows
       FROM seats(day) WHERE holds GROUP BY body ORDER BY body""",
    ),
    (
        "Where a partner stood among a state's trading partners, in the last year of the series up to a day.",
        """CREATE MACRO trade_rank(a_state, a_partner, day) AS TABLE
       SELECT t.year, t.rank, t.share, t."row" FROM derived_trade_partners t
       WHERE t.state = a_state AND t.partner = a_partner AND t.year = (
           SELECT max(year) FROM derived_trade_partners WHERE state = a_state AND year <= date_part('year', day))""",
    ),
)  # fmt: skip
