"""Reads a table with Python's csv and prints it as JSON.  usage: table.py FILE"""
import csv, json, sys

with open(sys.argv[1], newline="", encoding="utf-8") as file:
    rows = list(csv.DictReader(file, strict=True))
assert all(None not in row and None not in row.values() for row in rows), "a row with more or fewer fields"
print(json.dumps(rows))
