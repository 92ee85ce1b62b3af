"""The coordinator's page: cards, their concerns and actions as one HTML file that needs nothing else."""

from hytenlp.output.report.page import render, write_report

__all__ = ["render", "write_report"]
