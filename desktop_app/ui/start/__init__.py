"""The first start: four short steps to a book, a backup opened on a new PC, and the door of a locked book."""
