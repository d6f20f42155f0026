"""How long what is known of readers is kept, in one place: the nightly tidying and the privacy page both read it."""

from datetime import timedelta

ADDRESSES_KEPT = timedelta(hours=1)
"""How long the memory of the website knows which network asked how often; nothing writes it down."""

NOTICES_KEPT = timedelta(days=14)
"""How long it is known what a browser was notified of, so that it is not told again."""

UNSENT_KEPT = timedelta(days=2)
"""How long a notification may wait for its hour or its push service: then it is no news."""

TOLD_KEPT = timedelta(days=60)
"""How long people find what they were told, read or not."""

LETTERS_KNOWN = timedelta(days=14)
"""How long it is known that a letter was sent, so that it is not sent again."""

MESSAGES_KEPT = timedelta(days=30)
"""How long it is known what a webhook was told, and which subscribers of the hub there were."""

MARKS_KEPT = timedelta(days=1)
"""How long it is known what a comment has in common with others of a flood."""
