"""What reader apps speak: Google Reader's API, Fever's, and Miniflux's; each reads and writes as the pages do."""
