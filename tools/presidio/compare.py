"""Presidio's pattern recognizers on the annotated sentences of pipeline/privacy,
for the comparison in docs/privacy.md. Run by hand; CI does not need it.

    python3 -m venv v
    v/bin/pip install presidio-analyzer==2.2.366 spacy==3.8.18
    v/bin/python tools/presidio/compare.py

No language model takes part: the recognizers for e-mail, phone, IP, IBAN and
card are called by themselves, every result counts whatever its score. For the
phone they get the countries that ours looks into for the language. Presidio
believes in addresses under public top-level domains only, so .example is
replaced by .network, which has as many letters.
"""
import logging
import pathlib
import re
import sys
from importlib.metadata import version

from presidio_analyzer import predefined_recognizers as p

logging.getLogger("tldextract").setLevel(logging.CRITICAL)  # without network it takes the list that it brings

FOLDER = pathlib.Path(__file__).parents[2] / "pipeline/privacy/testdata"
LANGUAGES = ["de", "en", "es", "fr", "it"]
REGIONS = {  # as in phone.go
    "en": ["US", "GB", "AU", "IN", "IE", "NZ", "ZA"],
    "de": ["DE", "AT", "CH"],
    "fr": ["FR", "BE", "CH", "CA"],
    "es": ["ES", "MX", "AR", "CO", "CL", "PE"],
    "it": ["IT", "CH"],
}
KINDS = ["email", "phone", "ip", "iban", "card"]


def sentences(folder, lang):
    for line in (FOLDER / folder / f"{lang}.txt").read_text().splitlines():
        if not line or line.startswith("# "):
            continue
        text, places = "", []
        for before, kind, inner, tail in re.findall(r"(.*?)(?:\[\[(\w+)\|(.*?)\]\](\]?)|$)", line):
            text += before
            if kind:
                inner += tail
                places.append((kind, len(text), len(text) + len(inner)))
                text += inner
        yield text.replace(".example", ".network").replace(".EXAMPLE", ".NETWORK"), places


def recognizers(lang):
    return {
        "email": (p.EmailRecognizer(supported_language=lang), "EMAIL_ADDRESS"),
        "phone": (p.PhoneRecognizer(supported_language=lang, supported_regions=REGIONS[lang]), "PHONE_NUMBER"),
        "ip": (p.IpRecognizer(supported_language=lang), "IP_ADDRESS"),
        "iban": (p.IbanRecognizer(supported_language=lang), "IBAN_CODE"),
        "card": (p.CreditCardRecognizer(supported_language=lang), "CREDIT_CARD"),
    }


def without_inner(results):
    """One of several results for one place: the longest, as the analyzer keeps it."""
    kept = []
    for r in sorted(results, key=lambda r: (r[0] - r[1], r)):
        if not any(k[0] < r[1] and r[0] < k[1] for k in kept):
            kept.append(r)
    return set(kept)


def main():
    print("presidio-analyzer", version("presidio-analyzer"))
    for folder in ["annotated", "heldout"]:
        counts, n = {}, 0
        for lang in LANGUAGES:
            found_by = recognizers(lang)
            for text, places in sentences(folder, lang):
                n += 1
                for kind, (recognizer, entity) in found_by.items():
                    want = {(a, b) for k, a, b in places if k == kind}
                    got = without_inner({(r.start, r.end) for r in recognizer.analyze(text, [entity], None)})
                    for key in [(kind, lang), (kind, "all")]:
                        c = counts.setdefault(key, [0, 0, 0, 0])
                        c[0] += len(want)
                        c[1] += len(got)
                        c[2] += len(want & got)
                        c[3] += sum(any(g[0] < w[1] and w[0] < g[1] for g in got) for w in want)
                    if len(sys.argv) > 1 and want != got:
                        print(lang, kind, text, want, [text[a:b] for a, b in got])
        print(f"\n{folder}: {n} sentences, precision / recall of places with exactly the annotated ends\n")
        print("| kind |", " | ".join(LANGUAGES), "| all | touched |")
        for kind in KINDS:
            def figure(lang):
                c = counts[kind, lang]
                return " / ".join(f"{c[2] * 1000 // d / 1000 if d else 1:.3f}" for d in (c[1], c[0]))
            a = counts[kind, "all"]
            print("|", kind, "|", " | ".join(map(figure, LANGUAGES)), "|", figure("all"), f"| {a[3] * 1000 // a[0] / 1000:.3f} |")


main()
