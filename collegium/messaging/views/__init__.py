"""Reading requests and choosing templates, a file for each noun."""
