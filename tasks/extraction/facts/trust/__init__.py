"""Trust: how sure a fact is, what contradicts it, what can not be, and which rules chose it.

What belongs here: judging facts that are read. What does not: reading them.
"""
