"""Tracemark: the Programme of Action on small arms and the International Tracing Instrument, put into practice.

Open the folder with the word you are thinking of; its `__init__.py` says what it is, where it comes from and what it
offers. `ARCHITECTURE.md` shows how the rooms stand.
"""

__version__ = "0.1.0"
