"""Invented values in the two forms of the World Bank's data: long tables with the same headings, and the wide download."""

_LONG = "Country Name,Country Code,Year,Value\n"
_YEARS = [str(year) for year in range(1960, 1964)]


def _wide(*cells: str) -> str:
    return "".join(f'"{cell}",' for cell in cells)


SAMPLES: dict[str, bytes] = {
    "gdp": (
        _LONG
        + """World,WLD,1995,31000000000000.5
Germany,DEU,1975,490000000000.25
Kazakhstan,KAZ,1990,26900000000
Kazakhstan,KAZ,1995,20400000000
"Yemen, Rep.",YEM,1990,5600000000
"Yemen, Rep.",YEM,1991,5900000000
"""
    ).encode(),
    "population": (
        _LONG
        + """Germany,DEU,1975,78674000
Kazakhstan,KAZ,1995,15816000
Sudan,SDN,2010,34000000
South Sudan,SSD,2010,9500000
South Sudan,SSD,2012,10100000
High income,HIC,1995,1100000000
"""
    ).encode(),
    "gdp-per-capita": "\n".join(
        [
            '\ufeff"Data Source","World Development Indicators",',
            "",
            '"Last Updated Date","2020-01-01",',
            "",
            _wide("Country Name", "Country Code", "Indicator Name", "Indicator Code", *_YEARS),
            _wide(
                "France", "FRA", "GDP per capita (current US$)", "NY.GDP.PCAP.CD", "1340.5", "", "1600", ""
            ),
            _wide(
                "Kenya", "KEN", "GDP per capita (current US$)", "NY.GDP.PCAP.CD", "", "95", "100.75", "103"
            ),
            _wide("World", "WLD", "GDP per capita (current US$)", "NY.GDP.PCAP.CD", "450", "", "", ""),
            _wide("Aruba", "ABW", "GDP per capita (current US$)", "NY.GDP.PCAP.CD", "", "", "", ""),
            "",
        ]
    ).encode(),
}
