# SPDX-License-Identifier: MIT
"""Whether every refusal names what is impossible: refusals.py CHECK.json"""
import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    cases = [c for c in json.load(file)["cases"] if c["tier"] == "refused"]
silent = [f"{c['technique']}/{c['case']}" for c in cases if not c["refusal_names_it"]]
print(f"{len(cases) - len(silent)} of {len(cases)} refusals name what is impossible")
print("\n".join(silent))
sys.exit(1 if silent or not cases else 0)
