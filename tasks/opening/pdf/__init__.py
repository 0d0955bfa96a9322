"""From the text layer of a PDF to lines in reading order."""
