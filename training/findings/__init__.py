"""Teaching the judges of the detectors."""
