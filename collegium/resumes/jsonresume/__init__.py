"""JSON Resume, both ways: `dump` writes one, `load` takes one, from bytes or from what a parser made of them."""

from collegium.resumes.jsonresume.dump import dump
from collegium.resumes.jsonresume.read import MOST_BYTES, load
from collegium.resumes.jsonresume.values import Problem

__all__ = ["MOST_BYTES", "Problem", "dump", "load"]
