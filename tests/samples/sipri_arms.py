"""Invented orders and values in the three forms of arms transfers: preambles, a broken record, marks of doubt, zeros."""

_PREAMBLE = (
    "Transfers of major conventional arms from All countries  to All countries . Deals with deliveries made for the "
    "year range 'Not specified' to 'Not specified' \n"
    "A '?' in a column indicates uncertain data.\n"
    "\n"
    "Source: SIPRI Arms Transfers Database (c) SIPRI.\n"
    "Data generated: 1 Jan 2025 10:00:00 AM\n"
)
_YEARS = [str(year) for year in range(1990, 1994)]
_BLANK = "," * 6  # one more than the table has, as the provider writes it


def _wide(*cells: str) -> str:
    return ",".join(cells)


SAMPLES: dict[str, bytes] = {
    "register": (
        _PREAMBLE
        + """Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon description,Number delivered, ,Year(s) of delivery,status,Comments,SIPRI TIV per unit,SIPRI TIV for total order,SIPRI TIV of delivered weapons
Kazakhstan,Russia,2010,,12,?,Falcon-1,trainer aircraft,12,,2011; 2012; 2014,New,Bü version; aid,1.5,18,18
Yugoslavia,Soviet Union,1975,?,4,,Boat-2,patrol craft,4,?,1977,Second hand,,2,8,8
Serbia,Germany,2020,?,,,Engine-3,vehicle engine,0,,,New,Contract not yet
signed,0.25,0,0
Yemen,United States,2005,,10,,Truck-4,APC,8,,2006,Second hand but modernized,Aid,0.4,4,3.2
Ukraine,Sweden,2024,,3,,Boat-6,corvette,0,,,New,,0,0,0
Egypt,France,1980,,100,,Dart-7,anti-tank missile,100,,1981,New,,0,0.4,0.4
Some rebels*,unknown supplier(s),1990,?,2,?,Rocket-5,SAM,2,?,1990,New,,0.1,0.2,0.2
"""  # noqa: E501
    ).encode("latin-1"),
    "tiv": b"""supplier,recipient,year,value,supplier_cown,recipient_cown,supplier_lon,supplier_lat,recipient_lon,recipient_lat
Soviet Union,Yugoslavia,1990,12,365,345,37.1,55.2,20.3,44.4
Russia,Kazakhstan,1995,0,365,705,37.1,55.2,67.3,48.0
Germany,Serbia,2010,3,255,NA,10.1,51.2,20.8,44.2
Unknown supplier(s),Some rebels*,1990,1,NA,NA,,,,
""",
    "export-tables": "\n".join(
        [
            f'"TIV of arms exports from Soviet Union, 1990-1993"{_BLANK}',
            f"Figures are SIPRI Trend Indicator Values (TIVs) expressed in millions.{_BLANK}",
            _BLANK,
            _wide("", *_YEARS, "Total"),
            _wide("Yemen", "0", "", "", "", "0"),
            _wide("Yugoslavia", "12", "7", "", "", "19"),
            _wide("Some rebels*", "", "2", "", "", "2"),
            _BLANK,
            _wide("Total", "12", "9", "", "", "21"),
            "",
        ]
    ).encode(),
}
