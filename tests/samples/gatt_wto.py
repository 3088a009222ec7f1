"""Accessions in the form of the list: states that changed their codes, a customs territory, a comma in a name."""

SAMPLES: dict[str, bytes] = {
    "accessions": """Country,Date
Côte d'Ivoire,31 December 1963
Germany,1 October 1951
Hong Kong,23 April 1986
"Korea, Republic of",14 April 1967
United Kingdom,1 January 1948
Yugoslavia,25 August 1966
Zaire,11 September 1971
""".encode()
}
