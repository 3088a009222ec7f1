"""Invented alliances by pair and year and as spells: one of no type, one without an end, states that changed their codes."""

SAMPLES: dict[str, bytes] = {
    "dyad-years": b"""ccode1,ccode2,year,cow_defense,cow_neutral,cow_nonagg,cow_entente
200,235,1900,1,0,1,0
235,200,1900,1,0,1,0
220,255,1935,0,0,1,0
220,260,1960,1,0,1,1
220,255,1995,1,0,1,1
345,365,1948,1,0,0,0
365,345,1948,1,0,0,0
365,705,1993,1,0,0,1
625,651,1985,1,0,0,0
730,740,1894,0,0,0,0
260,220,1995,1,0,1,1
""",
    "spells": b"""id,state_name1,state_name2,start,end,defense,neutrality,nonaggression,entente
1,United Kingdom,Portugal,1816,2012,1,0,1,0
2,Russia,Finland,1948,1991,1,0,1,0
3,Russia,Tajikistan,1993,2012,1,1,1,1
4,Germany,Russia,1939,1941,0,1,1,1
5,Yugoslavia,Greece,1954,1966,1,0,0,0
6,Yemen People's Republic,Ethiopia,1981,1990,0,0,0,1
7,Egypt,Israel,1979,0,0,0,1,0
""",
}
