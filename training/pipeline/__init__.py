"""How the language model was made, step by step: see ``training/README.md``."""
