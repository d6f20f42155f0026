"""Stage 3. An article gains language, hashtags, entities, embedding."""
