"""Whether a figure is done, planned or a target.

`intention` finds the words that say so, `verdict` decides.
"""
