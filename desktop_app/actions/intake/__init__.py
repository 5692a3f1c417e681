"""The rows of a workbook become records: one module a part of it, all inside one open transaction."""
