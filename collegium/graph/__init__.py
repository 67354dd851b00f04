"""The graph in memory: degrees, mutual connections, paths and candidates, under the rule of sight."""
