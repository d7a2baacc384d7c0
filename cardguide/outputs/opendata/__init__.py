"""The open data: the records as JSON, tables, linked data and their descriptions, under ``data/v1/``."""

from cardguide.outputs.opendata.files import create_open_data

__all__ = ["create_open_data"]
