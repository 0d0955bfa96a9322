"""Sections: an article's outline, what its headings say, and the mood of its paragraphs.

What belongs here: plain values made once an article and handed down. What does not: single figures.
"""
