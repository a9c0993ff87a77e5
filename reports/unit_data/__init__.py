"""A whole unit as one YAML file (format: docs/unit-data.md). `loader.load` is the way in.

`document` reads the file and remembers its lines, `kinds` turns one value, `nouns` says what a section holds,
`loader` writes.
"""
