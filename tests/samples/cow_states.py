"""The list of states and state-years in their form, with few rows; capitals with codes that have a decimal point."""

SAMPLES: dict[str, bytes] = {
    "states": b"""stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version
CUB,40,Cuba,1902,5,20,1906,9,25,2016
CUB,40,Cuba,1909,1,23,2016,12,31,2016
GMY,255,Germany,1816,1,1,1945,5,8,2016
GMY,255,Germany,1990,10,3,2016,12,31,2016
GFR,260,German Federal Republic,1955,5,5,1990,10,2,2016
YAR,678,Yemen Arab Republic,1926,9,2,1990,5,21,2016
KZK,705,Kazakhstan,1991,12,26,2016,12,31,2016
""",
    "state-years": b"""stateabb,ccode,year,version
GFR,260,1989,2016
GMY,255,1870,2016
GMY,255,1990,2016
YUG,345,1950,2016
YUG,345,1995,2016
YUG,345,2010,2016
RUS,365,1950,2016
SUD,625,2011,2016
YEM,679,1990,2016
XYZ,999,1950,2016
""",
    "capitals": b"""ccode,statenme,capital,stdate,enddate,lat,lng
2.0,United States of America,Washington D.C.,1816-01-01,2024-12-31,38.9,-77.0
705.0,Kazakhstan,Second Town,1998-05-06,2024-12-31,51.1,71.5
705.0,Kazakhstan,First Town,1991-01-01,1998-05-05,43.2,76.9
""",
}
