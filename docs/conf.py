"""How Sphinx builds the documentation: ``make docs``."""

from remembrancer import __version__

project = "Remembrancer"
author = "the Remembrancer contributors"
copyright = "the Remembrancer contributors"
release = version = __version__

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build", "schemas"]
myst_enable_extensions = ["attrs_inline"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = "Remembrancer"
html_static_path = ["pictures"]
