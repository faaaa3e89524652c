"""How the weights of stories and rows were learned. Run ``python -m training.alignment.fit``."""
