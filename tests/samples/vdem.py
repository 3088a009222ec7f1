"""Invented rows in the form of the table vdem_simple, all its 54 columns: no estimate, and countries that were no states."""

_COLUMNS = (
    "vdem_country_name,country_text_id,country_id,year,historical_date,project,historical,histname,codingstart,"
    "codingend,codingstart_contemp,codingend_contemp,codingstart_hist,codingend_hist,gapstart1,gapstart2,gapstart3,"
    "gapend1,gapend2,gapend3,gap_index,vdem_cowcode,v2x_polyarchy,v2x_polyarchy_codelow,v2x_polyarchy_codehigh,"
    "v2x_polyarchy_sd,v2x_libdem,v2x_libdem_codelow,v2x_libdem_codehigh,v2x_libdem_sd,v2x_partipdem,"
    "v2x_partipdem_codelow,v2x_partipdem_codehigh,v2x_partipdem_sd,v2x_delibdem,v2x_delibdem_codelow,"
    "v2x_delibdem_codehigh,v2x_delibdem_sd,v2x_egaldem,v2x_egaldem_codelow,v2x_egaldem_codehigh,v2x_egaldem_sd,"
    "v2x_api,v2x_api_codelow,v2x_api_codehigh,v2x_api_sd,v2x_mpi,v2x_mpi_codelow,v2x_mpi_codehigh,v2x_mpi_sd,"
    "extended_country_name,GWn,cown,in_GW_system"
)


def _row(name: str, code: str, year: int, historical: str, cow: str, gw: str, *scores: str) -> str:
    """One row; `scores` are polyarchy, libdem, partipdem, delibdem and egaldem, blank where there is no estimate."""
    cells = [
        name,
        code,
        "1",
        str(year),
        f"{year}-12-31",
        "0",
        "1",
        historical,
        "1789",
        "2024",
        "1900",
        "2024",
    ]
    cells += ["1789", "1920", "", "", "", "", "", "", "1", cow]
    for score in (*scores, "0.5", "0.1"):
        low, high = (f"{float(score) - 0.05:.3f}", f"{float(score) + 0.05:.3f}") if score else ("", "")
        cells += [score, low, high, "0.03" if score else ""]
    return ",".join([*cells, name, gw, cow, "True"])


SAMPLES: dict[str, bytes] = {
    "country-year": "\n".join(
        [
            _COLUMNS,
            _row("Germany", "DEU", 1900, "German Empire", "255", "255", "0.4", "0.3", "0.2", "", ""),
            _row("Germany", "DEU", 1989, "Federal Republic", "255", "260", "0.9", "0.8", "0.7", "0.8", "0.8"),
            _row(
                "German Democratic Republic", "DDR", 1989, "", "265", "265", "0.2", "0.1", "0.1", "0.1", "0.1"
            ),
            _row("Russia", "RUS", 1950, "Soviet Union", "365", "365", "0.1", "0.1", "0.1", "0.1", "0.1"),
            _row("Russia", "RUS", 2000, "Russian Federation", "365", "365", "0.4", "", "0.2", "0.3", "0.3"),
            _row("Yemen", "YEM", 2000, "Republic of Yemen", "679", "678", "0.3", "0.2", "0.2", "0.2", "0.2"),
            _row("Zanzibar", "ZZB", 2000, "Zanzibar", "", "", "", "", "", "", ""),
            "",
        ]
    ).encode()
}
