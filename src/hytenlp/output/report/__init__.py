"""The coordinator's page: cards, their concerns and actions as one HTML file that needs nothing else."""

from hytenlp.output.report.origin import origin_of
from hytenlp.output.report.page import render, write_report

__all__ = ["origin_of", "render", "write_report"]
