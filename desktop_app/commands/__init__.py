"""The commands of `socongdoan`: one module an area, each with an `add` that names its words and its verbs."""
