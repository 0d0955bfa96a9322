"""The desk: a page on this machine at which people check figures beside the printed text."""
