"""How dates are written in each language, besides what Django says of it."""
