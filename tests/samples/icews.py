"""Invented counts in the form of netify's table: a name with a comma, no events, a code that is no state's."""

SAMPLES: dict[str, bytes] = {
    "dyad-years": b"""i,j,year,verbCoop,matlCoop,verbConf,matlConf,i_iso3c,j_iso3c
Kazakhstan,Russian Federation,2010,95,4,2,0,KAZ,RUS
Russian Federation,Kazakhstan,2010,90,6,3,1,RUS,KAZ
"Korea, Democratic People's Republic Of",Sudan,2010,0,0,0,0,PRK,SDN
Sudan,Germany,2012,12,1,5,0,SDN,DEU
Yemen,Nowhere,2014,1,0,0,0,YEM,XXX
"""
}
