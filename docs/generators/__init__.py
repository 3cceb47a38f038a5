"""The reference pages, written from the code: `make docs` writes them anew, and a test compares.

What a page says that the code does not know stands in the TOML file beside its generator.
"""

from docs.generators.pages import FOLDER, pages, parted, write_pages

__all__ = ["FOLDER", "pages", "parted", "write_pages"]
