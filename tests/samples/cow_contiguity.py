"""Invented borders by pair and year and as spells: each kind, a year in which a border changed, states that changed codes."""

SAMPLES: dict[str, bytes] = {
    "dyad-years": b"""dyad,state1no,state1ab,state2no,state2ab,year,conttype,version
255390,255,"GMY",390,"DEN",1865,4,3.2
255390,255,"GMY",390,"DEN",1865,1,3.2
260265,260,"GFR",265,"GDR",1970,1,3.2
260265,265,"GDR",260,"GFR",1970,1,3.2
315365,315,"CZE",365,"RUS",1950,1,3.2
365705,365,"RUS",705,"KZK",1995,1,3.2
365701,365,"RUS",701,"TKM",1995,5,3.2
345350,345,"YUG",350,"GRC",1970,1,3.2
200220,200,"UKG",220,"FRN",1970,3,3.2
660666,345,"YUG",325,"ITA",1970,2,3.2
""",
    "spells": b"""dyad,statelno,statelab,statehno,statehab,conttype,begin,end,notes,version
2020,2,"USA",20,"CAN",1,192001,201612,"Begins with an entry",3.2
40041,40,"CUB",41,"HAI",4,190901,191507,"Across a passage, to the ""east""; ends with an occupation",3.2
260265,260,"GFR",265,"GDR",1,195505,199010,"Ends with the union",3.2
365701,365,"RUS",701,"TKM",5,199112,201612,"Across a sea",3.2
""",
}
