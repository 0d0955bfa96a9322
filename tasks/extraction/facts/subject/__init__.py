"""Subjects: whose figure it is: where names stand, what takes the focus, what 全区 and 该公司 stand for.

What belongs here: the owner of a figure. What does not: finding names.
"""
