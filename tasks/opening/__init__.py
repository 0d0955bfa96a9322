"""From a file somebody has to pages that can be staged: PDF, web page, Word file, archive."""
