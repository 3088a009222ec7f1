"""Invented organisations in the form of the file: Latin letters, doubled line ends, each fate and blank, marks of footnotes."""

_HEADER = (
    "ioname,orgname,sdate,ddate,region,memb_form,members_censor,Mandate/Function,Living,Scope,Fate/death_reason,function_c,"
    "scope_c,region_c,lifespan,event,event_1,life_1,WWI,WWII,WW,full_membership_start,asso_membership_start,observer_start,"
    "missing_data_start,full_membership_end,asso_membership_end,observer_end,missing_data_end,,,"
)

SAMPLES: dict[str, bytes] = {
    "organisations": "\r\r\n".join(
        [
            _HEADER,
            "AAA,Alpha Auth. for Ag.,1976,2016,7,2,47,Economic/finance,1,Narrow,,economic,narrow,InterRegional,40,0,0,40,"
            "0,0,0,0,0,0,214,17,0,0,0,,,",
            "BBB ,Beta Commission«_,1942,1946,2,3,56,Economic,0,Broad,SUCC,economic,broad,InterRegional,4,1,0,74,"
            "0,1,1,4,0,0,0,4,0,0,0,,,",
            "CCC,Gamma Conf\x90_,1900,1914,5,1,9,NA,0,narrow,DISS,NA,n,Europe,14,1,1,14,1,0,1,12,0,0,0,0,0,0,213,,,",
            "CIS,http://www.cisstat.com/eng/cis.htm,1991,2016,7,2,11,General purpose,1,Broad,,general,broad,InterRegional,"
            "25,0,0,25,0,0,0,0,0,0,214,12,0,0,0,,,",
            "DDD,Delta_,1950,1960,0,2,3,Technical,0,Medium,NA,technical,medium,Global,10,1,1,10,NA,0,0,NA,NA,NA,NA,5,0,0,0,"
            ",,absorbed",
            "EEE,Epsilon,1960,1970,6,2,3,Social,0,Medium,EXP/ABS,social_welf,medium,OceaniaAntartica,10,1,1,10,0,0,0,"
            "5,0,0,0,5,0,0,0,,,",
            "FFF,Zeta Group,1986,2016,,,,,,,,,,,,,,,,,,,,,,,,,,,,",
            "",
        ]
    ).encode("latin-1")
}
