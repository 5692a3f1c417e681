"""The list of members: its rows, form, filters, papers, and how good the data are."""
