"""Print the procedures with which the specified residence card can be applied for, by kind of office."""

import json
import sys
from urllib.request import urlopen

LOCALE = sys.argv[2] if len(sys.argv) > 2 else "en"

with urlopen(f"{sys.argv[1]}data/v1/procedures.json") as answer:
    data = json.load(answer)

if not data["schema_version"].startswith("1."):
    sys.exit("made for version 1 of the data")

for kind in data["office_kinds"]:
    print(f"\n{kind['name'][LOCALE]} (as of {data['as_of']})")
    for procedure in data["procedures"]:
        if procedure["office_kind"] == kind["id"]:
            when = " ".join(f"{each['text'][LOCALE]} [{each['state']}]" for each in procedure["deadline"])
            print(f"- {procedure['sign']} {procedure['name'][LOCALE]}: {when}")
