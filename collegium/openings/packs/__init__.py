"""What an opening must say, and may not: rules as data, a file for each jurisdiction (`data/*.toml`).

A rule names the check that judges it (`checks`), what is told when it fails, and the statute it comes from.
"""

from collegium.openings.packs.judging import Finding, advice, judge, look

__all__ = ["Finding", "advice", "judge", "look"]
