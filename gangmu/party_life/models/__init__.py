"""What is stored of party life: dues."""

from gangmu.party_life.models.dues import Dues

__all__ = ["Dues"]
