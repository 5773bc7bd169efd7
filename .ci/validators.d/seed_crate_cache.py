"""Puts the context that the package rocrate ships into the cache of
rocrate-validator, so that it needs no network.

usage: seed_crate_cache.py CACHE
"""
import io
import pathlib
import sys

import requests_cache
import rocrate
from requests.adapters import HTTPAdapter
from urllib3 import HTTPResponse

context = (pathlib.Path(rocrate.__file__).parent / "data" / "ro-crate.jsonld").read_bytes()


class Shipped(HTTPAdapter):
    def send(self, request, **_):
        body = HTTPResponse(body=io.BytesIO(context), status=200, preload_content=False,
                            headers={"Content-Type": "application/ld+json", "Content-Length": str(len(context))})
        return self.build_response(request, body)


session = requests_cache.CachedSession(cache_name=sys.argv[1], backend="sqlite", expire_after=-1, allowable_methods=("GET",))
session.mount("https://", Shipped())
for headers in ({}, {"Accept": "application/ld+json"}, {"Accept": "application/ld+json, application/json"}):
    session.get("https://w3id.org/ro/crate/1.3/context", headers=headers)
