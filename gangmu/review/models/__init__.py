"""What is stored of review: honours. Everything else there is read from the other rooms."""

from gangmu.review.models.honour import Honour, HonourBasis, HonourRecipient

__all__ = ["Honour", "HonourBasis", "HonourRecipient"]
