"""Weights of wordings as model files store them."""

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def base36(hash):
    """A 32-bit hash as the engine reads it back."""
    rest, text = hash & 0xFFFFFFFF, ""
    while rest or not text:
        rest, digit = divmod(rest, 36)
        text = DIGITS[digit] + text
    return text


def by_weight(phrases):
    """Hashes of wordings joined by weight, of which there are some thirty."""
    joined = {}
    for phrase, weight in sorted(phrases):
        joined.setdefault(f"{weight:g}", []).append(base36(phrase))
    return {weight: " ".join(own) for weight, own in joined.items()}
