"""Invented rows in the form of the file of dyadic trade: blanks and -9 for missing, states that changed their codes."""

SAMPLES: dict[str, bytes] = {
    "dyadic": b"""ccode1,ccode2,year,flow1,flow2,smoothflow1,smoothflow2
2,255,1938,64,150,64,150
2,260,1989,24971,16957,24971,16957.5
2,255,1991,26000,21000,26000,21000
345,365,1988,300,400,300,400
345,365,1996,-9,40,-9,40
365,705,2011,10,20.25,10,20
678,679,1990,0,,0,
625,678,1975,,3,,3
2,999,2000,1,1,1,1
"""
}
