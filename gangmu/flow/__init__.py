"""The story: steps that cross rooms, and gates. No models, no SQL."""
