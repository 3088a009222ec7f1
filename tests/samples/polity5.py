"""Invented rows in the form of the annual file, all its 37 columns: each code of a missing score, codes that changed."""

_COLUMNS = (
    "p5,cyear,ccode,scode,country,year,flag,fragment,democ,autoc,polity,polity2,durable,xrreg,xrcomp,xropen,xconst,"
    "parreg,parcomp,exrec,exconst,polcomp,prior,emonth,eday,eyear,eprec,interim,bmonth,bday,byear,bprec,post,change,"
    "d5,sf,regtrans"
)
_REST = ",,,,,,,,,,,,,,,"  # prior to regtrans, all blank


def _row(ccode: int, scode: str, country: str, year: int, fragment: str, scores: str, components: str) -> str:
    return f"0,{ccode}{year},{ccode},{scode},{country},{year},0,{fragment},{scores},{components}{_REST}"


def _none(code: int) -> str:
    return ",".join([str(code)] * 9)


SAMPLES: dict[str, bytes] = {
    "annual": "\n".join(
        [
            _COLUMNS,
            _row(255, "GMY", "Germany", 1930, "", "6,0,6,6,11", "3,3,4,7,2,3,8,7,7"),
            _row(260, "GFR", "Germany West", 1989, "", "10,0,10,10,40", "3,3,4,7,5,5,8,7,10"),
            _row(255, "GMY", "Germany", 2000, "0", "10,0,10,10,10", "3,3,4,7,5,5,8,7,10"),
            _row(364, "USR", "USSR", 1950, "", "0,9,-9,-9,27", "3,1,4,1,4,1,3,1,1"),
            _row(365, "RUS", "Russia", 2000, "1", "6,0,6,6,0", "2,2,4,5,3,4,7,5,9"),
            _row(626, "SDN", "Sudan-North", 2012, "3", "0,4,-4,-4,", "2,1,4,3,3,3,,3,"),
            _row(700, "AFG", "Afghanistan", 1985, "", "-66,-66,-66,,0", _none(-66)),
            _row(520, "SOM", "Somalia", 1995, "3", "-77,-77,-77,0,0", _none(-77)),
            _row(679, "YEM", "Yemen", 1991, "0", "-88,-88,-88,-3,0", _none(-88)),
            _row(99, "GCL", "Gran Colombia", 1831, "", "-88,-88,-88,0,0", _none(-88)),
            "",
        ]
    ).encode()
}
