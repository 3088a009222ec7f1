"""Invented directed dyad-years: pledges of one side alone, a row without any, states that changed their codes."""

SAMPLES: dict[str, bytes] = {
    "dyad-years": b"""ccode1,ccode2,year,atop_defense,atop_offense,atop_neutral,atop_nonagg,atop_consul
200,235,1900,1,0,0,0,0
235,200,1900,0,0,0,0,0
255,365,1939,0,0,1,1,1
260,220,1960,1,0,0,1,1
265,365,1960,1,1,0,0,1
365,705,1995,1,0,0,1,1
345,630,1990,0,0,0,1,0
345,630,1995,0,0,0,1,0
678,651,1989,0,0,0,0,1
679,651,1991,0,0,0,0,1
60,90,1981,1,0,0,1,1
"""
}
