"""How fast Collegium is: pages measured as a browser meets them, beside the floors they stand on, in one run.

A benchmark, never a test: figures are ratios to what the same machine did in the same minute.
"""
