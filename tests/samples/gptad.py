r"""Invented agreements in the form of the list: members in groups and in one cell, lost commas, line ends spelt out."""

SAMPLES: dict[str, bytes] = {
    "agreements": rb"""Common.Name,Membership,Type,Date.of.Signature,Date.of.Entry.into.Force,WTO.notified,In.force.status,Annexes.Available
Steppe,"Kazakhstan, Russia and Ukraine\r\n",Regional/Plurilateral Free Trade Agreement,09/20/2003,05/20/2004,yes,in force,NA
Steppe,"Kazakhstan, Russia and Ukraine",Regional/Plurilateral Free Trade Agreement,n/a,N/A,no,unknown,NA
Group - Chile\n,"EFTA((Iceland, Norway Switzerland), the Republic of Chile.",Association Free Trade Agreement,06/26/2003,N/A,yes,signed - not yet in force,NA
Two groups,"Isles (Trinidad and Tobago; Isles (far), Suriname;) and Union (Germany, France)",,n/a,01/01/1990,,,NA
Old,"Yugoslavia, Czechoslovakia; Norway, Yugoslavia",Bilateral Free Trade Agreement,12/05/1970,01/01/1971,no,expired,NA
Ukraine - Russia,Ukraine - Russia,Bilateral Free Trade Agreement,06/24/1993,02/21/1994,yes,in force,NA
Nobody told,,Framework Agreement,n/a,N/A,,,NA
Far,"China (Taiwan), Suriname",Bilateral Free Trade Agreement,06/16/2006,01/01/2008,no,in force,NA
"""  # noqa: E501
}
