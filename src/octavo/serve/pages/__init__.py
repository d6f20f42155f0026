"""The pages: each module reads what its page shows and gives the page's context."""
