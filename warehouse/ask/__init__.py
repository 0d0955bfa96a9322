"""What is asked of the warehouse: queries in a sandbox, figures, ids, changes, exports, lists for the desk."""
