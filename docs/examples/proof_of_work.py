"""File a complaint with plain Python, and pay with computing where the service asks for it."""

import base64
import hashlib
import json
from urllib.error import HTTPError
from urllib.request import Request, urlopen


def solve(challenge):
    said, counter, key = challenge["parameters"], -1, ""
    nonce, salt = bytes.fromhex(said["nonce"]), bytes.fromhex(said["salt"])
    while not key.startswith(said["keyPrefix"]):
        counter += 1
        word = nonce + counter.to_bytes(4, "big")
        key = hashlib.pbkdf2_hmac("sha256", word, salt, said["cost"], said["keyLength"]).hex()
    proof = {"challenge": challenge, "solution": {"counter": counter, "derivedKey": key}}
    return base64.b64encode(json.dumps(proof).encode()).decode()


def put(url, complaint, **headers):
    body, headers = json.dumps(complaint).encode(), {"Content-Type": "application/json", **headers}
    try:
        return json.load(urlopen(Request(url, body, headers, method="PUT")))
    except HTTPError as refusal:
        problem = json.load(refusal)
        if "challenge" not in problem:
            raise
        return put(url, complaint, **{"Proof-Of-Work": solve(problem["challenge"])})
