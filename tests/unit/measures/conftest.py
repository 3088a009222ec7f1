"""One study of three states and four bodies, small enough to count by hand."""

from __future__ import annotations

import pytest

from chaikhana.study.study import Study

BODIES = """
id,name,form,issues,from,to
org,The Organisation,formal-organisation,trade,1990-01-01,..
plat,The Platform,informal-platform,trade; security,1990-01-01,..
gone,The Departed,formal-organisation,trade,1990-01-01,1995-01-01
coming,The Coming,formal-organisation,trade,1999-06-01,..
"""
MEMBERSHIPS = """
actor,body,status,from,to
aaa,org,founder-member,1990-01-01,..
bbb,org,member,1995?,..
ccc,org,observer,1990-01-01,..
xxx,org,member,1990-01-01,..
aaa,plat,member,1990-01-01,..
xxx,plat,partner,1990-01-01,..
yyy,org,partner,1990-01-01,..
bbb,plat,associate,1990-01-01,1998-01-01
ccc,plat,withdrawn,1991-01-01,..
"""
LEADS = """
body,actor,from,to,kind
org,xxx,1990-01-01,..,dominant
plat,xxx,1990-01-01,..,co-lead
plat,yyy,1990-01-01,..,co-lead
"""
MEETINGS = """
id,title,body,date,level,issues
first,First,plat,1995-03-01,heads-of-state,trade
second,Second,plat,1995-06-01,ministers,security
third,Third,plat,1996,ministers,
outside,Outside,org,1996-02-01,ministers,
lonely,Lonely,org,1997-02-01,ministers,
"""
ATTENDANCE = """
meeting,actor,level,present
first,aaa,heads-of-state,yes
first,bbb,ministers,yes
first,ccc,,no
first,xxx,heads-of-state,yes
second,aaa,ministers,yes
second,bbb,officials,yes
second,ccc,,unknown
third,aaa,,yes
third,bbb,ministers,no
outside,xxx,,yes
outside,yyy,,yes
lonely,aaa,ministers,yes
"""
AGREEMENTS = """
id,title,signed,form,binding,issues,under
all,All sign,1996-01-01,treaty,yes,trade,org
two,Two sign,1994,declaration,no,,
far,Far away,1993,treaty,yes,,
none,Nobody known,1992,treaty,,,
one,One known,,memorandum,unknown,,
"""
PARTIES = """
agreement,actor
all,aaa
all,bbb
all,ccc
two,aaa
two,xxx
far,xxx
far,yyy
one,aaa
"""


@pytest.fixture(scope="session")
def small(tiny) -> Study:
    return tiny(
        bodies=BODIES,
        memberships=MEMBERSHIPS,
        leads=LEADS,
        meetings=MEETINGS,
        attendance=ATTENDANCE,
        agreements=AGREEMENTS,
        parties=PARTIES,
    )
