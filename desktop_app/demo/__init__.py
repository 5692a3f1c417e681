"""The whole main job, end to end, on the sample books: what `socongdoan demo` tells and checks."""
