"""From decision to done: issued, signed for, reported, verified, closed; with people, money and materials."""
