"""The scenes that illustrate the sample newswire, one drawing function each."""
