"""Checks the page of a report after a browser has drawn it: usage: report_dom.py DOM numbers|names|graph|crossbars."""
import html.parser
import re
import sys

VOID = {"meta", "br", "hr", "img", "input", "link"}


class Dom(html.parser.HTMLParser):
    """The tree as (tag, attributes, children), text as strings."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = ("root", {}, [])
        self.open = [self.root]

    def handle_starttag(self, tag, attributes):
        element = (tag, dict(attributes), [])
        self.open[-1][2].append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag):
        if len(self.open) > 1 and self.open[-1][0] == tag:
            self.open.pop()

    def handle_data(self, data):
        self.open[-1][2].append(data)


def walk(element):
    yield element
    for child in element[2]:
        if not isinstance(child, str):
            yield from walk(child)


def text_of(element):
    return "".join(child if isinstance(child, str) else text_of(child) for child in element[2])


def expect(what, got, wanted):
    if got != wanted:
        sys.exit(f"{what}: expected {wanted!r}, got {got!r}")


dom = Dom()
dom.feed(open(sys.argv[1], encoding="utf-8").read())
elements = list(walk(dom.root))
by_id = {e[1]["id"]: e for e in elements if "id" in e[1]}
sections = [e[1]["id"] for e in elements if e[0] == "section"]


def with_class(name, inside=None):
    return [e for e in (walk(inside) if inside else elements) if name in e[1].get("class", "").split()]


def check_nodes(count):
    boxes = []
    for node in with_class("node"):
        rect = next(e for e in walk(node) if e[0] == "rect")[1]
        boxes.append([float(rect[k]) for k in ("x", "y", "width", "height")])
    expect("nodes", len(boxes), count)
    for k, (x, y, w, h) in enumerate(boxes):
        for x2, y2, w2, h2 in boxes[:k]:
            if x < x2 + w2 and x2 < x + w and y < y2 + h2 and y2 < y + h:
                sys.exit(f"two nodes overlap: at {x}, {y} and {x2}, {y2}")
    picture = next(e for e in walk(by_id["network"]) if e[0] == "svg")
    left, top, width, height = map(float, picture[1]["viewbox"].split())
    for x, y, w, h in boxes:
        if x < left or y < top or x + w > left + width or y + h > top + height:
            sys.exit(f"the node at {x}, {y} is outside of the picture")


if sys.argv[2] == "numbers":
    expect("sections", sections,
           ["network", "machine", "traffic", "keys", "delays", "quantization", "prediction", "target"])
    check_nodes(3)
    tiles = dict(re.match(r"(\D+?)(\d.*)", text_of(e)).groups() for e in elements if e[0] == "li" and e[1] is not None
                 and any("label" in c[1].get("class", "") for c in e[2] if not isinstance(c, str)))
    expect("cores", tiles["cores"], "2 of 4on 2 routers")
    expect("fullest", tiles["fullest resource"], "111 %fan-in of core second")
    expect("time", tiles["predicted time a step"], "163 \u00b5s6.15 times real time")
    expect("energy", tiles["predicted energy a step"], "171 nJ1.05 mW on average")
    expect("alarm", [text_of(e) for e in with_class("bad") if e[0] == "div"],
           ["Does not fit by-handcore second needs 10 source neurons, limit is 9"])
    rows = {text_of(e[2][0]): [text_of(c) for c in e[2][1:]] for e in walk(by_id["machine"])
            if e[0] == "tr" and e[2] and e[2][0][0] == "th"}
    expect("neurons", rows["neurons"], ["4", "4", "8", " 50 %", "first"])
    expect("fan-in", rows["fan-in"], ["10", "9", "9", " 111 %", "second"])
    # What is scarcest is shown first: fan-in, 8 of 9 is the last of eight steps, and 10 of 9 beyond them.
    cells = [e[1]["class"] for e in walk(by_id["machine"]) if e[0] == "rect" and e[1].get("data-i", "").startswith("c")]
    expect("cells", cells, ["cell q7", "cell q8"])
    links = [e for e in walk(by_id["traffic"]) if "hit" in e[1].get("class", "")]
    expect("links", len(links), 1)
elif sys.argv[2] == "names":
    expect("sections", len(sections), 8)
    expect("elements that names made", [e[0] for e in elements if e[0] == "b"], [])
    expect("scripts", sum(e[0] == "script" for e in elements), 2)
    expect("title", text_of(next(e for e in elements if e[0] == "h1")), "</script><script>alert(1)</script><!--")
    names = [text_of(next(e for e in walk(n) if e[0] == "text")) for n in with_class("node")]
    expect("names", names, ["input", "<b onclick=a>", "b"])
elif sys.argv[2] == "crossbars":
    # 64 inputs and 128 neurons in front of 10: a tile each, of which a half is in use, and a part of the second.
    expect("broken parts", [text_of(e) for e in with_class("bad")], [])
    expect("projections", [text_of(e) for e in walk(by_id["crossbars"]) if e[0] == "figcaption"], ["fc1", "fc2"])
    tiles = [e[1] for e in walk(by_id["crossbars"]) if e[0] == "rect" and e[1].get("data-i") and float(e[1]["width"]) == 64]
    expect("tiles", len([t for t in tiles if "unused" in t["class"]]), 2)
    used = [(float(e[1]["width"]), float(e[1]["height"])) for e in walk(by_id["crossbars"])
            if e[0] == "rect" and e[1].get("class", "").startswith("cell q") and "data-i" in e[1] and "x" in e[1]]
    expect("parts in use", used[:2], [(64.0, 32.0), (5.0, 64.0)])
    rows = {text_of(e[2][0]): [text_of(c) for c in e[2][1:]] for e in walk(by_id["crossbars"])
            if e[0] == "tr" and e[2] and e[2][0][0] == "th"}
    expect("conversions have a share", float(rows["conversions"][-1].rstrip("% ")) > 0, True)
else:
    expect("sections", sections, ["network", "delays"])
    check_nodes(12)
    # 17 projections, two of them between the same nodes.
    expect("edges", len(with_class("link")), 16)
    expect("edges on cycles", len([e for e in with_class("edge") if "back" in e[1]["class"]]), 7)
