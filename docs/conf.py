"""The book: how Sphinx builds it. Offline: no outside fonts, scripts or pictures."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "chaikhana"
author = "The chaikhana authors"
extensions = ["myst_nb", "running"]
html_theme = "furo"
html_title = "chaikhana"
html_static_path = ["_static"]
html_css_files = ["book.css"]
html_show_sphinx = False
html_copy_source = False
exclude_patterns = ["_build", "_ext", "_made"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 120
suppress_warnings = ["myst.header", "myst.xref_missing", "toc.not_included", "misc.highlighting_failure"]
