"""Octavo: many publishers' feeds in, one calm, checked, sourced newspaper out.

The map, in the order data flows:

    collect -> extract -> enrich -> relate -> brief -> serve      stages: nouns in, nouns out
    pipeline, actions                                             shells: what machine and people do
    store, ports, adapters                                        what is kept, and what can be swapped
    domain, text, errors, config                                  words everything else is written in
"""

__version__ = "0.1.0"
