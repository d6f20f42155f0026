"""Pages become articles, part by part and whole."""
