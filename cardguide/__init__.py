"""One YAML dataset about Japan's Specified Residence Card, made into a site, flyers, tables and open data."""

__version__ = "0.1.0"
