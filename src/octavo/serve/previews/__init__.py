"""Pictures for link previews, made here: headline, source and lead picture on the house's paper."""
