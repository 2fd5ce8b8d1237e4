"""Checks the page of a report: usage: report_page.py PAGE [JSON]. Well-formed, self-contained, with the numbers of JSON."""
import html.parser
import json
import sys

VOID = {"meta", "br", "hr", "img", "input", "link"}


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.text, self.elements = [], {}, []

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append((tag, dict(attributes).get("id")))

    def handle_endtag(self, tag):
        if not self.open or self.open[-1][0] != tag:
            sys.exit(f"line {self.getpos()[0]}: </{tag}> closes {self.open[-1:]}")
        self.open.pop()

    def handle_data(self, data):
        if self.open:
            tag, name = self.open[-1]
            key = name or tag
            self.text[key] = self.text.get(key, "") + data


text = open(sys.argv[1], encoding="utf-8").read()
page = Page()
page.feed(text)
page.close()
if page.open:
    sys.exit(f"not closed: {page.open}")
for tag, attributes in page.elements:
    if tag in ("link", "img", "iframe", "object", "embed") or {"src", "href"} & attributes.keys():
        sys.exit(f"<{tag}> of the page points outside")
    if any(name.startswith("on") for name in attributes):
        sys.exit(f"<{tag}> has a script in an attribute")
for word in ("http:", "https:", "@import", "url(", "fetch(", "XMLHttpRequest", "innerHTML"):
    if word in text:
        sys.exit(f"the page has '{word}'")
scripts = [attributes for tag, attributes in page.elements if tag == "script"]
if len(scripts) != 2:
    sys.exit(f"expected the data and one script, got {scripts}")
data = json.loads(page.text["data"])
if len(sys.argv) > 2 and data != json.load(open(sys.argv[2], encoding="utf-8")):
    sys.exit("the numbers of the page are not those of --json")
name = data["network"]["name"]
if page.text["h1"] != name or not page.text["title"].startswith(name):
    sys.exit(f"title and heading are not the network's name: {page.text['title']!r}, {page.text['h1']!r}")
print(f"page: {len(text)} bytes")
