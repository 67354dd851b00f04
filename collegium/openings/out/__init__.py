"""How openings leave this network: for search engines, readers of feeds, other boards and websites of employers.

Everything here is of what somebody signed out may read, whoever asks.
"""
