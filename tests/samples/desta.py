"""Invented treaties in the form of the list, all its 194 columns: each type, codes of states that changed, lost sides."""

_COLUMNS = (
    *(
        "number",
        "base_treaty",
        "name",
        "entry_type",
        "consolidated",
        "year",
        "entryforceyear",
        "language",
        "typememb",
    ),
    *("regioncon", "wto_listed", "wto_name"),
    *(f"c{place}" for place in range(1, 92)),
    *(f"mc{place}" for place in range(1, 92)),
)


def _row(entry: str, members: str, sides: str) -> str:
    cells = entry.split("|")
    for places in (members, sides):
        given = places.split()
        cells += given + ["NA"] * (91 - len(given))
    quoted = {0, 2, 3, 7, 9, 11}
    return ";".join(
        f'"{cell}"' if place in quoted and cell != "NA" else cell for place, cell in enumerate(cells)
    )


SAMPLES: dict[str, bytes] = {
    "treaties": "\n".join(
        [
            ";".join(f'"{name}"' for name in _COLUMNS),
            _row("1|1|A B|base_treaty|0|2003|NA|English|1|Asia|1|B A", "4 356", "0 0"),
            _row("2|2|Club|base_treaty|0|1994|1995|NA|2|Asia|0|NA", "398 417 643", "0 0 0"),
            _row("2+1|2|Club D accession|accession|0|2006|NA|NA|5|Asia|0|NA", "398 417 643 860", "2 2 2 1"),
            _row(
                "2_1|2|Club withdrawal D|withdrawal|0|2008|NA|NA|7|Asia|0|NA", "398 417 643 860", "2 2 NA 1"
            ),
            _row("3|3|X Union|base_treaty|0|1970|1972|German|3|Europe|1|Union X", "688 276 250", "0 1 1"),
            _row("3+1|3|X Union Y accession|accession|0|1985|NA|NA|6|Europe|NA|NA", "688 620 724", "3 2 2"),
            _row(
                "4|4|Two Unions|base_treaty|0|1985|1986|Arabic|4|Intercontinental|0|NA",
                "887 729 203",
                "2 2 3",
            ),
            _row("3a|3|X Union|consolidated|1|1990|NA|NA|3|Europe|NA|NA", "688 276 250", "0 1 1"),
            _row("3b|3|X Union|protocol or amendment|-1|1980|NA|NA|3|Europe|0|NA", "688 276 250", "0 1 1"),
            _row("5|5|Talks|negotiation|0|NA|NA|NA|2|Asia|NA|NA", "398 398 999", "0 0 0"),
            "",
        ]
    ).encode()
}
