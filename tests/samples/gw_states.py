"""The list of independent states in its form, with few rows: a spell that ended, numbers with two holders."""

SAMPLES: dict[str, bytes] = {
    "states": b"""gwcode,stateabb,statename,startdate,enddate
41,HAI,Haiti,1816-01-01,1915-07-04
41,HAI,Haiti,1934-08-15,2017-12-31
260,GFR,German Federal Republic,1949-09-21,2017-12-31
345,YUG,Yugoslavia,1918-12-01,2006-06-04
678,YEM,Yemen (Arab Republic of Yemen),1918-10-30,2017-12-31
705,KZK,Kazakhstan,1991-12-16,2017-12-31
"""
}
