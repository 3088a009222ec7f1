"""Invented rivalries in the form of the list: blanks where an element is not there, some that ended before 1816."""

SAMPLES: dict[str, bytes] = {
    "rivalries": b"""tssr_id,rivalry,ccode1,ccode2,start,end,positional,spatial,ideological,interventionary,principal,aprin
1,Here-There 1,200,220,1494,1716,1,1,,,1,
2,West-East,260,265,1960,1980,,1,1,,,1
3,Union-States,2,365,1945,1989,1,,1,,1,
4,Russia-States,2,365,2007,2020,1,,,,,1
5,North-South,678,680,1967,1990,,1,1,1,,
6,South Slavs,345,355,1920,1955,,1,,,,
7,Unsaid,625,530,1967,1980,,,,,,
"""
}
