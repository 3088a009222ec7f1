"""Invented conflicts in the form of peacesciencer's table: a row for every combination of states, sides without states."""

SAMPLES: dict[str, bytes] = {
    "conflicts": b"""conflict_id,year,gwno_a,gwno_a_2nd,gwno_b,gwno_b_2nd,\
incompatibility,intensity_level,type_of_conflict,start_date,start_prec,start_date2,start_prec2,ep_end,ep_end_date
9001,1965,678,,,651,government,2,II,1962-11-15,2,1962-11-15,3,0,
9001,1966,678,,,651,government,1,II,1962-11-15,2,1962-11-15,3,1,1966-12-31
9002,1999,345,,,,territory,1,intrastate,1998-03-06,1,1998-03-06,1,1,1999-06-09
9003,2001,700,,200,,government,2,interstate,2001-10-07,1,2001-10-07,1,1,2001-11-13
9003,2001,700,,2,,government,2,interstate,2001-10-07,1,2001-10-07,1,1,2001-11-13
9004,1985,700,365,,,both,2,II,1978-04-27,4,1978-04-27,6,0,
9005,1992,702,704,,,government,2,II,1992-05-05,1,1992-05-05,1,0,
9005,1992,702,365,,,government,2,II,1992-05-05,1,1992-05-05,1,0,
9006,1947,210,,,,territory,1,extrasystemic,1946-01-01,7,1946-01-01,7,0,
9007,1947,751,,750,,territory,1,interstate,1947-09-01,5,1947-09-01,5,0,
"""
}
