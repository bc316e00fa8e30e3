"""A skip that nobody expected is a failure: `python .ci/skips.py REPORT.xml...`, from the repository."""

import sys
import xml.etree.ElementTree as ET
from pathlib import Path

expected = [line.split("#")[0].strip() for line in Path(".ci/expected-skips").read_text("utf-8").splitlines()]
if not Path("../shared").is_dir():
    expected += ["beside the repository", "the corpus of docxtpl is not on this machine"]
    print("../shared is absent: what is tried on the corpus is left out")
cases = [case for report in sys.argv[1:] for case in ET.parse(report).iter("testcase")]
skipped = {
    f"{case.get('classname')}::{case.get('name')}: {found.get('message', '')}"
    for case in cases
    if (found := case.find("skipped")) is not None
}
unexpected = sorted(one for one in skipped if not any(word and word in one for word in expected))
if unexpected:
    sys.exit("skipped without being expected:\n" + "\n".join(unexpected))
print(f"{len(cases)} tests, {len(skipped)} of them skipped, all as expected")
