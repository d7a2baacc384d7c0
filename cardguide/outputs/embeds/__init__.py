"""The tables that partners embed, under ``embed/v1/``."""

from cardguide.outputs.embeds.files import create_embeds

__all__ = ["create_embeds"]
