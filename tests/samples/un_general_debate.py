"""Invented speeches in the form of the table: texts over many lines with quotation marks, a post that is not named."""

SAMPLES: dict[str, bytes] = {
    "speeches": """iso3,session,year,country,speaker,post,text
DEU,45,1990,Germany,Mr. Nobody,,"Mr. President,
I greet you all."
KAZ,50,1995,Kazakstan,Ms. Somebody,Minister for Foreign Affairs,"The peoples of Central
Asia know what coop-
eration is. It is called ""neighbourliness"", by some."
KAZ,75,2020,Kazakhstan,Ms. Somebody,President,"Құрметті Төраға! Ladies and gentlemen."
RUS,45,1990,Russian Federation,Mr. Another,,"The Soviet Union, for its part,
will not be found wanting."
RUS,60,2005,Russian Federation,Mr. Another,Minister,Short and on one line.
EU,70,2015,European Union,Ms. Elsewhere,President,"A bloc, which is no state, speaks of ""unity"".
It ends here."
""".encode()
}
