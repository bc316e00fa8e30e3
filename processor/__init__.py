"""Séances: the nightly keeper of a training office's workbook.

The house is described in ``docs/design.md``; the one idea is *read → decide → do*.
"""

__version__ = "0.1.0"
