"""Invented disputes in the form of directed pairs and years: each level of hostility, deaths that are not known."""

SAMPLES: dict[str, bytes] = {
    "directed-disputes": b"""dispnum,ccode1,ccode2,year,dispongoing,disponset,sidea1,sidea2,\
fatality1,fatality2,fatalpre1,fatalpre2,hiact1,hiact2,hostlev1,hostlev2,orig1,orig2
1,255,365,1930,1,1,1,0,0,0,0,0,7,0,3,1,1,1
1,365,255,1930,1,1,0,1,0,0,0,0,0,7,1,3,1,1
2,260,365,1961,1,1,0,1,0,-9,0,-9,1,14,2,4,0,1
2,365,260,1961,1,1,1,0,-9,0,-9,0,14,1,4,2,1,0
3,678,680,1972,1,1,1,0,6,5,-9,640,20,21,5,5,1,1
3,678,680,1973,1,0,1,0,6,5,-9,640,20,21,5,5,1,1
4,703,704,2013,1,1,0,1,1,0,2,0,17,-9,4,-9,1,1
4,999,704,2013,1,1,0,1,1,0,2,0,17,-9,4,-9,1,1
"""
}
