"""Invented informal bodies and their members: no id, no dates, lost codes, each status, states that changed their codes."""

SAMPLES: dict[str, bytes] = {
    "iigo-memberships": b"""stateID,StateName,igoID,Title,Begin,End,Year
KAZ,Kazakhstan,S5,Five Mechanism,1996,2002,2017
RUS,Russia,S5,Five Mechanism,1996,2002,2017
YUG,Yugoslavia,G9,Group Of 9,1965,1969,2017
,Democratic Republic of the Congo,G7+,G7 Plus,2008,,2017
ALG,Algeria,G7+,G7 Plus,2008,,2017
DDR,German Democratic Republic,,Quint,1999,,2017
FRA,France,,Quint,1999,,2017
AUH,Austria-Hungary,CoE,Concert,1815,1856,2017
BRA,Brazil,CG,Carnegie,,,2017
""",
    "iigo-organisations": b"""igoID,Title,Begin,End,End_reason,Regional,Nbr.,Domain,Nbr State Mbrs 2017 (or end),Ind. Sec. Year,Formal Treaty Year,Follow-on IGO
S5,Five Mechanism,1996,2002,1,1,134,Political,5,2002,2002,Superseded by another
G9,Group Of 9,1965,1969,2,0,10,Social Affairs,9,,,0
,Quint,1999,,0,0,11,,5,,,
""",  # noqa: E501
    "migo-memberships": """igoID,stateID,StateName,membership,Year,Begin,End,cowID,active
ACD,RUS,Russia,1,2005,1925,2010,365,1
ACD,KAZ,Kazakhstan,1,2004,1992,2010,705,1
COOMET,DEU,Germany,2,1992,1925,2010,255,1
COOMET,DEU,West Germany,2,1989,1955,1989,260,1
CSCE,SRB,Serbia,1,1989,1925,2010,345,1
CSCE,RUS,Russia,1,1989,1925,2010,365,1
INTOSAI,,SA£o TomA(100) PrA-ncipe,1,1998,1975,2010,403,1
ASEAN,TLS,Timor-Leste,3,2002,2002,2010,860,1
""".encode(),
}
